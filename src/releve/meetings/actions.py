"""Everything that changes a meeting. Place, agenda and notes are sealed for the members.

MeetingRefused
├── RelationshipOver   members no longer plan or note meetings
├── MeetingChanged     somebody moved, cancelled or noted it meanwhile
├── SameMoment         another meeting of the same members starts then; carries it
└── StaleNotes         somebody saved newer notes; carries them, and neither text is lost
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from releve.audit import actions as audit
from releve.notifications.actions import notify
from releve.relationships.models import Membership

from . import policy
from .lengths import LEAST, MOST
from .models import Attendance, Meeting


class MeetingRefused(Exception):
    """A change of a meeting that cannot be."""


class RelationshipOver(MeetingRefused):
    """The relationship is over, or the member has left it."""


class MeetingChanged(MeetingRefused):
    """The meeting is no longer as it was shown."""


class SameMoment(MeetingRefused):
    """The members already have a meeting that starts then."""

    def __init__(self, meeting: Meeting | None) -> None:
        super().__init__("same moment")
        self.meeting = meeting


class StaleNotes(MeetingRefused):
    """Newer notes were saved; carries them with the revision to answer to."""

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(f"revision {meeting.notes_revision} is newer")
        self.notes, self.revision = meeting.notes or "", meeting.notes_revision


@transaction.atomic
def plan_meeting(
    membership: Membership, *, starts_at: datetime, minutes: int, way: str, place: str = "", agenda: str = "", now: datetime
) -> Meeting:
    """Plan a meeting and tell the others; planned twice alike, it is the same meeting. Units: minutes.

    Raises: RelationshipOver, SameMoment.
    """
    if not policy.may_plan(membership):
        raise RelationshipOver("plan")
    planned = Meeting(starts_at=starts_at, minutes=minutes, way=way, place=place, agenda=agenda, state=Meeting.State.PLANNED)
    meeting, is_new = _create(planned, membership, now=now)
    if is_new:
        audit.record("meeting.plan", by=membership.participant.person, on=meeting, program=membership.relationship.program)
        _tell_others(meeting, membership, "meeting_planned")
    return meeting


@transaction.atomic
def change_meeting(
    meeting: Meeting,
    membership: Membership,
    *,
    starts_at: datetime,
    minutes: int,
    way: str,
    place: str,
    agenda: str,
    revision: int,
) -> None:
    """Move a planned meeting or change how it is held, and tell the others unless only the agenda changed.

    Raises: RelationshipOver, MeetingChanged, SameMoment.
    """
    if not policy.may_plan(membership):
        raise RelationshipOver("change")
    before = (meeting.starts_at, meeting.minutes, meeting.way, meeting.place or "")
    same = Meeting.objects.filter(pk=meeting.pk, state=Meeting.State.PLANNED, revision=revision)
    try:
        with transaction.atomic():
            changed = same.update(starts_at=starts_at, minutes=minutes, way=way, revision=revision + 1)
    except IntegrityError as error:
        raise SameMoment(_at(membership, starts_at)) from error
    if not changed:
        raise MeetingChanged("change")
    meeting.refresh_from_db()
    meeting.place, meeting.agenda = place, agenda
    meeting.save(update_fields=["place", "agenda"])
    audit.record("meeting.change", by=membership.participant.person, on=meeting, program=membership.relationship.program)
    if before != (starts_at, minutes, way, place):
        _tell_others(meeting, membership, "meeting_changed", series=str(meeting.revision))


@transaction.atomic
def cancel_meeting(meeting: Meeting, membership: Membership) -> None:
    """Cancel a planned meeting and tell the others; also after the end. Raises: MeetingChanged."""
    if membership.left_at is not None:
        raise RelationshipOver("cancel")
    if not Meeting.objects.filter(pk=meeting.pk, state=Meeting.State.PLANNED).update(state=Meeting.State.CANCELLED):
        raise MeetingChanged("cancel")
    meeting.refresh_from_db()
    audit.record("meeting.cancel", by=membership.participant.person, on=meeting, program=membership.relationship.program)
    _tell_others(meeting, membership, "meeting_cancelled")


@transaction.atomic
def report_held(meeting: Meeting, membership: Membership, *, minutes: int, notes: str = "", now: datetime) -> None:
    """Say that a planned meeting was held. It counts as the reporter's own confirmation. Units: minutes.

    Raises: RelationshipOver, MeetingChanged for a meeting still to come or no longer planned.
    """
    if not policy.may_note(membership, meeting.starts_at):
        raise RelationshipOver("report")
    waiting = Meeting.objects.filter(pk=meeting.pk, state=Meeting.State.PLANNED, starts_at__lte=now)
    if not waiting.update(state=Meeting.State.HELD, minutes=minutes):
        raise MeetingChanged("report")
    meeting.refresh_from_db()
    if notes:
        meeting.notes, meeting.notes_revision = notes, meeting.notes_revision + 1
        meeting.save(update_fields=["notes", "notes_revision"])
    person, program = membership.participant.person, membership.relationship.program
    audit.record("meeting.report", by=person, on=meeting, program=program, minutes=minutes)
    _open_attendances(meeting, membership, minutes=minutes, now=now)


@transaction.atomic
def log_meeting(membership: Membership, *, starts_at: datetime, minutes: int, way: str, notes: str = "", now: datetime) -> Meeting:
    """Enter a meeting that was never planned here. It counts as the reporter's own confirmation. Units: minutes.

    Raises: RelationshipOver, SameMoment.
    """
    if not policy.may_note(membership, starts_at):
        raise RelationshipOver("log")
    held = Meeting(starts_at=starts_at, minutes=minutes, way=way, notes=notes, notes_revision=int(bool(notes)), state=Meeting.State.HELD)
    meeting, is_new = _create(held, membership, now=now)
    if is_new:
        person, program = membership.participant.person, membership.relationship.program
        audit.record("meeting.log", by=person, on=meeting, program=program, minutes=minutes)
        _open_attendances(meeting, membership, minutes=minutes, now=now)
    return meeting


@transaction.atomic
def confirm_minutes(attendance: Attendance, *, minutes: int, now: datetime) -> int | None:
    """Confirm one's presence and the length; nought says one was not there. Return the length that counts, if any.

    Time counts once every member has confirmed the same length. Units: minutes.
    Raises: MeetingChanged for a meeting that was not held; RelationshipOver for a member who left.
    """
    if minutes and not LEAST <= minutes <= MOST:
        raise ValueError(f"{minutes} minutes is no length of a meeting.")
    meeting = Meeting.objects.select_for_update().get(pk=attendance.meeting_id)
    if meeting.state != Meeting.State.HELD:
        raise MeetingChanged("confirm")
    if attendance.membership.left_at is not None:
        raise RelationshipOver("confirm")
    attendance.refresh_from_db()
    if attendance.minutes == minutes:
        return meeting.agreed_minutes
    Attendance.objects.filter(pk=attendance.pk).update(minutes=minutes, confirmed_at=now)
    said = list(meeting.attendances.values_list("minutes", flat=True))
    agreed = agreed_length(said)
    length = {"minutes": agreed} if agreed else {}
    Meeting.objects.filter(pk=meeting.pk).update(agreed_minutes=agreed, **length)
    person = attendance.membership.participant.person
    audit.record("meeting.confirm", by=person, on=meeting, program=meeting.relationship.program, minutes=minutes, agreed=agreed)
    if agreed is None and None not in said:
        series = "-".join(str(one) for one in sorted(one or 0 for one in said))
        _tell_others(meeting, attendance.membership, "meeting_minutes_differ", series=series)
    return agreed


def agreed_length(said: Iterable[int | None]) -> int | None:
    """Return the length that all said, if all said the same and somebody was there. Units: minutes."""
    lengths = set(said)
    return lengths.pop() or None if len(lengths) == 1 else None


@transaction.atomic
def write_notes(meeting: Meeting, membership: Membership, *, notes: str, revision: int) -> None:
    """Save notes that all members read; the same text saved twice is no conflict.

    Raises: StaleNotes when somebody saved newer ones; RelationshipOver.
    """
    if not policy.may_write_notes(membership):
        raise RelationshipOver("notes")
    changed = Meeting.objects.filter(pk=meeting.pk, notes_revision=revision).update(notes_revision=revision + 1)
    meeting.refresh_from_db()
    if (meeting.notes or "") == notes:
        return
    if not changed:
        raise StaleNotes(meeting)
    meeting.notes = notes
    meeting.save(update_fields=["notes"])
    audit.record("meeting.notes", by=membership.participant.person, on=meeting, program=membership.relationship.program)


def _create(meeting: Meeting, membership: Membership, *, now: datetime) -> tuple[Meeting, bool]:
    """Keep a new meeting, or return the one that the same person entered just alike."""
    joint_key = membership.relationship.joint_key
    if joint_key is None:
        raise RelationshipOver("no key")
    meeting.relationship, meeting.joint_key = membership.relationship, joint_key
    meeting.planned_by, meeting.created_at = membership.participant.person, now
    existing = _at(membership, meeting.starts_at)
    if existing is not None:
        if _said(existing) == _said(meeting):
            return existing, False
        raise SameMoment(existing)
    try:
        with transaction.atomic():
            meeting.save(force_insert=True)
    except IntegrityError as error:
        raise SameMoment(_at(membership, meeting.starts_at)) from error
    return meeting, True


def _said(meeting: Meeting) -> tuple[Any, ...]:
    texts = (meeting.place or "", meeting.agenda or "", meeting.notes or "")
    return meeting.planned_by_id, meeting.state, meeting.minutes, meeting.way, texts


def _at(membership: Membership, starts_at: datetime) -> Meeting | None:
    standing = membership.relationship.meetings.exclude(state=Meeting.State.CANCELLED)
    return standing.filter(starts_at=starts_at).first()


def _open_attendances(meeting: Meeting, reporter: Membership, *, minutes: int, now: datetime) -> None:
    for membership in meeting.relationship.memberships.filter(left_at__isnull=True):
        mine = membership.pk == reporter.pk
        Attendance.objects.create(
            meeting=meeting,
            membership=membership,
            minutes=minutes if mine else None,
            confirmed_at=now if mine else None,
            created_at=now,
        )
    _tell_others(meeting, reporter, "meeting_confirm")


def _tell_others(meeting: Meeting, author: Membership, kind: str, *, series: str = "") -> None:
    others = meeting.relationship.memberships.filter(left_at__isnull=True).exclude(pk=author.pk)
    for membership in others.select_related("participant__person"):
        notify(
            membership.participant.person,
            kind,
            due_key=f"{kind}:{meeting.pk}:{series}",
            ids={"meeting": str(meeting.pk), "membership": str(membership.pk), "by": str(author.pk)},
        )
