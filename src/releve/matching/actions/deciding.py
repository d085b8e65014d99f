"""Decisions by people: who is brought together, and why in their words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from releve.enrolment.models import Participant
from releve.people.models import Person
from releve.programs.models import Cohort
from releve.relationships import actions as relationships
from releve.relationships.models import Relationship

from ..models import Decision, Run
from .refusals import PairsRefused, ReasonMissing


@dataclass(frozen=True)
class Chosen:
    """Two people somebody decided to bring together, and why in their words."""

    mentor: Participant
    mentee: Participant
    reason: str
    run: Run | None = None
    score: int | None = None


@transaction.atomic
def pair(cohort: Cohort, chosen: Chosen, *, by: Person, introduce: bool = True, now: datetime) -> Relationship:
    """Bring two people together by decision of the committee, with a written reason.

    Raises: ReasonMissing; relationships.actions.FormingRefused; PermissionDenied for one of the two themselves.
    """
    reason = chosen.reason.strip()
    if cohort.definition.pairing.reason_required and not reason:
        raise ReasonMissing
    members = [(chosen.mentor, chosen.mentor.role), (chosen.mentee, chosen.mentee.role)]
    relationship = relationships.form_relationship(cohort, members, by=by, follows=_before(chosen.mentee), now=now)
    Decision.objects.create(
        relationship=relationship,
        run=chosen.run,
        origin=Decision.Origin.SUGGESTION if chosen.run else Decision.Origin.HAND,
        reason=reason or "-",
        score=chosen.score,
        by=by,
        created_at=now,
    )
    if introduce:
        relationships.introduce(relationship, by=by, now=now)
    return relationship


@transaction.atomic
def pair_all(cohort: Cohort, all_chosen: Sequence[Chosen], *, by: Person, now: datetime) -> list[Relationship]:
    """Bring several pairs together at once: all of them, or none.

    Raises: PairsRefused with every refusal by pair; ReasonMissing; PermissionDenied.
    """
    formed: list[Relationship] = []
    refused: dict[int, list[str]] = {}
    for index, chosen in enumerate(all_chosen):
        try:
            formed.append(pair(cohort, chosen, by=by, now=now))
        except relationships.FormingRefused as error:
            refused[index] = [problem.message for problem in error.problems]
    if refused:
        raise PairsRefused(refused)
    return formed


def _before(mentee: Participant) -> Relationship | None:
    """Return the relationship that a new one of this mentee takes the place of."""
    memberships = mentee.memberships.select_related("relationship").order_by("-joined_at")
    ended = [membership.relationship for membership in memberships if not membership.relationship.is_open]
    return ended[0] if ended else None
