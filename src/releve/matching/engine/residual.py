"""Shortest ways through a best assignment: what a change would cost everyone, and who would move.

The residual graph has one node per person and one, the *pool*, for the places that nobody fills. An arc is one change:
a mentee takes an open mentor (its length is the value lost, so minus the pair's value), a mentor lets a chosen mentee go
(plus the value), somebody fills a place from the pool or gives it back (0). With prices that prove the assignment no
length, counted from price to price, is negative. A way back to a mentee is what forcing a pair on them costs.

Ways are looked for among mentors and the pool alone: a mentor who lets somebody go leads to whatever mentor that mentee
takes instead. Mentors who have nobody lead only to the pool, and are not nodes either.
Source: Ahuja, Magnanti and Orlin, Network Flows (1993), chapters 5 and 9.
"""

from collections import deque
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from .blocks import CLOSED, rows_at_once, split, work_on
from .measure import Indices, Listed
from .openings import Counts, OpenPairs
from .prices import Prices

# Beyond any way; twice as much still fits.
UNREACHED: Final = 2**61
TARGET: Final = -1
# Nodes from which ways go on in one step.
AT_ONCE: Final = 32

Place = tuple[int, int]

Distances = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Ways:
    """The shortest way back to one mentee from every mentor who has somebody, and from the pool, which comes last.

    Shapes: (holders + 1,) each. Units: `lengths` in value, counted from price to price, UNREACHED if there is no way;
    `after` is the next node, TARGET for the mentee; `gained` counts pairs, those taken less those let go.
    """

    lengths: Distances
    after: Indices
    gained: Counts


