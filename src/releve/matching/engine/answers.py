"""From the chosen pairs of a matrix to the result of a run, and back."""

from dataclasses import replace

import numpy as np

from .canonical import problem_hash
from .measure import BoolMatrix
from .openings import Openings, openings_of, pair_at
from .problem import Objective, Problem
from .result import Certificate, Paired, Result
from .score import ScoreTable
from .version import ENGINE_VERSION


def openings_for_total(problem: Problem, table: ScoreTable) -> Openings:
    """Keep the locks and say what is left, worth its total whatever the objective: most points, then most pairs.

    Raises: as `openings_of`.
    """
    return openings_of(replace(problem, policy=replace(problem.policy, objective=Objective.BEST_TOTAL)), table)


def result_of(problem: Problem, table: ScoreTable, locked: BoolMatrix, chosen: BoolMatrix, certificate: Certificate) -> Result:
    """Write a result. Shapes: `locked` and `chosen`, the pairs beside the locks, (mentees, mentors)."""
    whole = chosen | locked
    return Result(
        engine=ENGINE_VERSION,
        problem=problem_hash(problem),
        pairs=tuple(
            Paired(*pair_at(problem, row, column), points=int(table.points[row, column]), locked=bool(locked[row, column]))
            for row, column in zip(*(places.tolist() for places in whole.nonzero()), strict=True)
        ),
        unpaired=tuple(person.id for person, count in zip(problem.mentees, whole.sum(axis=1), strict=True) if not count),
        points=int(table.points[whole].sum()),
        certificate=certificate,
    )


def pairs_in(problem: Problem, result: Result) -> BoolMatrix:
    """Mark the pairs of a result, locked ones included, all of them people of the problem. Shapes: (mentees, mentors)."""
    whole = np.zeros((len(problem.mentees), len(problem.mentors)), dtype=np.bool_)
    for pair in result.pairs:
        whole[problem.row_of[pair.mentee], problem.column_of[pair.mentor]] = True
    return whole
