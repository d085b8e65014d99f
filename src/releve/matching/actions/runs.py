"""Runs of the engine: frozen inputs, an answer with its proof, and nobody paired by it."""

import secrets
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from releve.audit import actions as audit
from releve.people.models import Person
from releve.people.roles import Permission
from releve.programs.models import Cohort
from releve.programs.queries import may

from .. import tasks
from ..engine import ENGINE_VERSION, problem_hash, problem_json
from ..inputs import policy_of, problem_of
from ..models import Run
from ..queries import newest_number
from .computing import AT_ONCE, finish
from .refusals import NobodyToPair

SEED_BITS = 32


@transaction.atomic
def run_suggestions(cohort: Cohort, *, by: Person, seed: int | None = None, now: datetime) -> Run:
    """Let the engine pair those who switched suggestions on, and keep the run so that it can be repeated.

    A small one is computed at once, a large one by the worker. Without a seed, that of the run before: people whom
    nothing distinguishes then stay where they were.
    Raises: PermissionDenied; NobodyToPair.
    """
    if not may(by, Permission.PAIR_PEOPLE, cohort.program):
        raise PermissionDenied
    problem, by_id = problem_of(cohort, seed=_seed(cohort) if seed is None else seed)
    if not problem.mentees or not problem.mentors:
        raise NobodyToPair
    policy = policy_of(cohort)
    run = Run.objects.create(
        cohort=cohort,
        number=newest_number(cohort) + 1,
        by=by,
        policy=policy,
        objective=problem.policy.objective.value,
        problem=problem_json(problem),
        problem_digest=problem_hash(problem),
        people={local: str(participant.pk) for local, participant in by_id.items()},
        engine_version=ENGINE_VERSION,
        seed=str(problem.seed),
        created_at=now,
    )
    audit.record("pairing.run", by=by, on=run, program=cohort.program, number=run.number)
    if len(problem.mentees) * len(problem.mentors) <= AT_ONCE:
        return finish(run, problem, now=now)
    transaction.on_commit(lambda: tasks.compute_run.enqueue(str(run.pk)))
    return run


@transaction.atomic
def cancel_run(run: Run, *, by: Person, now: datetime) -> bool:
    """Stop a run that waits or is computed; return whether there was still something to stop. It keeps no result."""
    stopped = Run.objects.under_way().filter(pk=run.pk).update(state=Run.State.CANCELLED, finished_at=now)
    if stopped:
        audit.record("pairing.cancel", by=by, on=run, program=run.cohort.program, number=run.number)
    return bool(stopped)


def _seed(cohort: Cohort) -> int:
    before = cohort.runs.order_by("-number").values_list("seed", flat=True).first()
    return int(before) if before is not None else secrets.randbits(SEED_BITS)
