"""Meetings for tests."""

import datetime as dt
from typing import Any

from django.utils import timezone

from releve.meetings import actions
from releve.meetings.models import Attendance, Meeting
from releve.relationships.models import Membership

SECRET_PLACE = "Café Krieghoff, table du fond"
SECRET_AGENDA = "Mon conflit avec la direction"
SECRET_NOTES = "Elle pense quitter son poste"


def planned(membership: Membership, *, days: float = 7, **more: Any) -> Meeting:
    """Plan a meeting some days from now, with a place and an agenda; a past day makes one that waits for a report."""
    now = timezone.now()
    given = {
        "starts_at": (now + dt.timedelta(days=days)).replace(second=0, microsecond=0),
        "minutes": 90,
        "way": Meeting.Way.VIDEO,
        "place": SECRET_PLACE,
        "agenda": SECRET_AGENDA,
    }
    return actions.plan_meeting(membership, now=now, **given | more)


def held(membership: Membership, *, days: float = -3, minutes: int = 90, notes: str = SECRET_NOTES, **more: Any) -> Meeting:
    """Note a meeting held some days ago, by one member; the others have not confirmed it."""
    now = timezone.now()
    starts_at = more.pop("starts_at", (now + dt.timedelta(days=days)).replace(second=0, microsecond=0))
    given = {"starts_at": starts_at, "minutes": minutes, "way": Meeting.Way.VIDEO, "notes": notes}
    return actions.log_meeting(membership, now=now, **given | more)


def word_of(membership: Membership, meeting: Meeting) -> Attendance:
    """Return what one member says about a meeting."""
    return Attendance.objects.get(meeting=meeting, membership=membership)


def confirmed(reporter: Membership, other: Membership, *, minutes: int = 90, **more: Any) -> Meeting:
    """Note a meeting that both members confirmed alike."""
    meeting = held(reporter, minutes=minutes, **more)
    actions.confirm_minutes(word_of(other, meeting), minutes=minutes, now=timezone.now())
    meeting.refresh_from_db()
    return meeting
