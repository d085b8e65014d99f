"""Say what any other pair would have cost everyone: exactly, and who would have moved. For the committee only.

A cost depends on everybody's wishes, bans and past; it may not be told to participants.
"""

from dataclasses import dataclass

import numpy as np

from .explain import Reader, explain_pair
from .faults import Fault, ProblemError
from .openings import openings_of, pair_at
from .problem import HardRule, Pair, Problem
from .residual import UNREACHED, Standing, Ways, prices_of, ways_to
from .result import Result
from .score import ScoreTable, score_pairs

Place = tuple[int, int]


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
class Study:
    """A certified result prepared for questions: build it once, ask often."""

    problem: Problem
    table: ScoreTable
    standing: Standing


def study(problem: Problem, result: Result) -> Study:
    """Prepare a result for questions about other pairs.

    Raises: ProblemError when the result belongs to another problem, NotOptimalError when it is not the best.
    """
    table = score_pairs(problem)
    openings = openings_of(problem, table)
    chosen = np.zeros_like(openings.open)
    for pair in result.pairs:
        if pair.mentee not in problem.row_of or pair.mentor not in problem.column_of:
            raise ProblemError([Fault(f"result.pairs[{pair.mentee}, {pair.mentor}]", "unknown_person", "Study it with its own problem.")])
        chosen[problem.row_of[pair.mentee], problem.column_of[pair.mentor]] = True
    standing = Standing(openings, chosen & ~openings.locked)
    prices_of(standing)  # ways are only shortest, and only end, in the best assignment
    return Study(problem, table, standing)


def force_pair(asked: Study, mentee: str, mentor: str) -> Forced | None:
    """Say what forcing a pair would cost, even one that a rule forbids.

    None when no assignment holds it: one of the two has no place left beside the locks, or somebody's least would break.
    """
    row, column = asked.problem.row_of[mentee], asked.problem.column_of[mentor]
    return _forced(asked, ways_to(asked.standing, row), row, column)


def best_alternatives(asked: Study, mentee: str, *, most: int = 3) -> tuple[Forced, ...]:
    """List the admissible mentors whom this mentee does not have and who would cost everyone least.

    For a mentee without a mentor, the first says what pairing them would take.
    Order: value lost, then the pair's points (most first), then the mentor's id.
    """
    problem, standing = asked.problem, asked.standing
    row = problem.row_of[mentee]
    ways = ways_to(standing, row)
    lost = ways.length[len(standing.chosen) : -1] - standing.openings.values[row]
    others = np.flatnonzero(standing.openings.open[row] & ~standing.chosen[row])
    ranked = sorted(others.tolist(), key=lambda column: (lost[column], -asked.table.points[row, column], column))
    found = (_forced(asked, ways, row, column) for column in ranked[:most])
    return tuple(forced for forced in found if forced)


def _forced(asked: Study, ways: Ways, row: int, column: int) -> Forced | None:
    problem, standing, points = asked.problem, asked.standing, asked.table.points
    added: list[Place] = []
    removed: list[Place] = []
    if not standing.chosen[row, column] and not standing.openings.locked[row, column]:
        if ways.length[len(standing.chosen) + column] == UNREACHED:
            return None
        added, removed = _changes(ways, row, column, standing.chosen.shape)
    mentee, mentor = problem.mentees[row].id, problem.mentors[column].id
    explained = explain_pair(problem, mentee, mentor, reader=Reader.COMMITTEE)
    return Forced(
        mentee=mentee,
        mentor=mentor,
        points=explained.points,
        shown=explained.shown,
        cost_points=sum(int(points[at]) for at in removed) - sum(int(points[at]) for at in added),
        cost_pairs=len(removed) - len(added),
        forbidden_by=explained.forbidden_by,
        added=tuple(pair_at(problem, *at) for at in sorted(added)),
        removed=tuple(pair_at(problem, *at) for at in sorted(removed)),
    )


def _changes(ways: Ways, row: int, column: int, shape: tuple[int, ...]) -> tuple[list[Place], list[Place]]:
    """List the pairs added and removed when a pair is forced: itself, and those on the way from its mentor back to its mentee."""
    mentees, pool = shape[0], sum(shape)
    added, removed = [(row, column)], []
    node = mentees + column
    while node != row:
        after = int(ways.after[node])
        if node < mentees <= after < pool:
            added.append((node, after - mentees))
        elif after < mentees <= node < pool:
            removed.append((after, node - mentees))
        node = after  # a step through the pool changes no pair
    return added, removed
