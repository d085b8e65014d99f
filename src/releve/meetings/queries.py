"""Reads about meetings that serve several rooms."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Max, QuerySet, Sum

from releve.enrolment.models import Participant
from releve.relationships.models import Membership, Relationship

from .models import Attendance, Meeting


class Standing(StrEnum):
    """Where one meeting stands for one member."""

    COMING = "coming"
    TO_REPORT = "to_report"  # its time has passed and nobody said whether it was held
    TO_CONFIRM = "to_confirm"  # this member has not said how long it lasted
    WAITING = "waiting"  # somebody else has not
    DIFFERS = "differs"  # all have said, and not the same
    COUNTS = "counts"
    ABSENT = "absent"  # all said that nobody was there
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Seen:
    """One meeting as one member sees it: their own word, the others' and what follows from both."""

    meeting: Meeting
    mine: Attendance | None
    others: tuple[Attendance, ...]
    standing: Standing

    @property
    def lengths_of_others(self) -> list[int]:
        """Return the lengths that others said, each once, shortest first: what one tap confirms."""
        return sorted({other.minutes for other in self.others if other.minutes})


def meetings_of(membership: Membership) -> QuerySet[Meeting]:
    """Return what a member may read: meetings between joining and leaving. Order: newest first."""
    found = Meeting.objects.visible_to(membership.participant.person).filter(relationship=membership.relationship)
    return with_attendances(found).order_by("-starts_at", "pk")


def with_attendances(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    return meetings.select_related("relationship").prefetch_related("attendances__membership__participant__person")


def seen_by(membership: Membership, meeting: Meeting, now: datetime) -> Seen:
    """Say how a meeting stands for a member."""
    attendances = sorted(meeting.attendances.all(), key=lambda one: (one.membership.joined_at, one.membership.participant.person.name))
    mine = next((one for one in attendances if one.membership_id == membership.pk), None)
    others = tuple(one for one in attendances if one.membership_id != membership.pk)
    return Seen(meeting, mine, others, _standing(meeting, mine, others, now))


def _standing(meeting: Meeting, mine: Attendance | None, others: tuple[Attendance, ...], now: datetime) -> Standing:
    if meeting.state == Meeting.State.CANCELLED:
        return Standing.CANCELLED
    if meeting.state == Meeting.State.PLANNED:
        return Standing.COMING if meeting.ends_at > now else Standing.TO_REPORT
    if mine is not None and mine.minutes is None:
        return Standing.TO_CONFIRM
    if any(other.minutes is None for other in others):
        return Standing.WAITING
    if meeting.agreed_minutes is not None:
        return Standing.COUNTS
    return Standing.DIFFERS if any(one.minutes for one in (*others, *([mine] if mine else []))) else Standing.ABSENT


def next_meeting(relationship: Relationship, now: datetime) -> Meeting | None:
    """Return the next planned meeting, if one is to come."""
    planned = relationship.meetings.filter(state=Meeting.State.PLANNED, starts_at__gte=now)
    return planned.order_by("starts_at").first()


def agreed_minutes(participant: Participant) -> int:
    """Add up the minutes that every member confirmed alike and this participant attended."""
    held = Attendance.objects.filter(membership__participant=participant, minutes__gt=0, meeting__agreed_minutes__isnull=False)
    return held.aggregate(total=Sum("meeting__agreed_minutes"))["total"] or 0


def agreed_minutes_by_relationship(relationships: Iterable[UUID]) -> dict[UUID, int]:
    """Add up agreed minutes per relationship, in one query."""
    rows = Meeting.objects.filter(relationship__in=list(relationships), agreed_minutes__isnull=False)
    return {row["relationship"]: row["total"] for row in rows.values("relationship").annotate(total=Sum("agreed_minutes")).order_by()}


def last_held(relationships: Iterable[UUID]) -> dict[UUID, datetime]:
    """Say when each relationship last met, in one query. Reads nothing that its members wrote."""
    rows = Meeting.objects.filter(relationship__in=list(relationships), state=Meeting.State.HELD)
    return {row["relationship"]: row["last"] for row in rows.values("relationship").annotate(last=Max("starts_at")).order_by()}
