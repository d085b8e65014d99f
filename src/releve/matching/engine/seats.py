"""Write the free places of a run as a network in which each mentee's first place is told from the further ones.

A mentee is as well off as with the best of their mentors: one place of each, the first, decides their level, and what
fills the further ones only earns points. A place that stays empty flows to the pool.
Nodes: first places by the mentee's row, further places by row, mentors by column, the pool, then one for each pair of
two people with several places each, who must not be paired twice.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from .levels import BEST, NOBODY, Levels, levels_held, levels_of_pairs
from .measure import BoolMatrix, IntMatrix
from .network import Network, Numbers
from .openings import Bounds, Openings
from .problem import Problem
from .score import ScoreTable

# Wider than any flow there: other arcs bind first. So no pair is worth more than its prices and nobody's price is below
# 0, but for those whose arc does bind.
UNBOUND: Final = 2
# Where an arc puts a mentee if it fills no first place.
ELSEWHERE: Final = BEST + 1

Penalties = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class SeatPrices:
    """What a first and a further place of each mentee, and a place of each mentor, is worth. Shapes: (mentees,) twice, (mentors,)."""

    first: Numbers
    further: Numbers
    mentors: Numbers


@dataclass(frozen=True, eq=False)
class Seats:
    """Every free place and open pair as an arc, by name.

    Shapes: (mentees, mentors) for `levels`; (mentees,) for `floors`, the levels that locks secure; (names,) for `rows`
    and `columns`, -1 where an arc fills no place with a mentor, and for `lands_at`, the level at which an arc puts the
    mentee whose first place it fills or leaves empty.
    """

    openings: Openings
    levels: IntMatrix
    floors: Levels
    network: Network
    rows: Numbers
    columns: Numbers
    lands_at: Levels

    def level_costs(self, network: Network, penalties: Penalties) -> Numbers:
        """Let each mentee with a free place cost the penalty of their level. Shapes: (arcs,)."""
        by_level = np.append(penalties, 0)
        costs: Numbers = by_level[self.lands_at[network.names] - NOBODY]
        return costs

    def pair_costs(self, network: Network, gains: Numbers) -> Numbers:
        """Let each pair cost what it gains, negated. Shapes: `gains` (mentees, mentors); (arcs,)."""
        rows, columns = self.rows[network.names], self.columns[network.names]
        return np.where(rows < 0, 0, -gains[rows, columns])

    def chosen(self, network: Network, flows: Numbers) -> BoolMatrix:
        """Mark the pairs that a flow chooses. Shapes: (mentees, mentors)."""
        used = network.names[(flows > 0) & (self.rows[network.names] >= 0)]
        marked = np.zeros_like(self.openings.open)
        marked[self.rows[used], self.columns[used]] = True
        return marked

    def levels_in(self, network: Network, flows: Numbers) -> Levels:
        """List the levels of the mentees with a free place in a flow, in no order."""
        levels = self.lands_at[network.names[flows > 0]]
        return levels[levels < ELSEWHERE]

    def prices(self, potentials: Numbers, penalties: Penalties) -> SeatPrices:
        """Read prices off the potentials of the nodes, in gains over leaving every place empty."""
        mentees, mentors = self.openings.open.shape
        above = potentials - potentials[2 * mentees + mentors]
        first = above[:mentees] + penalties[self.floors - NOBODY]
        served = above[2 * mentees : 2 * mentees + mentors]
        return SeatPrices(
            first=np.where(self.openings.mentees.most > 0, first, 0),
            further=np.where(self.openings.mentees.most > 1, above[mentees : 2 * mentees], 0),
            mentors=np.where(self.openings.mentors.most > 0, -served, 0),
        )


def seats_of(problem: Problem, table: ScoreTable, openings: Openings) -> Seats:
    """Write what is open as a network."""
    levels = levels_of_pairs(problem, table)
    floors = levels_held(levels, openings.locked)
    mentees, mentors = openings.open.shape
    pool = 2 * mentees + mentors
    rows, columns = np.nonzero(openings.open)
    several = (openings.mentees.most > 1)[rows]
    doubled = several & (openings.mentors.most > 1)[columns]
    heads = np.where(doubled, pool + np.cumsum(doubled), 2 * mentees + columns)
    first, further = _shared_out(openings.mentees)
    bundles = [
        _arcs(rows, heads, rows=rows, columns=columns, lands_at=np.maximum(levels[rows, columns], floors[rows])),
        _arcs(mentees + rows[several], heads[several], rows=rows[several], columns=columns[several]),
        _arcs(heads[doubled], 2 * mentees + columns[doubled], most=1),
        _left_empty(0, first, pool, lands_at=floors),
        _left_empty(mentees, further, pool, lands_at=np.full(mentees, ELSEWHERE)),
        _left_unserved(2 * mentees, openings.mentors, pool),
    ]
    tails, ends, least, most, *known = (np.concatenate(parts) for parts in zip(*bundles, strict=True))
    supplies = np.concatenate([first.most, further.most, -openings.mentors.least])
    supplies = np.concatenate([supplies, [-supplies.sum()], np.zeros(np.count_nonzero(doubled), dtype=np.int64)])
    return Seats(openings, levels, floors, Network(tails, ends, least, most, np.arange(len(tails)), supplies), *known)


def _arcs(
    tails: Numbers, heads: Numbers | int, *, least: Numbers | int = 0, most: Numbers | int = UNBOUND, **known: Numbers
) -> list[Numbers]:
    """Draw arcs alike. Shapes: (arcs,) each: tails, heads, least, most, rows, columns, what they land at."""
    rows, columns, lands_at = (known.get(name, otherwise) for name, otherwise in (("rows", -1), ("columns", -1), ("lands_at", ELSEWHERE)))
    return [*np.broadcast_arrays(tails, heads, least, most, rows, columns, lands_at)]


def _shared_out(mentees: Bounds) -> tuple[Bounds, Bounds]:
    """Tell each mentee's first place from the further ones."""
    first = Bounds(np.minimum(mentees.least, 1), np.minimum(mentees.most, 1))
    return first, Bounds(mentees.least - first.least, mentees.most - first.most)


def _left_empty(start: int, places: Bounds, pool: int, lands_at: Levels) -> list[Numbers]:
    """Let the places that need not be filled flow to the pool."""
    may = np.flatnonzero(places.most > places.least)
    spare = places.most - places.least + np.where(places.least == 0, UNBOUND, 0)
    return _arcs(start + may, pool, most=spare[may], lands_at=lands_at[may])


def _left_unserved(start: int, mentors: Bounds, pool: int) -> list[Numbers]:
    """Let what a mentor takes beyond the least flow on to the pool."""
    may = np.flatnonzero(mentors.most > mentors.least)
    least = np.where(mentors.least == 0, -UNBOUND, 0)
    return _arcs(start + may, pool, least=least[may], most=(mentors.most - mentors.least)[may])
