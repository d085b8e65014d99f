"""The little that progress stores: everything else is derived from facts of the rooms below."""

from django.conf import settings
from django.db import models

from releve.core.models import BaseModel


class Snooze(BaseModel):
    """A next action that a person put off until a moment."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="snoozes")
    action = models.CharField(max_length=120)  # key of the action, "sign:commitment:<relationship>"
    until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "action"], name="one_snooze_per_action")]


class Statement(BaseModel):
    """A statement of hours somebody downloaded, so that whoever receives it can check it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="statements")
    participant = models.ForeignKey("enrolment.Participant", on_delete=models.CASCADE, related_name="statements")
    code = models.CharField(max_length=20, unique=True)
    minutes = models.PositiveIntegerField()
    credits = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    content_digest = models.CharField(max_length=64)
