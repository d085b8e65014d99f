"""Count the hours two people share when their shifts repeat in cycles of different lengths.

A slot is an option of an answer, in one of two forms: `mon_evening`, every Monday evening, or `8/3/evening`, the
evening of the third day of every eight. All cycles begin on the horizon's first day, a Monday; after it, each repeats.
So two people on 8 and on 12 days meet in a pattern of 24 days, and the count is over `horizon` days whoever else is in
the pool.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate
from math import lcm
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

WEEK: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LONGEST_CYCLE: Final = 366
WEEKLY: Final = re.compile(rf"({'|'.join(WEEK)})[_-](.+)")
CYCLE: Final = re.compile(r"([0-9]{1,3})/([0-9]{1,3})/(.+)")

Matrix = npt.NDArray[np.float32]


class Slot(NamedTuple):
    """One moment of one day of a cycle. Units: days; `day` counts from 0."""

    cycle: int
    day: int
    moment: str


def slot_of(option: str) -> Slot | None:
    """Read an option as a slot; None when it is none."""
    if weekly := WEEKLY.fullmatch(option):
        return Slot(len(WEEK), WEEK.index(weekly[1]), weekly[2])
    if (found := CYCLE.fullmatch(option)) and 1 <= int(found[2]) <= int(found[1]) <= LONGEST_CYCLE:
        return Slot(int(found[1]), int(found[2]) - 1, found[3])
    return None


def slots_over(wanted: Sequence[frozenset[str]], offered: Sequence[frozenset[str]], horizon: int) -> tuple[Matrix, Matrix]:
    """Lay two sides' slots out, so that the product of a row and a row is how many both have within `horizon` days.

    Shapes: (people of the side, days × moments); the first is weighted by how often each day comes back, so that no
    more days are laid out than the common multiple of all cycles.
    """
    known = {option: slot for option in frozenset().union(*wanted, *offered) if (slot := slot_of(option))}
    days = _common_days({slot.cycle for slot in known.values()}, horizon)
    laid = {option: frozenset(_days_of(slot, days)) for option, slot in known.items()}
    sides = [[_union(laid, options) for options in side] for side in (wanted, offered)]
    both = sorted(frozenset().union(*sides[0]) & frozenset().union(*sides[1]))
    position = {moment: place for place, moment in enumerate(both)}
    times = np.array([(horizon - 1 - day) // days + 1 for day, _moment in both], dtype=np.float32)
    return _marked(sides[0], position) * times, _marked(sides[1], position)


def _common_days(cycles: Collection[int], horizon: int) -> int:
    """Find after how many days everything repeats, the horizon at most."""
    return next((horizon for days in accumulate(sorted(cycles), lcm) if days >= horizon), lcm(*cycles))


def _days_of(slot: Slot, days: int) -> Iterator[tuple[int, str]]:
    return ((day, slot.moment) for day in range(slot.day, days, slot.cycle))


def _union(laid: dict[str, frozenset[tuple[int, str]]], options: frozenset[str]) -> frozenset[tuple[int, str]]:
    return frozenset().union(*(laid[option] for option in options if option in laid))


def _marked(side: Sequence[frozenset[tuple[int, str]]], position: dict[tuple[int, str], int]) -> Matrix:
    marked = np.zeros((len(side), len(position)), dtype=np.float32)
    for row, moments in enumerate(side):
        marked[row, [position[moment] for moment in moments if moment in position]] = 1
    return marked
