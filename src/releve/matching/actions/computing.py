"""The answer of the engine, written only if nobody cancelled meanwhile."""

import time
from datetime import datetime
from uuid import UUID

from ..aims import give_each
from ..engine import EngineError, Problem, Result, read_problem, result_json, solve
from ..looking_back import look_back
from ..models import Run

AT_ONCE = 50_000  # pairs compared while the reader waits: some 300 people on one side, 160 on the other
BEAT = 0.5  # seconds between two words about how far a long run is


class Cancelled(Exception):
    """Somebody cancelled the run while it was computed."""


def compute(run_id: UUID, *, now: datetime) -> bool:
    """Compute a run that waits, or begin again one whose worker died; return whether it got its answer."""
    if not Run.objects.under_way().filter(pk=run_id).update(state=Run.State.RUNNING):
        return False
    run = Run.objects.select_related("cohort__version", "cohort__program").get(pk=run_id)
    try:
        return finish(run, read_problem(run.problem), now=now).state == Run.State.DONE
    except Cancelled:
        return False


def finish(run: Run, problem: Problem, *, now: datetime) -> Run:
    """Let the engine answer, and write the answer only if nobody cancelled meanwhile."""
    before = Run.objects.filter(pk=run.pk).exclude(state__in=[Run.State.DONE, Run.State.CANCELLED, Run.State.FAILED])
    try:
        result = solve(problem, progress=Told(run))
    except EngineError as refused:
        run.state, run.faults = Run.State.FAILED, [[fault.path, fault.code, fault.mend] for fault in refused.faults]
        before.update(state=run.state, faults=run.faults, finished_at=now)
        return run
    values = _written(problem, result) | {"state": Run.State.DONE, "finished_at": now}
    if not before.update(**values):
        raise Cancelled
    for name, value in values.items():
        setattr(run, name, value)
    return run


def _written(problem: Problem, result: Result) -> dict:
    small = len(problem.mentees) * len(problem.mentors) <= AT_ONCE
    return {
        "result": result_json(result),
        "looked_back": look_back(problem, result),
        "compared": give_each(problem, result) if small else [],
    }


class Told:
    """Writes now and then how far a run is, and stops it when somebody cancelled it."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.said_at = time.monotonic()

    def __call__(self, stage: str, done: int, of: int) -> None:
        if time.monotonic() - self.said_at < BEAT:
            return
        self.said_at = time.monotonic()
        if not Run.objects.under_way().filter(pk=self.run.pk).update(stage=stage, steps_done=done, steps=of):
            raise Cancelled
