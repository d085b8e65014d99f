"""Meetings of a relationship and the time its members agree they spent."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from releve.core.models import BaseModel
from releve.core.sealed import SealedField
from releve.relationships.models import Membership, Relationship


class Meeting(BaseModel):
    """A meeting planned or held."""

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("state of a meeting", "Planned")
        HELD = "held", pgettext_lazy("state of a meeting", "Held")
        CANCELLED = "cancelled", pgettext_lazy("state of a meeting", "Cancelled")

    class Way(models.TextChoices):
        IN_PERSON = "in_person", pgettext_lazy("way of meeting", "In person")
        PHONE = "phone", pgettext_lazy("way of meeting", "By phone")
        VIDEO = "video", pgettext_lazy("way of meeting", "By video")
        CHAT = "chat", pgettext_lazy("way of meeting", "By chat")
        EMAIL = "email", pgettext_lazy("way of meeting", "By e-mail")

    relationship = models.ForeignKey(Relationship, on_delete=models.CASCADE, related_name="meetings")
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    way = models.CharField(max_length=10, choices=Way)
    state = models.CharField(max_length=9, choices=State, default=State.PLANNED)
    joint_key = models.UUIDField(editable=False)  # the relationship's data key
    place = SealedField(key="joint_key")  # address, room or link
    agenda = SealedField(key="joint_key")
    notes = SealedField(key="joint_key")
    revision = models.PositiveIntegerField(default=0)
    agreed_minutes = models.PositiveSmallIntegerField(null=True)  # set once every member confirmed the same length

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=5, minutes__lte=720), name="meeting_length_sensible"),
            models.CheckConstraint(
                condition=Q(agreed_minutes__isnull=True) | Q(state="held"), name="agreed_minutes_only_when_held"
            ),
        ]
        indexes = [models.Index(fields=["relationship", "state", "starts_at"])]


class Attendance(BaseModel):
    """What one member says about their presence at one meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="attendances")
    minutes = models.PositiveSmallIntegerField(null=True)  # the length this member confirms; empty until they do
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "membership"], name="one_attendance_per_member"),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True, confirmed_at__isnull=True)
                | Q(minutes__isnull=False, confirmed_at__isnull=False),
                name="attendance_minutes_with_moment",
            ),
        ]
