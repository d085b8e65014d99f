"""What a run is made of: who is open to suggestions, the policy in force, and what the committee keeps together or apart."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from releve.enrolment.models import Participant
from releve.programs.definition import Definition
from releve.programs.models import Cohort

from .bridge import policy_from, problem_from
from .engine import Objective, Pair, Problem
from .engine import Policy as EnginePolicy
from .models import Adjustment, Policy
from .queries import open_to_suggestions


def policy_of(cohort: Cohort) -> Policy | None:
    """Return the policy that the committee set last; None while the program's own is in force."""
    return cohort.policies.order_by("-number").first()


def policy_in_force(definition: Definition, policy: Policy | None) -> EnginePolicy:
    """Read the program's policy with what the committee changed in it."""
    programs_own = policy_from(definition)
    if policy is None:
        return programs_own
    return replace(
        programs_own,
        criteria=tuple(replace(one, weight=policy.weights.get(one.id, one.weight)) for one in programs_own.criteria),
        rules=tuple(rule for rule in programs_own.rules if rule.id not in policy.rules_off),
        objective=Objective(policy.objective),
    )


def problem_of(cohort: Cohort, *, seed: int) -> tuple[Problem, dict[str, Participant]]:
    """Freeze what a run of a cohort would compute now.

    Returns the problem under run-local ids, and who stands behind each id.
    """
    problem, by_id = problem_from(cohort, open_to_suggestions(cohort), seed=seed)
    local = {participant.pk: name for name, participant in by_id.items()}
    standing = list(cohort.adjustments.standing())
    locks = _pairs(standing, Adjustment.Kind.LOCK, local)
    bans = _pairs(standing, Adjustment.Kind.FORBID, local)
    policy = policy_in_force(cohort.definition, policy_of(cohort))
    return replace(problem, policy=policy, locks=locks, bans=tuple(sorted({*problem.bans, *bans}))), by_id


def _pairs(standing: Iterable[Adjustment], kind: str, local: Mapping[UUID, str]) -> tuple[Pair, ...]:
    """Give the pairs of one kind of which both still wait; somebody who left is not kept anywhere."""
    ids = ((local.get(one.mentee_id), local.get(one.mentor_id)) for one in standing if one.kind == kind)
    return tuple(sorted(Pair(mentee, mentor) for mentee, mentor in ids if mentee and mentor))
