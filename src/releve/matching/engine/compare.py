"""Say what an objective costs: what each of the others would have given instead. For the committee only.

Every outcome is measured by all the yardsticks, and not only by its own. Who differs depends on everybody's wishes, bans
and past; it may not be told to participants.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from .answers import openings_for_total, pairs_in
from .faults import Fault, ProblemError
from .levels import NOBODY, levels_held, levels_of_pairs
from .measure import BoolMatrix, IntMatrix
from .objectives import solve
from .openings import Openings
from .problem import Objective, Problem
from .result import Result
from .score import score_pairs
from .stable import Views, blocking_pairs, views_of

# Shown scores below which mentees are counted.
MARKS: Final = (25, 50, 75)


@dataclass(frozen=True)
class Outcome:
    """What one objective gives.

    Units: `points` over all pairs, locked ones included; `worst` is the shown score, 0 to 100, of the mentee with a mentor
    who fares worst (with the best of theirs), None if nobody has one. `below`: for each of MARKS, how many mentees with a
    mentor are below it. `blocking`: the pairs of two people who would both rather have each other, as stability counts
    them. `differing`: the mentees who have other mentors than under the policy's own objective, by id.
    """

    objective: Objective
    points: int
    pairs: int
    unpaired: int
    worst: int | None
    below: tuple[tuple[int, int], ...]
    blocking: int
    differing: tuple[str, ...]


@dataclass(frozen=True)
class Refused:
    """An objective that this problem cannot be asked for, and why."""

    objective: Objective
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Comparison:
    """The outcome of the policy's own objective beside those of others, in the order asked for."""

    chosen: Outcome
    others: tuple[Outcome, ...]
    refused: tuple[Refused, ...]


def compare(problem: Problem, result: Result | None = None, objectives: Iterable[Objective] = tuple(Objective)) -> Comparison:
    """Compare a problem's own objective with others; `result` is its answer if it is known already.

    Raises: as `solve`, for the problem's own objective.
    """
    own = problem.policy.objective
    yardsticks = _Yardsticks(problem, result or solve(problem))
    others, refused = [], []
    for objective in dict.fromkeys(objectives):
        if objective == own:
            continue
        try:
            other = solve(replace(problem, policy=replace(problem.policy, objective=objective)))
        except ProblemError as refusal:
            refused.append(Refused(objective, refusal.faults))
        else:
            others.append(yardsticks.measure(objective, other))
    return Comparison(yardsticks.measure(own, yardsticks.own), tuple(others), tuple(refused))


class _Yardsticks:
    """What outcomes of one problem are measured by: worked out once."""

    def __init__(self, problem: Problem, own: Result) -> None:
        table = score_pairs(problem)
        self.problem = problem
        self.own = own
        self.chosen: BoolMatrix = pairs_in(problem, own)
        self.levels: IntMatrix = levels_of_pairs(problem, table)
        self.views: Views = views_of(problem, table)
        self.openings: Openings = openings_for_total(problem, table)

    def measure(self, objective: Objective, result: Result) -> Outcome:
        """Measure one result by every yardstick."""
        whole = pairs_in(self.problem, result)
        held = [level for level in levels_held(self.levels, whole).tolist() if level > NOBODY]
        other = (whole != self.chosen).any(axis=1).tolist()
        return Outcome(
            objective=objective,
            points=result.points,
            pairs=len(result.pairs),
            unpaired=len(result.unpaired),
            worst=min(held, default=None),
            below=tuple((mark, sum(level < mark for level in held)) for mark in MARKS),
            blocking=int(blocking_pairs(self.views, self.openings, whole & ~self.openings.locked).sum()),
            differing=tuple(person.id for person, differs in zip(self.problem.mentees, other, strict=True) if differs),
        )
