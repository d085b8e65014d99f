"""What is left to decide once the locks are kept: the open pairs, their values, and the places that remain."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .faults import Fault, ProblemError
from .measure import BoolMatrix, IntMatrix
from .problem import Pair, Person, Problem
from .score import ScoreTable, pair_values

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Bounds:
    """How many places each person of one side gives. Shapes: (people,) each, in the order of the side."""

    least: Counts
    most: Counts


@dataclass(frozen=True, eq=False)
class Openings:
    """The pairs still to choose from, and the places still to fill.

    Shapes: matrices are (mentees, mentors). Units: `values` as `pair_values` gives them, for forbidden pairs too;
    `open` pairs are admissible, not locked, and have a place left on both sides.
    """

    values: IntMatrix
    open: BoolMatrix
    locked: BoolMatrix
    mentees: Bounds
    mentors: Bounds


def openings_of(problem: Problem, table: ScoreTable) -> Openings:
    """Keep the locks and say what is left.

    Raises: ProblemError when a rule forbids a locked pair, or when the values are too large to compute with.
    """
    values = pair_values(problem, table)
    locked = np.zeros(values.shape, dtype=np.bool_)
    for pair in problem.locks:
        locked[problem.row_of[pair.mentee], problem.column_of[pair.mentor]] = True
    _refuse_forbidden_locks(problem, table)
    mentees = _places_left(problem.mentees, locked.sum(axis=1))
    mentors = _places_left(problem.mentors, locked.sum(axis=0))
    free = table.admissible & ~locked & (mentees.most > 0)[:, None] & (mentors.most > 0)[None, :]
    return Openings(values, free, locked, mentees, mentors)


def pair_at(problem: Problem, row: int, column: int) -> Pair:
    """Name the pair at one place of a matrix."""
    return Pair(problem.mentees[row].id, problem.mentors[column].id)


def _refuse_forbidden_locks(problem: Problem, table: ScoreTable) -> None:
    faults = []
    for pair in sorted(set(problem.locks)):
        index = table.rule[problem.row_of[pair.mentee], problem.column_of[pair.mentor]]
        if index >= 0:
            rule = problem.policy.rules_in_force[index]
            faults.append(Fault(f"locks[{pair.mentee}, {pair.mentor}]", "lock_breaks_rule", f"The rule {rule.id!r} forbids it: unlock it."))
    if faults:
        raise ProblemError(faults)


def _places_left(people: tuple[Person, ...], held: Counts) -> Bounds:
    least = np.array([person.least for person in people], dtype=np.int64)
    most = np.array([person.most for person in people], dtype=np.int64)
    return Bounds(np.maximum(least - held, 0), most - held)
