"""Who may take which role, as pure questions about one person and one cohort."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from releve.people.models import Person
from releve.programs.models import Cohort

from .models import Participant
from .queries import in_directory

CONSENT_NEEDED = _("This agreement is needed to take part. Tick the box, or leave without registering.")


def may_take_role(cohort: Cohort, person: Person, role: str) -> bool:
    """Say whether the roles a person holds already leave room for this one."""
    held = cohort.participants.filter(person=person).exclude(state=Participant.State.WITHDRAWN)
    others = set(held.exclude(role=role).values_list("role", flat=True))
    return all(role in cohort.definition.role(other).may_also_be for other in others)


def state_after_registration(participant: Participant, answers: Mapping[str, Any]) -> str:
    """Say where a submitted registration lands."""
    rule = participant.cohort.definition.role(participant.role).eligibility
    if rule is not None and not rule.holds(answers):
        return Participant.State.REFUSED
    return Participant.State.REGISTERED


def wishable(participant: Participant) -> set[UUID]:
    """Return the participants somebody may name as a wish: those shown, of the roles they can be paired with."""
    others = [role for role in participant.cohort.definition.relationship.members if role != participant.role]
    shown: set[UUID] = set()
    for role in others:
        shown |= set(in_directory(participant.cohort, participant.person, role).values_list("pk", flat=True))
    return shown
