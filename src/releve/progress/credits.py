"""Hours turned into credits, by the rules that the definition states for each body."""

from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from releve.enrolment.models import Participant
from releve.meetings.models import Attendance
from releve.programs.definition.measures import Credit
from releve.questionnaires.conditions import holds


@dataclass(frozen=True)
class Earned:
    """What one body may recognize. Units: `minutes` counted, `credits` in the body's own unit."""

    rule: Credit
    minutes: int
    credits: Decimal


def credits_of(participant: Participant) -> list[Earned]:
    """Count the credits a participant can claim: none from a body whose condition they do not meet."""
    lengths = agreed_lengths(participant)
    return [
        _earned(rule, lengths)
        for rule in participant.cohort.definition.credits
        if (not rule.roles or participant.role in rule.roles) and (rule.who is None or holds(rule.who, participant.given_answers))
    ]


def agreed_lengths(participant: Participant) -> list[int]:
    """Return the length of every meeting that all its members confirmed alike. Units: minutes. Order: by date."""
    rows = Attendance.objects.filter(membership__participant=participant, minutes__gt=0, meeting__agreed_minutes__isnull=False)
    return list(rows.order_by("meeting__starts_at").values_list("meeting__agreed_minutes", flat=True))


def _earned(rule: Credit, lengths: list[int]) -> Earned:
    """Add up, then round down to the body's unit, so that no credit is claimed that was not earned."""
    counted = sum(length for length in lengths if length >= rule.least_minutes)
    rounded = counted - counted % rule.rounding_minutes
    credits = (Decimal(rounded) / 60 * Decimal(str(rule.per_hour))).quantize(Decimal("0.01"), rounding=ROUND_DOWN)
    if rule.cap is not None:
        credits = min(credits, Decimal(str(rule.cap.credits)))
    return Earned(rule, rounded, credits)
