"""Reminders to those who were invited and have not confirmed: what the tick finds due."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from releve.enrolment.models import Participant
from releve.notifications.actions import notify
from releve.notifications.queries import told_lately
from releve.programs.models import Cohort

FIRST_DAYS = 7  # after the invitation
LAST_DAYS = 7  # before registration closes
BREATH_DAYS = 5  # between two letters about one place, at the least


def remind_invited(cohort: Cohort, *, now: datetime) -> int:
    """Remind people, once after a week and once before registration closes, that their registration waits; return how many."""
    today = timezone.localdate(now)
    closes = cohort.calendar.get("registration_closes")
    if closes and closes < today:
        return 0
    waiting = cohort.participants.filter(state=Participant.State.INVITED, invited_at__lte=now - timedelta(days=BREATH_DAYS))
    return sum(_remind(participant, closes, now) for participant in waiting.select_related("person").order_by("invited_at", "pk"))


def _remind(participant: Participant, closes: date | None, now: datetime) -> bool:
    invited = participant.invited_at or now
    is_last = closes is not None and timezone.localdate(now) >= closes - timedelta(days=LAST_DAYS)
    if not is_last and now < invited + timedelta(days=FIRST_DAYS):
        return False
    about = f"invitation_reminder:{participant.pk}"
    if told_lately(participant.person, about, now - timedelta(days=BREATH_DAYS)):
        return False
    series = "last" if is_last else "first"
    due_key = f"{about}:{invited:%Y%m%d}:{series}"
    letter = notify(participant.person, "invitation_reminder", due_key=due_key, ids={"participant": str(participant.pk)})
    return letter is not None
