"""Who may take which role and when, as pure questions about one person and one cohort."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from releve.people.models import Person
from releve.programs.models import Cohort
from releve.programs.rules import Said, answers_to_forms, why_not

from .models import Participant
from .queries import in_directory, other_roles

CONSENT_NEEDED = _("This agreement is needed to take part. Tick the box, or leave without registering.")
BEGINNERS = frozenset({Participant.State.STARTED, Participant.State.WITHDRAWN})  # they need the dates, the others are in


class Obstacle(StrEnum):
    """Why somebody cannot fill in a registration today."""

    NONE = ""
    NOT_YET = "not_yet"
    OVER = "over"
    CLOSED = "closed"  # the whole cohort
    OTHER_ROLE = "other_role"


def obstacle_to_registering(cohort: Cohort, person: Person, role: str, place: Participant | None, today: date) -> Obstacle:
    """Say what keeps a person from filling in a registration, or changing theirs: the first thing that does."""
    if cohort.state != Cohort.State.OPEN:
        return Obstacle.CLOSED
    if place is not None and place.state not in BEGINNERS:
        return Obstacle.NONE
    if not cohort.is_registering(today):
        opens = cohort.calendar.get("registration_opens")
        return Obstacle.NOT_YET if opens is not None and today < opens else Obstacle.OVER
    return Obstacle.NONE if may_take_role(cohort, person, role) else Obstacle.OTHER_ROLE


def may_take_role(cohort: Cohort, person: Person, role: str) -> bool:
    """Say whether the roles a person holds already leave room for this one."""
    held = cohort.participants.filter(person=person).exclude(state=Participant.State.WITHDRAWN)
    others = set(held.exclude(role=role).values_list("role", flat=True))
    return all(role in cohort.definition.role(other).may_also_be for other in others)


def is_enrolling(cohort: Cohort, role: str) -> bool:
    """Say whether people register for a role themselves."""
    return any(item.id == role and item.enrols for item in cohort.definition.roles)


def state_after_registration(participant: Participant, answers: Mapping[str, Any]) -> Participant.State:
    """Say where a submitted registration lands; who waits goes on waiting."""
    if why_not_eligible(participant, answers):
        return Participant.State.REFUSED
    waits = participant.state == Participant.State.WAITING
    return Participant.State.WAITING if waits else Participant.State.REGISTERED


def why_not_eligible(participant: Participant, answers: Mapping[str, Any]) -> list[Said]:
    """Say why the answers do not allow a role, the role's own sentence first; nothing when they do."""
    definition = participant.cohort.definition
    rule = definition.role(participant.role).eligibility
    if rule is None:
        return []
    known = answers_to_forms(definition, {definition.intake.form: answers})
    return why_not(rule, known, definition, dates=participant.cohort.calendar.dates)


def wishable(participant: Participant) -> set[UUID]:
    """Return the participants somebody may name as a wish: those shown, of the roles they can be paired with."""
    shown: set[UUID] = set()
    for role in other_roles(participant.cohort.definition, participant.role):
        shown |= set(in_directory(participant.cohort, participant.person, role).values_list("pk", flat=True))
    return shown
