"""Score every possible pair in integer points, and say which pairs are impossible.

Units: a criterion's fit is 0 to FULL_FIT thousandths, rounded down; its points are weight × fit; a pair's points are
their sum. A score is shown as 0–100 of what was within that mentee's reach, rounded down so that 100 means all of it.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from .blocks import FREE, FULL_FIT, Scoring, at_pairs, work_on
from .checks import ensure_sound
from .faults import Fault, ProblemError
from .measure import BoolMatrix, Cut, IntMatrix, measure
from .needs import MOST_PAIRS_AT_ONCE, ensure_meant
from .problem import Criterion, CriterionKind, Objective, Pair, Problem, options_of

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
    `shared`: the options or slots both have, sorted; nothing for wishes.
    """

    criterion: Criterion
    amount: int
    out_of: int
    fit: int
    points: int
    reachable: int
    shared: tuple[str, ...]


class AmongPairs:
    """Some pairs of a problem, and the people in them, so that each is encoded once.

    Shapes: `rows` and `columns` (pairs,), places in `mentees` and `mentors`.
    """

    def __init__(self, problem: Problem, pairs: Sequence[Pair]) -> None:
        at_rows = np.array([problem.row_of[pair.mentee] for pair in pairs], dtype=np.int64)
        at_columns = np.array([problem.column_of[pair.mentor] for pair in pairs], dtype=np.int64)
        rows, self.rows = np.unique(at_rows, return_inverse=True)
        columns, self.columns = np.unique(at_columns, return_inverse=True)
        self.mentees = [problem.mentees[row] for row in rows.tolist()]
        self.mentors = [problem.mentors[column] for column in columns.tolist()]


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
    (parts,) = parts_of_pairs(AmongPairs(problem, (Pair(mentee, mentor),)), problem.policy.criteria if criteria is None else criteria)
    return parts


def parts_of_pairs(among: AmongPairs, criteria: Iterable[Criterion]) -> list[tuple[Part, ...]]:
    """Say what some criteria give each of some pairs."""
    if columns := [_parts(criterion, among) for criterion in criteria]:
        return [*zip(*columns, strict=True)]
    return [()] * len(among.rows)


def _parts(criterion: Criterion, among: AmongPairs) -> list[Part]:
    measured = measure(criterion, among.mentees, among.mentors)
    amounts = at_pairs(among.rows, among.columns, measured.amounts).tolist()
    wanted = [options_of(person, criterion.asked_of_mentee) for person in among.mentees]
    offered = [options_of(person, criterion.asked_of_mentor) for person in among.mentors]
    parts = []
    for amount, row, column in zip(amounts, among.rows.tolist(), among.columns.tolist(), strict=True):
        out_of = int(measured.out_of[row])
        fit = FULL_FIT * min(amount, out_of) // max(out_of, 1)
        points, reachable = criterion.weight * fit, criterion.weight * FULL_FIT if out_of else 0
        # Whom both of two people wish for is nothing that they share, and is told to neither.
        shared = frozenset[str]() if criterion.kind == CriterionKind.WISHES else wanted[row] & offered[column]
        parts.append(Part(criterion, amount, out_of, fit, points, reachable, tuple(sorted(shared))))
    return parts


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
