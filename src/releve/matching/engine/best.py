"""Find the best assignment over a field of pairs, with prices that prove it over all of them.

A minimum-cost flow chooses among the pairs of a shortlist and is priced; every pair of the field that is worth more than
its prices joins the shortlist; that repeats until there is none. Then the assignment is the best over the whole field,
although hardly any of its pairs ever entered the flow.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from .faults import Fault, OutOfReachError
from .flow import Choice, best_choice, fullest_choice
from .measure import BoolMatrix, Indices, Listed
from .openings import Field
from .prices import Prices, prices_of
from .shortlist import Shortlist

Told = Callable[[str, int, int], None]


@dataclass(frozen=True, eq=False)
class Best:
    """A best assignment. Shapes: `chosen` (pairs of the shortlist,)."""

    shortlist: Shortlist
    chosen: BoolMatrix
    prices: Prices


class ShortError(OutOfReachError):
    """Say who is left short when as few least places as possible stay empty. Shapes: rows and columns."""

    def __init__(self, mentees: Indices, mentors: Indices) -> None:
        super().__init__([Fault("people", "least_unreachable", "Ask for fewer places.")])
        self.mentees, self.mentors = mentees, mentors


def best_of(field: Field, told: Told, known: Listed | None = None) -> Best:
    """Find a best assignment of a field and price it; `known` are pairs to begin with.

    Raises: ShortError when the least places cannot all be filled.
    """
    shortlist = Shortlist(field, lambda done, of: told("score", done, of), known)
    farthest = 2 * (field.worth.scale * field.reach + field.worth.bonus + 1) * (sum(field.shape) + 1)
    while True:
        choice = choice_of(shortlist)
        told("choose", 0, len(choice.rows))
        try:
            taken = best_choice(choice)
        except OutOfReachError:
            _reach_the_least(shortlist)
            continue
        prices = prices_of(choice, taken, farthest)
        chosen = shortlist.keys[taken]
        if not shortlist.extend(prices.mentees, prices.mentors):
            return Best(shortlist, np.isin(shortlist.keys, chosen, assume_unique=True), prices)


def choice_of(shortlist: Shortlist) -> Choice:
    """Ask for the best of a shortlist."""
    field = shortlist.field
    return Choice(shortlist.pairs.rows, shortlist.pairs.columns, shortlist.values, field.mentees, field.mentors)


def _reach_the_least(shortlist: Shortlist) -> None:
    """Add pairs until the least places can all be filled.

    Raises: ShortError when no open pair helps.
    """
    while True:
        choice = choice_of(shortlist)
        flat = replace(choice, gains=np.zeros_like(choice.gains))
        taken = fullest_choice(flat)
        mentees = np.bincount(flat.rows[taken], minlength=len(flat.mentees.least)) < flat.mentees.least
        mentors = np.bincount(flat.columns[taken], minlength=len(flat.mentors.least)) < flat.mentors.least
        if not mentees.any() and not mentors.any():
            return
        prices = prices_of(flat, taken, 1)
        if not shortlist.extend_flat(prices.mentees, prices.mentors):
            raise ShortError(np.flatnonzero(mentees), np.flatnonzero(mentors))
