"""Meetings of a relationship and the time its members agree they spent."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import pgettext_lazy

from releve.core.models import BaseModel
from releve.core.sealed import SealedField
from releve.relationships.models import Membership, Relationship

from .lengths import LEAST, MOST


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, person) -> "MeetingQuerySet":
        """What a member may read: meetings noted, or still to come, between joining and leaving."""
        held = Membership.objects.filter(
            Q(joined_at__lte=OuterRef("starts_at")) | Q(joined_at__lte=OuterRef("created_at")),
            Q(left_at__isnull=True) | (Q(left_at__gte=OuterRef("starts_at")) & Q(left_at__gte=OuterRef("created_at"))),
            relationship=OuterRef("relationship"),
            participant__person=person,
        )
        return self.filter(Exists(held), relationship__in=Relationship.objects.of_member(person))


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
        EMAIL = "email", pgettext_lazy("way of meeting", "By email")

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
    revision = models.PositiveIntegerField(default=0)  # of when, how and where
    notes_revision = models.PositiveIntegerField(default=0)  # notes are written while the rest may move
    agreed_minutes = models.PositiveSmallIntegerField(null=True)  # set once every member confirmed the same length

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=LEAST, minutes__lte=MOST), name="meeting_length_sensible"),
            models.CheckConstraint(
                condition=Q(agreed_minutes__isnull=True) | Q(state="held", agreed_minutes__gt=0), name="agreed_minutes_only_when_held"
            ),
            models.UniqueConstraint(fields=["relationship", "starts_at"], condition=~Q(state="cancelled"), name="one_meeting_at_a_time"),
        ]
        indexes = [models.Index(fields=["relationship", "state", "starts_at"])]

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


class AttendanceQuerySet(models.QuerySet):
    def visible_to(self, person) -> "AttendanceQuerySet":
        """A person's own word about the meetings they may read; nobody speaks for another."""
        return self.filter(membership__participant__person=person, meeting__in=Meeting.objects.visible_to(person))


class Attendance(BaseModel):
    """What one member says about their presence at one meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="attendances")
    minutes = models.PositiveSmallIntegerField(null=True)  # the length this member confirms, nought if they were not there
    confirmed_at = models.DateTimeField(null=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "membership"], name="one_attendance_per_member"),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True, confirmed_at__isnull=True) | Q(minutes__isnull=False, confirmed_at__isnull=False),
                name="attendance_minutes_with_moment",
            ),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes=0) | Q(minutes__gte=LEAST, minutes__lte=MOST),
                name="attendance_length_sensible",
            ),
        ]
