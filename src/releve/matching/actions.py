"""Everything that pairing writes: runs of the engine, and decisions by people."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from releve.audit import actions as audit
from releve.enrolment.models import Participant
from releve.people.models import Person
from releve.people.roles import Permission
from releve.programs.models import Cohort
from releve.programs.queries import may
from releve.relationships import actions as relationships
from releve.relationships.models import Relationship

from .bridge import problem_from
from .engine import ENGINE_VERSION, problem_hash, problem_json, result_json, solve
from .looking_back import look_back
from .models import Decision, Run
from .queries import open_to_suggestions


class PairingRefused(Exception):
    """Nothing can be computed or decided as asked."""


class ReasonMissing(PairingRefused):
    """The program asks for a written reason, and none was given."""


class NobodyToPair(PairingRefused):
    """One of the two sides has nobody who switched suggestions on and has a place left."""


@dataclass(frozen=True)
class Chosen:
    """Two people somebody decided to bring together, and why in their words."""

    mentor: Participant
    mentee: Participant
    reason: str
    run: Run | None = None
    score: int | None = None


@transaction.atomic
def run_suggestions(cohort: Cohort, *, by: Person, seed: int, now: datetime) -> Run:
    """Let the engine pair those who switched suggestions on, and keep the run so that it can be repeated.

    Nobody is paired by this: a run only suggests.
    Raises: PermissionDenied; NobodyToPair.
    """
    if not may(by, Permission.PAIR_PEOPLE, cohort.program):
        raise PermissionDenied
    participants = open_to_suggestions(cohort)
    kinds = {cohort.definition.role(participant.role).kind for participant, _places in participants}
    if not {"mentor", "mentee"} <= kinds:
        raise NobodyToPair
    problem, by_id = problem_from(cohort, participants, seed=seed)
    result = solve(problem)
    run = Run.objects.create(
        cohort=cohort,
        number=(cohort.runs.aggregate(Max("number"))["number__max"] or 0) + 1,
        by=by,
        problem=problem_json(problem),
        problem_digest=problem_hash(problem),
        people={local: str(participant.pk) for local, participant in by_id.items()},
        engine_version=ENGINE_VERSION,
        seed=str(seed),
        result=result_json(result),
        looked_back=look_back(problem, result),
        created_at=now,
    )
    audit.record("pairing.run", by=by, on=run, program=cohort.program, pairs=len(result.pairs), number=run.number)
    return run


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


def _before(mentee: Participant) -> Relationship | None:
    """Return the relationship that a new one of this mentee takes the place of."""
    memberships = mentee.memberships.select_related("relationship").order_by("-joined_at")
    ended = [membership.relationship for membership in memberships if not membership.relationship.is_open]
    return ended[0] if ended else None
