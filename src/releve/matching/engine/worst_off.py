"""Pair so that the worst off are as well off as can be (maximin, leximin), then for the most points; and prove it.

From the worst level up: as few mentees as possible at it, keeping only the assignments that achieve that. Each step is a
flow at costs 0 and 1 on what the steps before left open, proved by its prices: nothing is weighed by huge numbers. Weights
only lead the solver to a flow that is good at many levels at once, so that most steps find nothing to do but to prove it.
Source: docs/adr/0009-objectives.md; Huang, Kavitha, Mehlhorn and Michail, Fair matchings and related problems (2016).
"""

from collections.abc import Iterator
from typing import Final

import numpy as np

from .answers import openings_for_total, result_of
from .assign import assign
from .canonical import problem_hash
from .faults import NotOptimalError, OutOfReachError
from .levels import BEST, NOBODY
from .measure import BoolMatrix, IntMatrix
from .network import Numbers, cheapest_flow, narrowed, potentials_of
from .problem import Objective, Person, Problem
from .result import Band, Certificate, Prices, Result
from .score import score_pairs
from .seats import Penalties, SeatPrices, Seats, seats_of
from .ties import numbers_of_pairs

# The largest sum of costs, times nodes, by which the solver is led.
LARGEST_LEAD: Final = 2**58
FREE: Final = np.zeros(BEST - NOBODY + 1, dtype=np.int64)


def serve_worst_off(problem: Problem) -> Result:
    """Pair a problem's people for the worst off first, by maximin or leximin.

    Raises: as `assign`.
    """
    table = score_pairs(problem)
    openings = openings_for_total(problem, table)
    try:
        climb = Climb(problem, seats_of(problem, table, openings))
    except OutOfReachError:
        return assign(problem)  # which refuses as well, and names those whose least places are out of reach
    bands = tuple(climb.leximin() if problem.policy.objective == Objective.LEXIMIN else climb.maximin())
    limit = climb.limit() if problem.policy.objective == Objective.MAXIMIN else None
    prices = climb.settle_total(openings.values)
    chosen = climb.choose()
    certificate = Certificate(
        problem=problem_hash(problem),
        mentees=_by_id(problem.mentees, prices.first),
        mentors=_by_id(problem.mentors, prices.mentors),
        total=int(openings.values[chosen].sum()),
        further=_by_id(problem.mentees, prices.further, sparse=True),
        bands=bands,
        limit=limit,
    )
    return result_of(problem, table, openings.locked, chosen, certificate)


class Climb:
    """What the levels settled so far leave open, and one flow on it. `reached` is the lowest level not settled."""

    def __init__(self, problem: Problem, seats: Seats) -> None:
        self.problem = problem
        self.seats = seats
        self.network = seats.network
        self.reached = NOBODY
        self.flows = self._led_flow(NOBODY)

    def leximin(self) -> Iterator[Band]:
        """Settle every level, from the worst up."""
        while (level := self._stuck_at()) is not None:
            if level > self.reached:
                yield self._settle(level - 1)
            yield self._settle(level)

    def maximin(self) -> Iterator[Band]:
        """Settle how many have nobody, and the levels at which nobody has to be."""
        yield self._settle(NOBODY)
        worst = self._stuck_at()
        if worst is not None and worst > self.reached:
            yield self._settle(worst - 1)

    def limit(self) -> Band | None:
        """Prove that somebody has to be at the lowest level not settled; None when nobody is left."""
        return None if self._stuck_at() is None else self._proof(self.reached)[0]

    def settle_total(self, values: IntMatrix) -> SeatPrices:
        """Keep what has the largest total value. Shapes: `values` (mentees, mentors)."""
        costs = self.seats.pair_costs(self.network, values)
        self.flows = cheapest_flow(self.network, costs)
        potentials = potentials_of(self.network, costs, self.flows)
        self.network, self.flows = narrowed(self.network, costs, self.flows, potentials)
        return self.seats.prices(potentials, FREE)

    def choose(self) -> BoolMatrix:
        """Choose one of the assignments left, by the numbers that their pairs draw. Shapes: (mentees, mentors)."""
        names = self.network.names
        pairs = self.seats.rows[names] >= 0
        drawn = np.zeros(len(names), dtype=np.int64)
        drawn[pairs] = numbers_of_pairs(self.problem, self.seats.rows[names[pairs]], self.seats.columns[names[pairs]])
        return self.seats.chosen(self.network, cheapest_flow(self.network, -drawn))

    def _stuck_at(self) -> int | None:
        """Find the lowest level not settled at which somebody has to be; the flow then has as few there as possible."""
        while (level := self._worst()) is not None:
            costs = self.seats.level_costs(self.network, _counting(self.reached, level))
            try:
                potentials_of(self.network, costs, self.flows)
            except NotOptimalError:
                self.flows = self._led_flow(level)
            if self._worst() == level:
                break
        return level

    def _worst(self) -> int | None:
        levels = self.seats.levels_in(self.network, self.flows)
        return min((level for level in levels.tolist() if level >= self.reached), default=None)

    def _led_flow(self, highest: int) -> Numbers:
        """Find a flow with nobody below a level, for which there is one, as few as possible at it, and few at low levels above."""
        at = np.arange(NOBODY, BEST + 1)
        units = len(self.problem.mentees)
        room = LARGEST_LEAD // ((units + 1) ** 2 * len(self.network.supplies))
        penalties = (max(room, 1) ** ((BEST - at) / (BEST - NOBODY + 1))).astype(np.int64)
        penalties[at == highest] = units * penalties[at > highest].max(initial=0) + 1
        penalties[at < highest] = units * penalties[at == highest] + 1
        penalties[at < self.reached] = 0
        return cheapest_flow(self.network, self.seats.level_costs(self.network, penalties))

    def _settle(self, highest: int) -> Band:
        band, costs, potentials = self._proof(highest)
        self.network, self.flows = narrowed(self.network, costs, self.flows, potentials)
        self.reached = highest + 1
        return band

    def _proof(self, highest: int) -> tuple[Band, Numbers, Numbers]:
        """Prove that the flow has as few as possible at the levels from the lowest not settled up to another."""
        penalties = _counting(self.reached, highest)
        costs = self.seats.level_costs(self.network, penalties)
        potentials = potentials_of(self.network, costs, self.flows)
        prices = self.seats.prices(potentials, penalties)
        band = Band(
            lowest=self.reached,
            highest=highest,
            count=int(costs @ self.flows),
            mentees=_by_id(self.problem.mentees, prices.first, sparse=True),
            further=_by_id(self.problem.mentees, prices.further, sparse=True),
            mentors=_by_id(self.problem.mentors, prices.mentors, sparse=True),
        )
        return band, costs, potentials


def _counting(lowest: int, highest: int) -> Penalties:
    """Count 1 for each mentee at these levels. Shapes: (BEST + 2,)."""
    at = np.arange(NOBODY, BEST + 1)
    return ((at >= lowest) & (at <= highest)).astype(np.int64)


def _by_id(people: tuple[Person, ...], prices: Numbers, *, sparse: bool = False) -> Prices:
    return tuple((person.id, price) for person, price in zip(people, prices.tolist(), strict=True) if price or not sparse)
