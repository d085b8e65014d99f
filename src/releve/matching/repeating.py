"""Whether an old run still gives the answer that was recorded, and if not, what can still be shown."""

from dataclasses import dataclass
from enum import StrEnum

from .engine import ENGINE_VERSION, EngineError, certify, problem_hash, read_problem, read_result, result_json, solve
from .models import Run


class Repeated(StrEnum):
    """What came of computing a run again."""

    SAME = "same"  # to the byte
    STILL_BEST = "still_best"  # a newer engine: the recorded answer is proved again, and as good as its own
    INPUTS_CHANGED = "inputs_changed"  # the inputs are no longer those that were recorded
    PEOPLE_ERASED = "people_erased"  # somebody's inputs are gone: only counts and fingerprints are left
    OTHER_ANSWER = "other_answer"  # the answer is not the recorded one


@dataclass(frozen=True)
class Repetition:
    """The outcome, with the fingerprint of the inputs and the version that computed now."""

    outcome: Repeated
    digest: str
    engine: str


def repeat(run: Run) -> Repetition:
    """Compute a finished run again from its frozen inputs and compare. Writes nothing."""
    return Repetition(_outcome(run), run.problem_digest, ENGINE_VERSION)


def _outcome(run: Run) -> Repeated:
    if not run.replayable:
        return Repeated.PEOPLE_ERASED
    try:
        problem = read_problem(run.problem)
        if problem_hash(problem) != run.problem_digest:
            return Repeated.INPUTS_CHANGED
        again = solve(problem)
        if result_json(again) == run.result:
            return Repeated.SAME
        recorded = read_result(run.result)
        is_as_good = recorded.points == again.points and not certify(problem, recorded)
    except EngineError:
        return Repeated.OTHER_ANSWER
    return Repeated.STILL_BEST if run.engine_version != ENGINE_VERSION and is_as_good else Repeated.OTHER_ANSWER
