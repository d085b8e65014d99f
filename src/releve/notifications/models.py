"""Letters that wait, went out, or were cancelled."""

from datetime import datetime

from django.conf import settings
from django.db import models

from releve.core.models import BaseModel


class LetterQuerySet(models.QuerySet):
    def waiting(self, now: datetime) -> "LetterQuerySet":
        """Letters whose time has come."""
        ripe = models.Q(not_before__isnull=True) | models.Q(not_before__lte=now)
        return self.filter(ripe, state=Letter.State.QUEUED)


class Letter(BaseModel):
    """One letter to one person. Its text is made at delivery, in the reader's language."""

    class State(models.TextChoices):
        QUEUED = "queued"
        SENDING = "sending"  # claimed; left so by a killed worker, it is for a person to judge
        SENT = "sent"
        CANCELLED = "cancelled"  # its object is gone, or the reader may no longer see it
        FAILED = "failed"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=60)
    ids = models.JSONField(default=dict)  # what `load` needs: identities and plain facts, never text people wrote
    due_key = models.CharField(max_length=200)  # one thing is told to one person once
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    not_before = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=60, blank=True)  # class of the error, without addresses

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["state", "not_before"])]
        constraints = [
            models.UniqueConstraint(fields=["person", "due_key"], name="one_letter_per_thing_told"),
            models.CheckConstraint(
                condition=models.Q(state__in=["queued", "sending", "sent", "cancelled", "failed"]), name="letter_state_known"
            ),
            models.CheckConstraint(condition=~models.Q(state="sent") | models.Q(sent_at__isnull=False), name="letter_sent_has_moment"),
        ]


class Preference(BaseModel):
    """A group of emails that a person has switched off."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="letter_preferences")
    group = models.CharField(max_length=30)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "group"], name="one_preference_per_group")]


class DemoLetter(BaseModel):
    """What the demo shows in a page instead of sending."""

    to = models.EmailField()
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    language = models.CharField(max_length=5)

    class Meta:
        ordering = ["-created_at"]
