"""The pairs that may stand in an equally good assignment, as a field of their own, when there are too many to list."""

from dataclasses import dataclass

import numpy as np

from .blocks import CLOSED, Points
from .measure import Cut, Indices
from .openings import Bounds, Field
from .prices import Prices
from .score import Worth
from .ties import HASH_BITS, Draw


@dataclass(frozen=True, eq=False)
class TightPairs:
    """The pairs of a field worth exactly their two prices, each with the number drawn for it as its points."""

    field: Field
    prices: Prices
    draw: Draw
    mentees: Bounds
    mentors: Bounds
    reach: int = 2**HASH_BITS

    @property
    def worth(self) -> Worth:
        """What numbers and pairs are worth: the numbers alone."""
        return Worth(1, 0)

    @property
    def shape(self) -> tuple[int, int]:
        """How many mentees and mentors there are."""
        return self.field.shape

    def points(self, rows: Cut, columns: Indices | None = None) -> Points:
        """Give the numbers of a block, CLOSED where a pair is not worth just its prices. Shapes: (rows, columns)."""
        asked = slice(0, self.shape[1]) if columns is None else columns
        points = self.field.points(rows, columns)
        values = self.field.worth.scale * points.astype(np.int64) + self.field.worth.bonus
        tight = (points != CLOSED) & (values == self.prices.mentees[rows][:, None] + self.prices.mentors[asked])
        return np.where(tight, self.draw.of_block(rows, asked).astype(np.float64), CLOSED)
