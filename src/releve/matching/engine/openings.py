"""What is left to decide once the locks are kept: the open pairs, their values, and the places that remain."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from .blocks import CLOSED, FREE, Points, Scoring
from .faults import Fault, ProblemError
from .measure import BoolMatrix, Cut, IntMatrix, Listed
from .problem import Pair, Person, Problem
from .score import ScoreTable, Worth, pair_values, worth_of

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Bounds:
    """How many places each person of one side gives. Shapes: (people,) each, in the order of the side."""

    least: Counts
    most: Counts


class Field(Protocol):
    """Pairs to choose from, given block by block, and the places to fill.

    Units: an open pair is worth `worth.scale` × its points + `worth.bonus`; points are whole, from 0 to `reach`.
    """

    @property
    def shape(self) -> tuple[int, int]:
        """How many mentees and mentors there are."""

    @property
    def reach(self) -> int:
        """The most points that a pair could have."""

    @property
    def worth(self) -> Worth:
        """What points and pairs are worth."""

    @property
    def mentees(self) -> Bounds:
        """The places of each mentee."""

    @property
    def mentors(self) -> Bounds:
        """The places of each mentor."""

    def points(self, rows: Cut, columns: Counts | None = None) -> Points:
        """Give the points of a block, CLOSED where a pair is not to choose. Shapes: (rows, columns)."""


@dataclass(frozen=True, eq=False)
class OpenPairs:
    """The pairs of a problem still to choose from, scored block by block, and the places still to fill.

    Open pairs are admissible, not locked, and have a place left on both sides.
    """

    scoring: Scoring
    worth: Worth
    locked: Listed
    mentees: Bounds
    mentors: Bounds

    @property
    def shape(self) -> tuple[int, int]:
        """How many mentees and mentors there are."""
        return self.scoring.shape

    @property
    def reach(self) -> int:
        """The most points that a pair could have."""
        return self.scoring.reach

    def points(self, rows: Cut, columns: Counts | None = None) -> Points:
        """Give the points of a block, CLOSED where a pair is not to choose. Shapes: (rows, columns)."""
        block = self.scoring.points(rows, columns)
        asked = slice(0, self.shape[1]) if columns is None else columns
        block[self.mentees.most[rows] == 0] = CLOSED
        block[:, self.mentors.most[asked] == 0] = CLOSED
        at_rows, at_columns, _ = self.locked.within(rows, asked)
        block[at_rows, at_columns] = CLOSED
        return block


@dataclass(frozen=True, eq=False)
class Openings:
    """The same for a problem small enough to hold every pair at once.

    Shapes: matrices are (mentees, mentors). Units: `values` as `pair_values` gives them, for forbidden pairs too.
    """

    values: IntMatrix
    open: BoolMatrix
    locked: BoolMatrix
    mentees: Bounds
    mentors: Bounds


def open_pairs_of(problem: Problem, scoring: Scoring) -> OpenPairs:
    """Keep the locks and say what is left.

    Raises: ProblemError when a rule forbids a locked pair, or when the values are too large to compute with.
    """
    worth = worth_of(problem)
    _refuse_forbidden_locks(problem, lambda row, column: int(scoring.rules(np.array([row]), np.array([column]))[0, 0]))
    rows, columns = _locked(problem)
    locked = Listed(rows, columns, np.ones_like(rows), scoring.shape[0])
    held = np.bincount(rows, minlength=scoring.shape[0]), np.bincount(columns, minlength=scoring.shape[1])
    return OpenPairs(scoring, worth, locked, _places_left(problem.mentees, held[0]), _places_left(problem.mentors, held[1]))


def openings_of(problem: Problem, table: ScoreTable) -> Openings:
    """Keep the locks and say what is left of a problem scored whole.

    Raises: ProblemError when a rule forbids a locked pair, or when the values are too large to compute with.
    """
    values = pair_values(problem, table)
    _refuse_forbidden_locks(problem, lambda row, column: int(table.rule[row, column]))
    locked = np.zeros(values.shape, dtype=np.bool_)
    locked[_locked(problem)] = True
    mentees = _places_left(problem.mentees, locked.sum(axis=1))
    mentors = _places_left(problem.mentors, locked.sum(axis=0))
    free = table.admissible & ~locked & (mentees.most > 0)[:, None] & (mentors.most > 0)[None, :]
    return Openings(values, free, locked, mentees, mentors)


def pair_at(problem: Problem, row: int, column: int) -> Pair:
    """Name the pair at one place of a matrix."""
    return Pair(problem.mentees[row].id, problem.mentors[column].id)


def _locked(problem: Problem) -> tuple[Counts, Counts]:
    """Give the rows and columns of the locks, each pair once."""
    places = sorted({(problem.row_of[pair.mentee], problem.column_of[pair.mentor]) for pair in problem.locks})
    rows, columns = np.array(places, dtype=np.int64).reshape(-1, 2).T
    return rows, columns


def _refuse_forbidden_locks(problem: Problem, rule_at: Callable[[int, int], int]) -> None:
    faults = []
    for pair in sorted(set(problem.locks)):
        index = rule_at(problem.row_of[pair.mentee], problem.column_of[pair.mentor])
        if index != FREE:
            rule = problem.policy.rules_in_force[index]
            faults.append(Fault(f"locks[{pair.mentee}, {pair.mentor}]", "lock_breaks_rule", f"The rule {rule.id!r} forbids it: unlock it."))
    if faults:
        raise ProblemError(faults)


def _places_left(people: tuple[Person, ...], held: Counts) -> Bounds:
    least = np.array([person.least for person in people], dtype=np.int64)
    most = np.array([person.most for person in people], dtype=np.int64)
    return Bounds(np.maximum(least - held, 0), most - held)
