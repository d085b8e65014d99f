"""Everything that changes a meeting. Notes and agendas are sealed for the members."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from releve.audit import actions as audit
from releve.notifications.actions import notify
from releve.relationships.models import WORKING_STATES, Membership, State

from .models import Attendance, Meeting

MAY_MEET = WORKING_STATES | {State.INTRODUCED}


class MeetingRefused(Exception):
    """The meeting was changed meanwhile, or its relationship is over."""


class StaleMeeting(MeetingRefused):
    """Somebody saved newer notes; both texts are shown and neither is lost."""


@transaction.atomic
def plan_meeting(
    membership: Membership,
    *,
    starts_at: datetime,
    minutes: int,
    way: str,
    place: str = "",
    agenda: str = "",
    now: datetime,
) -> Meeting:
    """Plan a meeting and tell the others. Units: minutes."""
    meeting = _create(membership, starts_at=starts_at, minutes=minutes, way=way, place=place, agenda=agenda, now=now)
    _tell_others(meeting, membership, "meeting_planned")
    return meeting


@transaction.atomic
def change_meeting(
    meeting: Meeting, membership: Membership, *, starts_at: datetime, minutes: int, way: str, place: str, agenda: str
) -> None:
    """Move a planned meeting or change how it is held, and tell the others."""
    changed = Meeting.objects.filter(pk=meeting.pk, state=Meeting.State.PLANNED, revision=meeting.revision).update(
        starts_at=starts_at, minutes=minutes, way=way, revision=meeting.revision + 1
    )
    if not changed:
        raise MeetingRefused("change")
    meeting.refresh_from_db()
    meeting.place, meeting.agenda = place, agenda
    meeting.save(update_fields=["place", "agenda"])
    audit.record("meeting.change", by=membership.participant.person, on=meeting)
    _tell_others(meeting, membership, "meeting_changed")


@transaction.atomic
def cancel_meeting(meeting: Meeting, membership: Membership) -> None:
    """Cancel a planned meeting and tell the others."""
    if not Meeting.objects.filter(pk=meeting.pk, state=Meeting.State.PLANNED).update(state=Meeting.State.CANCELLED):
        raise MeetingRefused("cancel")
    meeting.refresh_from_db()
    audit.record("meeting.cancel", by=membership.participant.person, on=meeting)
    _tell_others(meeting, membership, "meeting_cancelled")


@transaction.atomic
def report_held(meeting: Meeting, membership: Membership, *, minutes: int, notes: str = "", now: datetime) -> None:
    """Say that a planned meeting was held. It counts as the reporter's own confirmation."""
    changed = Meeting.objects.filter(pk=meeting.pk, state=Meeting.State.PLANNED).update(
        state=Meeting.State.HELD, minutes=minutes
    )
    if not changed:
        raise MeetingRefused("report")
    meeting.refresh_from_db()
    if notes:
        meeting.notes = notes
        meeting.save(update_fields=["notes"])
    audit.record("meeting.report", by=membership.participant.person, on=meeting, minutes=minutes)
    _open_attendances(meeting, membership, minutes=minutes, now=now)


@transaction.atomic
def log_meeting(
    membership: Membership, *, starts_at: datetime, minutes: int, way: str, notes: str = "", now: datetime
) -> Meeting:
    """Enter a meeting that was never planned here. It counts as the reporter's own confirmation."""
    meeting = _create(membership, starts_at=starts_at, minutes=minutes, way=way, notes=notes, now=now)
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.HELD)
    meeting.refresh_from_db()
    _open_attendances(meeting, membership, minutes=minutes, now=now)
    return meeting


@transaction.atomic
def confirm_minutes(attendance: Attendance, *, minutes: int, now: datetime) -> None:
    """Confirm one's presence and the length; nought says one was not there.

    The time counts once every member has confirmed the same length. Units: minutes.
    """
    meeting = Meeting.objects.select_for_update().get(pk=attendance.meeting_id)
    if meeting.state != Meeting.State.HELD:
        raise MeetingRefused("confirm")
    Attendance.objects.filter(pk=attendance.pk).update(minutes=minutes, confirmed_at=now)
    said = list(meeting.attendances.values_list("minutes", flat=True))
    agreed = said[0] if said[0] and len(set(said)) == 1 else None
    Meeting.objects.filter(pk=meeting.pk).update(agreed_minutes=agreed)
    person = attendance.membership.participant.person
    audit.record("meeting.confirm", by=person, on=meeting, minutes=minutes, agreed=agreed)
    if agreed is None and None not in said:
        _tell_others(meeting, attendance.membership, "meeting_minutes_differ", again=now)


@transaction.atomic
def write_notes(meeting: Meeting, membership: Membership, *, notes: str, revision: int) -> None:
    """Save notes that all members read. Raises: StaleMeeting when somebody saved newer ones."""
    changed = Meeting.objects.filter(pk=meeting.pk, revision=revision).update(revision=revision + 1)
    if not changed:
        raise StaleMeeting("notes")
    meeting.refresh_from_db()
    meeting.notes = notes
    meeting.save(update_fields=["notes"])


def _create(membership: Membership, *, now: datetime, **fields) -> Meeting:
    relationship = membership.relationship
    if relationship.state not in MAY_MEET or membership.left_at is not None:
        raise MeetingRefused("over")
    if relationship.joint_key is None:
        raise PermissionDenied
    meeting = Meeting.objects.create(
        relationship=relationship,
        planned_by=membership.participant.person,
        joint_key=relationship.joint_key,
        created_at=now,
        **fields,
    )
    audit.record("meeting.plan", by=membership.participant.person, on=meeting, program=relationship.program)
    return meeting


def _open_attendances(meeting: Meeting, reporter: Membership, *, minutes: int, now: datetime) -> None:
    for membership in meeting.relationship.memberships.filter(left_at__isnull=True):
        mine = membership.pk == reporter.pk
        Attendance.objects.create(
            meeting=meeting,
            membership=membership,
            minutes=minutes if mine else None,
            confirmed_at=now if mine else None,
        )
    _tell_others(meeting, reporter, "meeting_confirm")


def _tell_others(meeting: Meeting, author: Membership, kind: str, *, again: datetime | None = None) -> None:
    series = f":{again:%Y%m%dT%H%M%S}" if again else f":{meeting.revision}"
    others = meeting.relationship.memberships.filter(left_at__isnull=True).exclude(pk=author.pk)
    for membership in others.select_related("participant__person"):
        notify(
            membership.participant.person,
            kind,
            due_key=f"{kind}:{meeting.pk}:{membership.pk}{series}",
            ids={"meeting": str(meeting.pk), "membership": str(membership.pk)},
        )
