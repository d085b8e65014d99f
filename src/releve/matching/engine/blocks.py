"""Score pairs by blocks of rows: exact whole points, without ever holding a matrix of all pairs.

A block is computed tile by tile, each small enough to stay in the processor's cache from its first criterion to its
last rule.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from .measure import EXACT_IN_FLOAT32, Amounts, Measure, Wholes, measure
from .problem import Problem
from .rules import Decision, decide

FULL_FIT: Final = 1000
# In a block, the points of a pair that a rule forbids.
CLOSED: Final = -1
FREE: Final = -1
TILE_COLUMNS: Final = 1024
BLOCK_PAIRS: Final = 2**20
# A step is a thousandth of the whole, a little enlarged so that rounding never takes a full step down: by less than
# what one of `out_of` parts adds, up to these wholes.
LARGEST_WHOLE_IN_FLOAT32: Final = 1000
FLOAT32_NUDGE: Final = 1 + 2**-21
FLOAT64_NUDGE: Final = 1 + 2**-50

Points = npt.NDArray[np.floating]
RuleIndices = npt.NDArray[np.int16]


@dataclass(frozen=True, eq=False)
class Weighed:
    """One criterion ready to give points. Shapes: `steps` (mentees, 1), thousandths per unit of the amount."""

    weight: int
    measure: Measure
    steps: Amounts

    def points(self, rows: slice, columns: slice) -> Amounts:
        """Give the points of every pair of a tile: weight × thousandths, rounded down. Shapes: (rows, columns)."""
        amounts = self.measure.amounts(rows, columns)
        if self.steps.dtype != amounts.dtype:
            amounts = amounts.astype(self.steps.dtype)
        np.multiply(amounts, self.steps[rows], out=amounts)
        np.floor(amounts, out=amounts)
        np.minimum(amounts, FULL_FIT, out=amounts)
        return np.multiply(amounts, self.weight, out=amounts)


class Scoring:
    """A problem's answers, encoded once per side: any block of rows is scored from here.

    Rows are `problem.mentees`, columns `problem.mentors`. Building it costs time in proportion to the people, a block
    in proportion to its pairs.
    """

    def __init__(self, problem: Problem) -> None:
        sides = problem.mentees, problem.mentors
        self.shape = len(problem.mentees), len(problem.mentors)
        # The most that one pair could have, and so how wide a number has to be to hold it exactly.
        self.reach = FULL_FIT * sum(criterion.weight for criterion in problem.policy.criteria)
        self.number: type[np.floating] = np.float32 if self.reach < EXACT_IN_FLOAT32 else np.float64
        self.measures = tuple(measure(criterion, *sides) for criterion in problem.policy.criteria)
        self.decisions: tuple[Decision, ...] = tuple(decide(rule, problem, *sides) for rule in problem.policy.rules_in_force)
        weights = (criterion.weight for criterion in problem.policy.criteria)
        self._weighed = tuple(
            Weighed(weight, measured, self._steps(measured.out_of))
            for weight, measured in zip(weights, self.measures, strict=True)
            if weight
        )

    def blocks(self, pairs: int = BLOCK_PAIRS) -> Iterator[slice]:
        """Cut the rows into blocks of about so many pairs."""
        count = max(1, pairs // self.shape[1])
        return (slice(start, min(start + count, self.shape[0])) for start in range(0, self.shape[0], count))

    def points(self, rows: slice) -> Points:
        """Give the points of every pair of a block, CLOSED where a rule forbids it. Shapes: (rows, mentors)."""
        return self._scored(rows, closed=True)

    def points_of_all(self, rows: slice) -> Points:
        """Give the points of every pair of a block, forbidden or not. Shapes: (rows, mentors)."""
        return self._scored(rows, closed=False)

    def rules(self, rows: slice) -> RuleIndices:
        """Say which rule forbids each pair first, as an index into `policy.rules_in_force`, else FREE. Shapes: (rows, mentors)."""
        first = np.full((rows.stop - rows.start, self.shape[1]), FREE, dtype=np.int16)
        for columns in self._tiles():
            for index, decision in reversed([*enumerate(self.decisions)]):
                decision.write(index, first[:, columns], rows, columns)
        return first

    def _scored(self, rows: slice, *, closed: bool) -> Points:
        block: Points = np.zeros((rows.stop - rows.start, self.shape[1]), dtype=self.number)
        for columns in self._tiles():
            tile = block[:, columns]
            for weighed in self._weighed:
                np.add(tile, weighed.points(rows, columns), out=tile)
            for decision in self.decisions if closed else ():
                decision.write(CLOSED, tile, rows, columns)
        return block

    def _tiles(self) -> Iterator[slice]:
        width = self.shape[1]
        return (slice(start, min(start + TILE_COLUMNS, width)) for start in range(0, width, TILE_COLUMNS))

    def _steps(self, out_of: Wholes) -> Amounts:
        narrow = self.number is np.float32 and out_of.max() <= LARGEST_WHOLE_IN_FLOAT32
        number: type[np.floating] = np.float32 if narrow else np.float64
        steps = np.where(out_of > 0, FULL_FIT / np.maximum(out_of, 1) * (FLOAT32_NUDGE if narrow else FLOAT64_NUDGE), 0)
        return np.asarray(steps[:, None], dtype=number)