class Residual:
    """The residual graph of a best assignment. Shapes: `rows` and `columns` (pairs chosen beside the locks,)."""

    def __init__(self, field: OpenPairs, rows: Indices, columns: Indices, prices: Prices) -> None:
        self.field, self.prices = field, prices
        by_row, by_column = np.lexsort((columns, rows)), np.lexsort((rows, columns))
        self.chosen = Listed(rows[by_row], columns[by_row], np.ones_like(rows), field.shape[0])
        self.rows, self.columns = rows[by_column], columns[by_column]
        counts = np.bincount(rows, minlength=field.shape[0]), np.bincount(columns, minlength=field.shape[1])
        self.may_gain, self.may_lose = counts[0] < field.mentees.most, counts[0] > field.mentees.least
        self.may_serve, self.may_stop = counts[1] < field.mentors.most, counts[1] > field.mentors.least
        self.holders, self._firsts = np.unique(self.columns, return_index=True)
        self._free = np.flatnonzero(self.may_serve & (counts[1] == 0))
        self.node_of = np.full(field.shape[1], len(self.holders))
        self.node_of[self.holders] = np.arange(len(self.holders))
        values = field.worth.scale * field.scoring.points_at(self.rows, self.columns) + field.worth.bonus
        # What letting go costs: nothing, but where a pair of people with several places each is worth more than its prices.
        self._excess = values - prices.mentees[self.rows] - prices.mentors[self.columns]
        # Who goes to the pool by letting somebody go, and who comes from it by being taken.
        self._leaves, self._fills = np.zeros((2, len(self.holders) + 1), dtype=np.bool_)
        # Shapes: (holders + 1, holders + 1): `into[after, node]`.
        self._into = np.ascontiguousarray(self._lengths().T)

    def ways_to(self, mentee: int) -> Ways:
        """Find the shortest way from everybody to one mentee, given as a row."""
        pool = len(self.holders)
        lengths = np.full(pool + 1, UNREACHED, dtype=np.int64)
        after, gained = np.full(pool + 1, TARGET), np.zeros(pool + 1, dtype=np.int64)
        held_by = self.rows == mentee
        lengths[self.node_of[self.columns[held_by]]] = self._excess[held_by]
        gained[self.node_of[self.columns[held_by]]] = -1
        if self.may_gain[mentee]:
            lengths[pool] = -self.prices.mentees[mentee]
        pending = lengths < UNREACHED
        while pending.any():
            # The nearest first: hardly any way that goes on from them is shortened again.
            nodes = np.flatnonzero(pending)
            if len(nodes) > AT_ONCE:
                nodes = nodes[np.argpartition(lengths[nodes], AT_ONCE)[:AT_ONCE]]
            pending[nodes] = False
            through = self._into[nodes] + lengths[nodes, None]
            nearest = through.argmin(axis=0)
            found = through[nearest, np.arange(pool + 1)]
            shorter = np.flatnonzero(found < lengths)
            over = nodes[nearest[shorter]]
            lengths[shorter], after[shorter] = found[shorter], over
            gained[shorter] = gained[over] - (self._leaves[shorter] & (over == pool)) + (self._fills[over] & (shorter == pool))
            pending[shorter] = True
        return Ways(lengths, after, gained)

    def from_every_mentor(self, ways: Ways) -> tuple[Distances, Counts]:
        """Say how long the way from each mentor is, and how many pairs it gains. Shapes: (mentors,). Units: as `Ways`."""
        serving = np.where(self.may_serve, np.minimum(ways.lengths[-1] - self.prices.mentors, UNREACHED), UNREACHED)
        lengths = np.where(self.node_of < len(self.holders), ways.lengths[self.node_of], serving)
        return lengths, ways.gained[self.node_of]

    def changes_along(self, ways: Ways, mentee: int, mentor: int) -> tuple[list[Place], list[Place]]:
        """List the pairs added and removed when a pair is forced: itself, and those on the way from its mentor back to its mentee."""
        added: list[Place] = [(mentee, mentor)]
        removed: list[Place] = []
        node = int(self.node_of[mentor])
        while (after := int(ways.after[node])) != TARGET:
            came, went = self._change(node, after)
            added += came
            removed += went
            node = after
        if node < len(self.holders):
            removed.append((mentee, int(self.holders[node])))
        return added, removed

    def _change(self, node: int, after: int) -> tuple[list[Place], list[Place]]:
        """List the pairs added and removed on one step."""
        pool = len(self.holders)
        if node == pool:
            rows = np.flatnonzero(self.may_gain)
            column = self.holders[[after]]
            return ([_nearest(rows, column, self._taking(rows, -self.prices.mentees[rows], column))] if self._fills[after] else []), []
        pairs = slice(*np.searchsorted(self.columns, self.holders[node] + np.array([0, 1])))
        rows, excess = self.rows[pairs], self._excess[pairs]
        if after == pool and self._leaves[node]:
            return [], [(int(rows[self._leaving(rows, excess).argmin()]), int(self.holders[node]))]
        if after == pool and self._into[pool, node] == self._serving()[node]:
            return [], []
        columns = self._free if after == pool else self.holders[[after]]
        taking = self._taking(rows, excess, columns)
        if after == pool:
            taking -= self.prices.mentors[columns]
        taken = _nearest(rows, columns, taking)
        return [taken], [(taken[0], int(self.holders[node]))]

    def _lengths(self) -> Distances:
        """Measure the way from every node straight to every other. Shapes: (holders + 1, holders + 1)."""
        pool, mentors = len(self.holders), self.prices.mentors
        lengths = np.full((pool + 1, pool + 1), UNREACHED, dtype=np.int64)
        ends = np.append(self._firsts[1:], len(self.rows))
        blocks = _groups(self._firsts, ends, rows_at_once(self.field.shape[1]))

        def measure(nodes: slice) -> None:
            pairs = slice(self._firsts[nodes.start], ends[nodes.stop - 1])
            rows, excess = self.rows[pairs], self._excess[pairs]
            firsts = self._firsts[nodes] - pairs.start
            taking = np.minimum.reduceat(self._taking(rows, excess), firsts, axis=0)
            leaving = np.minimum.reduceat(self._leaving(rows, excess), firsts)
            staying = (taking[:, self._free] - mentors[self._free]).min(axis=1, initial=UNREACHED)
            staying = np.minimum(staying, self._serving()[nodes])
            lengths[nodes, :pool] = taking[:, self.holders]
            lengths[nodes, pool] = np.minimum(staying, leaving)
            self._leaves[nodes] = leaving < staying

        deque(work_on(blocks, measure, len(self.rows) * self.field.shape[1]), maxlen=0)
        lengths[pool] = self._lengths_from_pool()
        return lengths

    def _lengths_from_pool(self) -> Distances:
        """Shapes: (holders + 1,)."""
        rows, pool = np.flatnonzero(self.may_gain), len(self.holders)
        taken = np.full(pool, UNREACHED, dtype=np.int64)
        for block in work_on(
            split(rows, pool),
            lambda rows: self._taking(rows, -self.prices.mentees[rows], self.holders).min(axis=0),
            len(rows) * pool,
        ):
            np.minimum(taken, block, out=taken)
        stopping = np.where(self.may_stop[self.holders], self.prices.mentors[self.holders], UNREACHED)
        self._fills[:pool] = taken < stopping
        return np.append(np.minimum(taken, stopping), UNREACHED)

    def _serving(self) -> Distances:
        """Measure the way to the pool by filling a place that is free. Shapes: (holders,)."""
        return np.where(self.may_serve[self.holders], -self.prices.mentors[self.holders], UNREACHED)

    def _leaving(self, rows: Indices, excess: Distances) -> Distances:
        """Measure the way to the pool by letting somebody go. Shapes: (pairs,)."""
        return np.where(self.may_lose[rows], self.prices.mentees[rows] + excess, UNREACHED)

    def _taking(self, rows: Indices, spent: Distances, columns: Indices | None = None) -> Distances:
        """Measure the way on to mentors, for mentees who already spent something. Shapes: (rows, columns)."""
        asked = slice(0, self.field.shape[1]) if columns is None else columns
        points = self.field.points(rows, columns)
        lengths = points.astype(np.int64)
        lengths *= -self.field.worth.scale
        lengths += self.prices.mentors[asked]
        lengths += (self.prices.mentees[rows] + spent - self.field.worth.bonus)[:, None]
        lengths[points == CLOSED] = UNREACHED
        at_rows, at_columns, _ = self.chosen.within(rows, asked)
        lengths[at_rows, at_columns] = UNREACHED
        return lengths


def _nearest(rows: Indices, columns: Indices, lengths: Distances) -> Place:
    row, column = np.unravel_index(lengths.argmin(), lengths.shape)
    return int(rows[row]), int(columns[column])


def _groups(firsts: Indices, ends: Indices, count: int) -> list[slice]:
    """Cut nodes into blocks of about so many pairs; a node's pairs stay together."""
    blocks, start = [], 0
    while start < len(firsts):
        stop = max(start + 1, int(np.searchsorted(ends, firsts[start] + count, side="right")))
        blocks.append(slice(start, stop))
        start = stop
    return blocks
