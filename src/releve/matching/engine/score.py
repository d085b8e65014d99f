"""Score every possible pair in integer points, and say which pairs are impossible.

Units: a criterion's fit is 0 to FULL_FIT thousandths, rounded down; its points are weight × fit; a pair's points are
their sum. A score is shown as 0–100 of what was within that mentee's reach, rounded down so that 100 means all of it.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from .blocks import FREE, FULL_FIT, Scoring, work_on
from .checks import ensure_sound
from .faults import Fault, ProblemError
from .measure import BoolMatrix, Cut, IntMatrix, measure
from .needs import MOST_PAIRS_AT_ONCE, ensure_meant
from .problem import Criterion, Objective, Problem, options_of

# Values are added up along ways through as many people as there are, twice: an int64 has to hold the product.
LARGEST_PRODUCT: Final = 2**58


@dataclass(frozen=True, eq=False)
class ScoreTable:
    """Every pair's points, and the first rule that forbids it.

    Shapes: (mentees, mentors), in the order of `problem.mentees` and `problem.mentors`.
    Units: `points` see above; `rule` is an index into `policy.rules_in_force`, FREE where the pair is admissible.
    """

    points: IntMatrix
    rule: npt.NDArray[np.int16]

    @property
    def admissible(self) -> BoolMatrix:
        """Say which pairs no rule forbids."""
        free: BoolMatrix = self.rule == FREE
        return free


@dataclass(frozen=True)
class Part:
    """What one criterion gives one pair.

    Units: `amount` out of `out_of` in the criterion's own unit (needs met, slots, steps, ranks; 0 out of 0 when the
    mentee did not answer); `fit` in thousandths; `points` out of `reachable`.
    `shared`: the options or slots both have, sorted.
    """

    criterion: Criterion
    amount: int
    out_of: int
    fit: int
    points: int
    reachable: int
    shared: tuple[str, ...]


def score_pairs(problem: Problem) -> ScoreTable:
    """Score every possible pair of a problem that is small enough to hold them all, up to ten million.

    Raises: PolicyError or ProblemError, with all the faults found.
    """
    ensure_meant(problem, MOST_PAIRS_AT_ONCE)
    ensure_sound(problem)
    scoring = Scoring(problem)
    points = np.empty(scoring.shape, dtype=np.int64)
    rule_of = np.empty(scoring.shape, dtype=np.int16)

    def fill(rows: Cut) -> None:
        points[rows] = scoring.points_of_all(rows)
        rule_of[rows] = scoring.rules(rows)

    deque(work_on(scoring.blocks(), fill, points.size), maxlen=0)
    points.flags.writeable = rule_of.flags.writeable = False
    return ScoreTable(points, rule_of)


def parts_of_pair(problem: Problem, mentee: str, mentor: str, criteria: Iterable[Criterion] | None = None) -> tuple[Part, ...]:
    """Say what each criterion gives one pair, forbidden or not; `criteria` limits which."""
    one, other = problem.mentees[problem.row_of[mentee]], problem.mentors[problem.column_of[mentor]]
    found = []
    for criterion in problem.policy.criteria if criteria is None else criteria:
        measured = measure(criterion, (one,), (other,))
        amount, out_of = int(measured.amounts(slice(0, 1), slice(0, 1))[0, 0]), int(measured.out_of[0])
        fit = FULL_FIT * min(amount, out_of) // max(out_of, 1)
        shared = options_of(one, criterion.asked_of_mentee) & options_of(other, criterion.asked_of_mentor)
        found.append(
            Part(
                criterion=criterion,
                amount=amount,
                out_of=out_of,
                fit=fit,
                points=criterion.weight * fit,
                reachable=criterion.weight * FULL_FIT if out_of else 0,
                shared=tuple(sorted(shared)),
            )
        )
    return tuple(found)


def shown_score(points: int, reachable: int) -> int | None:
    """Turn points into what people read: 0–100 of what was reachable, None if nothing was asked."""
    return 100 * points // reachable if reachable else None


@dataclass(frozen=True)
class Worth:
    """The objective's two goals, points and pairs, folded into one integer: a pair is worth `scale` × its points + `bonus`.

    The largest sum of values is the objective's answer exactly: the second goal never outweighs one unit of the first.
    """

    scale: int
    bonus: int


def worth_of(problem: Problem) -> Worth:
    """Say what points and pairs are worth in one problem.

    Raises: ProblemError when the values would not fit the solver's integers.
    """
    mentees, mentors = (sum(person.most for person in side) for side in (problem.mentees, problem.mentors))
    most_pairs = min(mentees, mentors)
    reach = FULL_FIT * sum(criterion.weight for criterion in problem.policy.criteria)
    worth = Worth(1, most_pairs * reach + 1) if problem.policy.objective == Objective.MOST_PEOPLE else Worth(most_pairs + 1, 1)
    if (worth.scale * reach + worth.bonus) * (len(problem.people) + 2) > LARGEST_PRODUCT:
        raise ProblemError([Fault("policy.criteria", "scores_too_large", "Use smaller weights: only their proportions matter.")])
    return worth


def pair_values(problem: Problem, table: ScoreTable) -> IntMatrix:
    """Give the value of each pair. Shapes: (mentees, mentors). Units: value, only comparable within one problem.

    Raises: ProblemError when the values would not fit the solver's integers.
    """
    worth = worth_of(problem)
    return worth.scale * table.points + worth.bonus
