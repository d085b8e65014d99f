"""Say what any other pair would have cost everyone: exactly, and who would have moved. For the committee only.

A cost depends on everybody's wishes, bans and past; it may not be told to participants.
"""

from dataclasses import dataclass

import numpy as np

from .blocks import CLOSED, Scoring
from .certify_total import complaints_about_total
from .checks import ensure_sound
from .explain import Reader, explain_pair
from .faults import Fault, NotOptimalError, ProblemError
from .measure import BoolMatrix, Indices
from .needs import MOST_PAIRS_AT_ONCE, ensure_meant
from .openings import open_pairs_of, pair_at
from .prices import Prices
from .problem import HardRule, Pair, Problem
from .residual import UNREACHED, Place, Residual, Ways
from .result import Result


@dataclass(frozen=True)
class Forced:
    """What it would take to put one pair into the best assignment.

    Units: `cost_points` and `cost_pairs` are what the whole would lose (a negative number is a gain: of two goals, the
    second may grow when the first shrinks); `points` and `shown` are the pair's own. Both costs are 0 when the pair is
    chosen already, or is as good as what stands.
    `forbidden_by`: the rules that would have to give way. `added` and `removed`: the pairs that would change.
    """

    mentee: str
    mentor: str
    points: int
    shown: int | None
    cost_points: int
    cost_pairs: int
    forbidden_by: tuple[HardRule, ...]
    added: tuple[Pair, ...]
    removed: tuple[Pair, ...]


@dataclass(frozen=True, eq=False)
class Costs:
    """What forcing each mentor on one mentee would cost everyone, as in Forced.

    Shapes: (mentors,) each, in the order of `problem.mentors`; costs mean nothing where it is not `possible`.
    """

    possible: BoolMatrix
    points: Indices
    pairs: Indices


@dataclass(frozen=True, eq=False)
class Study:
    """A certified result prepared for questions: build it once, ask often."""

    problem: Problem
    residual: Residual


def study(problem: Problem, result: Result) -> Study:
    """Prepare a result for questions about other pairs; up to ten million pairs.

    Raises: ProblemError when the result belongs to another problem or that is too large, NotOptimalError when nothing
    proves the result the best.
    """
    ensure_meant(problem, MOST_PAIRS_AT_ONCE)
    ensure_sound(problem)
    for pair in result.pairs:
        if pair.mentee not in problem.row_of or pair.mentor not in problem.column_of:
            raise ProblemError([Fault(f"result.pairs[{pair.mentee}, {pair.mentor}]", "unknown_person", "Study it with its own problem.")])
    scoring = Scoring(problem)
    if any(complaints_about_total(problem, scoring, result)):
        # Ways are only shortest, and only end, in the best assignment.
        raise NotOptimalError([Fault("answer.pairs", "not_optimal", "Assign again: this is not the best assignment.")])
    free = [pair for pair in result.pairs if not pair.locked]
    rows = np.array([problem.row_of[pair.mentee] for pair in free], dtype=np.int64)
    columns = np.array([problem.column_of[pair.mentor] for pair in free], dtype=np.int64)
    mentees, mentors = (np.array([price for _, price in side]) for side in (result.certificate.mentees, result.certificate.mentors))
    return Study(problem, Residual(open_pairs_of(problem, scoring), rows, columns, Prices(mentees, mentors)))


def force_pair(asked: Study, mentee: str, mentor: str) -> Forced | None:
    """Say what forcing a pair would cost, even one that a rule forbids.

    None when no assignment holds it: one of the two has no place left beside the locks, or somebody's least would break.
    """
    row, column = asked.problem.row_of[mentee], asked.problem.column_of[mentor]
    return _forced(asked, asked.residual.ways_to(row), row, column)


def costs_of_all(asked: Study, mentee: str) -> Costs:
    """Say what forcing each mentor on one mentee would cost everyone."""
    row = asked.problem.row_of[mentee]
    return _costs(asked, asked.residual.ways_to(row), row)


def best_alternatives(asked: Study, mentee: str, *, most: int = 3) -> tuple[Forced, ...]:
    """List the admissible mentors whom this mentee does not have and who would cost everyone least.

    For a mentee without a mentor, the first says what pairing them would take.
    Order: value lost, then the pair's points (most first), then the mentor's id.
    """
    residual, row = asked.residual, asked.problem.row_of[mentee]
    ways = residual.ways_to(row)
    costs = _costs(asked, ways, row)
    points = residual.field.points(np.array([row]))[0].astype(np.int64)
    held = residual.chosen.within(np.array([row]), slice(0, len(points)))[1]
    costs.possible[held] = False
    others = np.flatnonzero(costs.possible & (points != CLOSED))
    worth = residual.field.worth
    lost = worth.scale * costs.points[others] + worth.bonus * costs.pairs[others]
    ranked = others[np.lexsort((others, -points[others], lost))]
    found = (_forced(asked, ways, row, column) for column in ranked[:most].tolist())
    return tuple(forced for forced in found if forced)


def _costs(asked: Study, ways: Ways, row: int) -> Costs:
    residual, worth, prices = asked.residual, asked.residual.field.worth, asked.residual.prices
    points = residual.field.scoring.points_of_all(np.array([row]))[0].astype(np.int64)
    lengths, gained = residual.from_every_mentor(ways)
    lost = lengths + prices.mentees[row] + prices.mentors - worth.scale * points - worth.bonus
    pairs = -1 - gained
    possible = lengths < UNREACHED
    costs = Costs(possible, (lost - worth.bonus * pairs) // worth.scale, pairs)
    for standing in (residual.chosen, residual.field.locked):
        _, held, _ = standing.within(np.array([row]), slice(0, len(points)))
        costs.possible[held], costs.points[held], costs.pairs[held] = True, 0, 0
    return costs


def _forced(asked: Study, ways: Ways, row: int, column: int) -> Forced | None:
    problem, residual = asked.problem, asked.residual
    added: list[Place] = []
    removed: list[Place] = []
    if not _stands(residual, row, column):
        if residual.from_every_mentor(ways)[0][column] >= UNREACHED:
            return None
        added, removed = residual.changes_along(ways, row, column)
    mentee, mentor = problem.mentees[row].id, problem.mentors[column].id
    explained = explain_pair(problem, mentee, mentor, reader=Reader.COMMITTEE)
    return Forced(
        mentee=mentee,
        mentor=mentor,
        points=explained.points,
        shown=explained.shown,
        cost_points=_points_lost(residual, added, removed),
        cost_pairs=len(removed) - len(added),
        forbidden_by=explained.forbidden_by,
        added=tuple(pair_at(problem, *at) for at in sorted(added)),
        removed=tuple(pair_at(problem, *at) for at in sorted(removed)),
    )


def _stands(residual: Residual, row: int, column: int) -> bool:
    """Say whether a pair is chosen or locked."""
    at = np.array([row]), np.array([column])
    return len(residual.chosen.within(*at)[0]) > 0 or len(residual.field.locked.within(*at)[0]) > 0


def _points_lost(residual: Residual, added: list[Place], removed: list[Place]) -> int:
    rows, columns = np.array([*added, *removed], dtype=np.int64).reshape(-1, 2).T
    points = residual.field.scoring.points_at(rows, columns)
    return int(points[len(added) :].sum() - points[: len(added)].sum())
