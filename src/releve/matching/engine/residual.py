"""Prices and shortest ways through an assignment that stands: what proves it, and what a change would cost.

The residual graph has one node per person and one, the *pool*, for the places that nobody fills. An arc is one change:
a mentee takes an open mentor (its length is the value lost, so minus the pair's value), a mentor lets a chosen mentee go
(plus the value), somebody fills a place from the pool or gives it back (0). An assignment is the best one exactly when
no way round has a negative length; distances from the pool are then prices that prove it, and a distance back to a
mentee is the cost of forcing a pair.
Source: Ahuja, Magnanti and Orlin, Network Flows (1993), chapters 5 and 9.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from .faults import Fault, NotOptimalError
from .measure import BoolMatrix, IntMatrix
from .openings import Bounds, Counts, Openings

UNREACHED: Final = 2**61

Distances = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Standing:
    """Openings, and which of them are chosen. Shapes: `chosen` (mentees, mentors)."""

    openings: Openings
    chosen: BoolMatrix

    @cached_property
    def mentee_counts(self) -> Counts:
        """How many mentors each mentee has. Shapes: (mentees,)."""
        counts: Counts = self.chosen.sum(axis=1)
        return counts

    @cached_property
    def mentor_counts(self) -> Counts:
        """How many mentees each mentor has. Shapes: (mentors,)."""
        counts: Counts = self.chosen.sum(axis=0)
        return counts

    @cached_property
    def gains(self) -> IntMatrix:
        """The value of each pair that could still be taken, -UNREACHED elsewhere. Shapes: (mentees, mentors)."""
        return np.where(self.openings.open & ~self.chosen, self.openings.values, -UNREACHED)

    @cached_property
    def arcs_back(self) -> tuple[Distances, Distances, Distances]:
        """Every arc but the taking of an open pair, as tails, heads and lengths. Shapes: (arcs,) each.

        Nodes: mentees by row, then mentors by column, then the pool.
        """
        rows, pool = len(self.chosen), sum(self.chosen.shape)
        held_by, held = np.nonzero(self.chosen)
        mentees, mentors = self.openings.mentees, self.openings.mentors
        may_gain = np.flatnonzero(self.mentee_counts < mentees.most)
        may_lose = np.flatnonzero(self.mentee_counts > mentees.least)
        may_serve = rows + np.flatnonzero(self.mentor_counts < mentors.most)
        may_stop = rows + np.flatnonzero(self.mentor_counts > mentors.least)
        tails = [rows + held, np.full_like(may_gain, pool), may_lose, may_serve, np.full_like(may_stop, pool)]
        heads = [held_by, may_gain, np.full_like(may_lose, pool), np.full_like(may_serve, pool), may_stop]
        lengths = np.zeros(sum(map(len, tails)), dtype=np.int64)
        lengths[: len(held)] = self.openings.values[held_by, held]
        return np.concatenate(tails), np.concatenate(heads), lengths

    @cached_property
    def doubled(self) -> BoolMatrix:
        """Chosen pairs of two people with several places each.

        Only there does "at most once" bind by itself, so only there may a pair be worth more than its prices.
        """
        openings = self.openings
        return self.chosen & (openings.mentees.most > 1)[:, None] & (openings.mentors.most > 1)[None, :]


@dataclass(frozen=True, eq=False)
class Prices:
    """What a place is worth. Shapes: (mentees,), (mentors,). Units: value."""

    mentees: Distances
    mentors: Distances


def prices_of(standing: Standing) -> Prices:
    """Price every place: of all prices that prove the assignment, those dearest for mentees and cheapest for mentors.

    They belong to the openings and not to the assignment: every equally good one has the same. Where mentees have one
    place each, a mentor's price is what one more place of theirs would add.
    Raises: NotOptimalError when the assignment can be improved.
    """
    openings = standing.openings
    forward = openings.open & ~standing.doubled
    gains = np.where(forward, openings.values, -UNREACHED)
    rows, columns = np.nonzero(standing.chosen)
    held = openings.values[rows, columns]
    # Farther than any way, so that people whom the pool does not reach get a finite price too.
    farthest = 2 * (int(openings.values.max()) + 1) * (sum(openings.open.shape) + 1)
    mentees = np.where(standing.mentee_counts < openings.mentees.most, 0, farthest)
    mentors = np.where(_may_not_fall(standing.mentor_counts, openings.mentors), 0, farthest)
    # Nearer to the pool than this, a way round has a negative length.
    mentee_floor = np.where(_may_not_fall(standing.mentee_counts, openings.mentees), 0, -farthest)
    mentor_floor = np.where(standing.mentor_counts < openings.mentors.most, 0, -farthest)
    changed = np.ones(len(mentees), dtype=np.bool_)
    for _ in range(sum(openings.open.shape) + 2):
        mentors = np.minimum(mentors, (mentees[changed, None] - gains[changed]).min(axis=0))
        nearer = mentees.copy()
        np.minimum.at(nearer, rows, mentors[columns] + held)
        if (nearer < mentee_floor).any() or (mentors < mentor_floor).any():
            break
        changed = nearer < mentees
        mentees = nearer
        if not changed.any():
            return Prices(np.where(openings.mentees.most > 0, mentees, 0), np.where(openings.mentors.most > 0, -mentors, 0))
    raise NotOptimalError([Fault("answer.pairs", "not_optimal", "Assign again: this is not the best assignment.")])


def _may_not_fall(counts: Counts, bounds: Bounds) -> npt.NDArray[np.bool_]:
    """Say whose price cannot be below 0: all but those who give no more than a least above 0."""
    unheld: npt.NDArray[np.bool_] = (bounds.least == 0) | (counts > bounds.least)
    return unheld


@dataclass(frozen=True, eq=False)
class Ways:
    """The shortest way back to one mentee from everybody.

    Nodes: mentees by row, then mentors by column, then the pool. Shapes: (mentees + mentors + 1,) each.
    Units: `length` in value, UNREACHED if there is no way; `after` is the next node, only meaningful on a way.
    """

    length: Distances
    after: npt.NDArray[np.int64]


def ways_to(standing: Standing, mentee: int) -> Ways:
    """Find the shortest way from everybody to one mentee, given as a row, in the best assignment.

    Forcing that mentee and a mentor together costs everyone the length from the mentor, less the value of the pair.
    """
    nodes = sum(standing.chosen.shape) + 1
    length = np.full(nodes, UNREACHED, dtype=np.int64)
    length[mentee] = 0
    after = np.full(nodes, mentee, dtype=np.int64)
    moved = True
    while moved:
        # Both are done in every round: a way alternates between them.
        gave, took = _let_go(standing, length, after), _take(standing, length, after)
        moved = gave or took
    return Ways(length, after)


def _let_go(standing: Standing, length: Distances, after: Distances) -> bool:
    """Shorten ways that begin by letting a chosen pair go, or by filling or returning a place of the pool."""
    tails, heads, lost = standing.arcs_back
    through = lost + length[heads]
    shortest = length.copy()
    np.minimum.at(shortest, tails, through)
    shorter = (through == shortest[tails]) & (through < length[tails]) & (length[heads] < UNREACHED)
    after[tails[shorter]] = heads[shorter]
    length[tails[shorter]] = through[shorter]
    return bool(shorter.any())


def _take(standing: Standing, length: Distances, after: Distances) -> bool:
    """Shorten ways that begin with a mentee who takes an open mentor."""
    rows = len(standing.chosen)
    through = length[None, rows:-1] - standing.gains
    nearest = through.argmin(axis=1)
    shortest = through[np.arange(rows), nearest]
    # Values are far smaller than half of UNREACHED: above it stand only ways over pairs or people that are out of reach.
    shorter = (shortest < length[:rows]) & (shortest < UNREACHED // 2)
    after[:rows][shorter] = rows + nearest[shorter]
    length[:rows][shorter] = shortest[shorter]
    return bool(shorter.any())
