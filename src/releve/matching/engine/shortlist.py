"""Keep the pairs worth considering, and know how good any other pair could be at most.

A mentee's pairs are compared by what is left of their points once the mentor is paid: points less the mentor's price in
points. The shortlist begins with about SHORTLISTED pairs of each mentee. Given new prices it is extended by every pair
that might be worth its prices or more; the bounds that it keeps save it from scoring again the mentees of whom no such
pair can exist, so that all rounds together score each pair little more than once or twice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from .blocks import CLOSED, Points, split, work_on
from .measure import Indices, Listed
from .openings import Field

# Pairs of a mentee to begin with.
SHORTLISTED: Final = 24
# Most pairs of a mentee to add at once; of more that are as good, the rest waits.
ADDED: Final = 96
# Pairs a little less good than asked for are taken along: this part of the reach.
ALONG: Final = 1 / 64
# One column in so many is asked how good the best are.
SAMPLED: Final = 4
# Up to here single precision tells points apart by a quarter.
NARROW: Final = 2**20
# Rows that are as good everywhere begin at different columns.
STRIDE: Final = 7919

Floats = npt.NDArray[np.float64]
Told = Callable[[int, int], None]


@dataclass(frozen=True, eq=False)
class Found:
    """Pairs to add. Shapes: (pairs,)."""

    rows: Indices
    columns: Indices
    points: Indices


@dataclass(frozen=True, eq=False)
class Ask:
    """What to look for. Shapes: `paid` (columns,); `least` (mentees,), None for about the SHORTLISTED best of each.

    Units: points. `flat` counts every open pair as worth nothing.
    """

    paid: Points
    least: Points | None
    flat: bool = False


class Shortlist:
    """The pairs of a field considered so far, with their points as amounts; `known` are pairs to begin with."""

    def __init__(self, field: Field, told: Told, known: Listed | None = None) -> None:
        self.field = field
        self.pairs = known or Listed.of({}, field.shape[0])
        # What each mentor is paid, and what at most is left then of a mentee's open pairs that are not listed; in points.
        self._paid: Floats = np.zeros(field.shape[1])
        self._bounds: Floats = np.full(field.shape[0], -np.inf)
        self._told = told
        self._bounds, found = self._look(np.arange(field.shape[0]), None, Ask(self._in_points(self._paid), None))
        self._add(found)

    @property
    def values(self) -> Indices:
        """What each pair is worth. Shapes: (pairs,)."""
        return self.field.worth.scale * self.pairs.amounts + self.field.worth.bonus

    @property
    def keys(self) -> Indices:
        """One number per pair that tells it from all others. Shapes: (pairs,)."""
        return self.pairs.rows * self.field.shape[1] + self.pairs.columns

    def extend(self, mentees: Indices, mentors: Indices) -> bool:
        """Add what may be worth its prices or more, and say whether anything new is worth more.

        Shapes: (mentees,), (mentors,). Units: value.
        """
        worth = self.field.worth
        found = self._reprice((mentees - worth.bonus) / worth.scale, mentors / worth.scale)
        values = worth.scale * found.points + worth.bonus
        self._add(found)
        return bool((values > mentees[found.rows] + mentors[found.columns]).any())

    def extend_flat(self, mentees: Indices, mentors: Indices) -> bool:
        """Add open pairs whose two prices are below 0 together, whatever their points, and say whether there were any new.

        Shapes: (mentees,), (mentors,).
        """
        # Half a unit: the prices are whole.
        ask = Ask(self._in_points(mentors.astype(np.float64)), mentees + 0.5, flat=True)
        _, found = self._look(np.arange(self.field.shape[0]), None, ask)
        self._add(found)
        return len(found.rows) > 0

    def holds_all_as_good(self, mentees: Indices) -> bool:
        """Say whether every pair worth just these prices is listed, once nothing is worth more. Shapes: (mentees,)."""
        least = (mentees - self.field.worth.bonus) / self.field.worth.scale
        return bool((self._bounds < least - self._blur(self._paid)).all())

    def _reprice(self, least: Floats, paid: Floats) -> Found:
        """Carry the bounds over to new prices and look again where they leave room."""
        blur = self._blur(self._paid) + self._blur(paid)
        asked, drops = least - blur, self._paid - paid
        drop = self._best_drop(asked, drops)
        fallen = np.flatnonzero(drops > drop)
        self._paid = paid
        self._bounds += drop + blur
        ask = Ask(self._in_points(paid), asked - ALONG * self.field.reach)
        again = self._bounds >= asked
        mentees, others = np.flatnonzero(again), np.flatnonzero(~again)
        self._bounds[mentees], found = self._look(mentees, None, ask)
        bounds, among_fallen = self._look(others, fallen, ask)
        self._bounds[others] = np.maximum(self._bounds[others], bounds)
        return _together([found, among_fallen])

    def _best_drop(self, asked: Floats, drops: Floats) -> float:
        """Choose which fall of a price counts as large: those mentors are looked at apart, all mentees allow for the rest."""
        choices = np.unique(np.quantile(drops, np.linspace(0, 1, 33), method="higher"))
        room = asked - self._bounds
        pairs = [
            np.count_nonzero(room <= drop) * len(drops) + np.count_nonzero(room > drop) * np.count_nonzero(drops > drop) for drop in choices
        ]
        return float(choices[int(np.argmin(pairs))])

    def _look(self, rows: Indices, columns: Indices | None, ask: Ask) -> tuple[Floats, Found]:
        """Find pairs of some rows and columns that are not listed, and bound what is left of the others. Shapes: (rows,)."""
        width = self.field.shape[1] if columns is None else len(columns)
        done, total = 0, len(rows) * width
        if not total:
            return np.full(len(rows), -np.inf), _together([])
        blocks = split(rows, width)
        answers = []
        for block, answer in zip(blocks, work_on(blocks, lambda block: self._seek(block, columns, ask), total), strict=True):
            answers.append(answer)
            done += len(block) * width
            self._told(done, total)
        return np.concatenate([bounds for bounds, _ in answers]), _together([found for _, found in answers])

    def _seek(self, rows: Indices, columns: Indices | None, ask: Ask) -> tuple[Floats, Found]:
        asked = slice(0, self.field.shape[1]) if columns is None else columns
        points = self.field.points(rows, columns)
        left = (np.minimum(points, 0) if ask.flat else points) - ask.paid[asked]
        least = _about_the_best(left) if ask.least is None else ask.least[rows].astype(left.dtype)
        hits = left >= least[:, None]
        hits &= points != CLOSED
        listed_rows, listed_columns, _ = self.pairs.within(rows, asked)
        hits[listed_rows, listed_columns] = False
        at_rows, at_columns = np.nonzero(hits)
        bounds = least.astype(np.float64)
        if (np.bincount(at_rows) > ADDED).any():
            at_rows, at_columns = _thinned(left, at_rows, at_columns, bounds)
        columns_found = at_columns if columns is None else columns[at_columns]
        return bounds, Found(rows[at_rows], columns_found, points[at_rows, at_columns].astype(np.int64))

    def _add(self, found: Found) -> None:
        rows, columns = np.append(self.pairs.rows, found.rows), np.append(self.pairs.columns, found.columns)
        order = np.lexsort((columns, rows))
        points = np.append(self.pairs.amounts, found.points)
        self.pairs = Listed(rows[order], columns[order], points[order], self.field.shape[0])

    def _in_points(self, paid: Floats) -> Points:
        return paid.astype(np.float32) if self._peak(paid) < NARROW else paid

    def _blur(self, paid: Floats) -> float:
        """Bound how far what is left may be off for being rounded."""
        peak = self._peak(paid)
        return peak * (2**-22 if peak < NARROW else 2**-50)

    def _peak(self, paid: Floats) -> float:
        return float(np.abs(paid).max()) + self.field.reach


def _about_the_best(left: Points) -> Points:
    """Say for each row what about SHORTLISTED of its pairs reach. Shapes: (rows,)."""
    sample = left[:, ::SAMPLED] if left.shape[1] >= SAMPLED * SHORTLISTED else left
    wanted = max(1, SHORTLISTED * sample.shape[1] // left.shape[1])
    if wanted >= sample.shape[1]:
        return np.full(len(left), -np.inf, dtype=left.dtype)
    best: Points = np.partition(sample, -wanted, axis=1)[:, -wanted]
    return best


def _thinned(left: Points, at_rows: Indices, at_columns: Indices, bounds: Floats) -> tuple[Indices, Indices]:
    """Keep the ADDED best of each row, and raise the bounds to what is left over."""
    order = np.lexsort(((at_columns + at_rows * STRIDE) % left.shape[1], -left[at_rows, at_columns], at_rows))
    at_rows, at_columns = at_rows[order], at_columns[order]
    rank = np.arange(len(at_rows)) - np.searchsorted(at_rows, at_rows)
    first_over = rank == ADDED
    bounds[at_rows[first_over]] = left[at_rows[first_over], at_columns[first_over]]
    return at_rows[rank < ADDED], at_columns[rank < ADDED]


def _together(parts: list[Found]) -> Found:
    nothing = np.zeros(0, dtype=np.int64)
    return Found(*(np.concatenate([nothing, *(getattr(part, name) for part in parts)]) for name in ("rows", "columns", "points")))
