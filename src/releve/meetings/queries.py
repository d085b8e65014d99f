"""Reads about meetings that serve several rooms."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Max, QuerySet, Sum

from releve.enrolment.models import Participant
from releve.people.models import Person
from releve.relationships.models import Membership, Relationship

from .models import Attendance, Meeting


def meetings_of(membership: Membership) -> QuerySet[Meeting]:
    """Return what a member may read: meetings between joining and leaving. Order: newest first."""
    found = membership.relationship.meetings.filter(starts_at__gte=membership.relationship.created_at)
    if membership.left_at is not None:
        found = found.filter(starts_at__lte=membership.left_at)
    return found.prefetch_related("attendances__membership__participant__person").order_by("-starts_at")


def next_meeting(relationship: Relationship, now: datetime) -> Meeting | None:
    """Return the next planned meeting, if one is to come."""
    planned = relationship.meetings.filter(state=Meeting.State.PLANNED, starts_at__gte=now)
    return planned.order_by("starts_at").first()


def unconfirmed_for(person: Person) -> QuerySet[Attendance]:
    """Return the attendances that wait for this person's word. Order: oldest meeting first."""
    waiting = Attendance.objects.filter(
        membership__participant__person=person,
        membership__left_at__isnull=True,
        confirmed_at__isnull=True,
        meeting__state=Meeting.State.HELD,
    )
    return waiting.select_related("meeting__relationship", "membership").order_by("meeting__starts_at")


def to_report(person: Person, now: datetime) -> QuerySet[Meeting]:
    """Return planned meetings whose time has passed and that nobody said were held or not."""
    mine = Membership.objects.filter(participant__person=person, left_at__isnull=True).values("relationship")
    past = Meeting.objects.filter(relationship__in=mine, state=Meeting.State.PLANNED, starts_at__lt=now)
    return past.select_related("relationship").order_by("starts_at")


def agreed_minutes(participant: Participant) -> int:
    """Add up the minutes that every member confirmed alike and this participant attended."""
    held = Attendance.objects.filter(
        membership__participant=participant, minutes__gt=0, meeting__agreed_minutes__isnull=False
    )
    return held.aggregate(total=Sum("meeting__agreed_minutes"))["total"] or 0


def agreed_minutes_by_relationship(relationships: Iterable[UUID]) -> dict[UUID, int]:
    """Add up agreed minutes per relationship, in one query."""
    rows = Meeting.objects.filter(relationship__in=list(relationships), agreed_minutes__isnull=False)
    return {row["relationship"]: row["total"] for row in rows.values("relationship").annotate(total=Sum("agreed_minutes"))}


def last_held(relationships: Iterable[UUID]) -> dict[UUID, datetime]:
    """Say when each relationship last met, in one query. Reads nothing that its members wrote."""
    rows = Meeting.objects.filter(relationship__in=list(relationships), state=Meeting.State.HELD)
    return {row["relationship"]: row["last"] for row in rows.values("relationship").annotate(last=Max("starts_at"))}
