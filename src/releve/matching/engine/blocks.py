"""Score pairs by blocks of rows: exact whole points, without ever holding a matrix of all pairs.

A block is computed tile by tile, each small enough to stay in the processor's cache from its first criterion to its
last rule. Blocks are worked on side by side, one per processor, and their answers come back in the order of the rows.
"""

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, TypeVar

import numpy as np
import numpy.typing as npt
from threadpoolctl import ThreadpoolController

from .measure import EXACT_IN_FLOAT32, Amounts, BoolMatrix, Cut, Indices, Measure, Wholes, length_of, measure
from .problem import Problem
from .rules import Decision, decide

Answer = TypeVar("Answer")
Block = TypeVar("Block")

FULL_FIT: Final = 1000
PROCESSORS: Final = os.cpu_count() or 1
# In a block, the points of a pair that a rule forbids.
CLOSED: Final = -1
FREE: Final = -1
TILE_COLUMNS: Final = 1024
BLOCK_PAIRS: Final = 2**20
# Pairs of no particular shape are scored among so many rows and columns.
PAIRS_AT_ONCE: Final = 256
# Below this, starting threads costs more than they save.
FEW_PAIRS: Final = 2**20
# Below this, NumPy starts none either.
HARDLY_ANY_PAIRS: Final = 2**12
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

    def points(self, rows: Cut, columns: Cut) -> Amounts:
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

    def blocks(self) -> list[slice]:
        """Cut the rows into blocks of about BLOCK_PAIRS pairs."""
        count = rows_at_once(self.shape[1])
        return [slice(start, min(start + count, self.shape[0])) for start in range(0, self.shape[0], count)]

    def points(self, rows: Cut, columns: Indices | None = None) -> Points:
        """Give the points of every pair of a block, CLOSED where a rule forbids it.

        Shapes: (rows, mentors), or (rows, columns) where only some columns are asked for.
        """
        return self._scored(rows, columns, closed=True)

    def points_of_all(self, rows: Cut) -> Points:
        """Give the points of every pair of a block, forbidden or not. Shapes: (rows, mentors)."""
        return self._scored(rows, None, closed=False)

    def points_at(self, rows: Indices, columns: Indices) -> Indices:
        """Give the points of some pairs, forbidden or not. Shapes: (pairs,) each."""
        return at_pairs(rows, columns, lambda *tile: self._scored(*tile, closed=False))

    def admissible_at(self, rows: Indices, columns: Indices) -> BoolMatrix:
        """Say which of some pairs no rule forbids. Shapes: (pairs,) each."""
        admissible: BoolMatrix = at_pairs(rows, columns, lambda *tile: self._scored(*tile, closed=True)) != CLOSED
        return admissible

    def rules(self, rows: Cut, columns: Indices | None = None) -> RuleIndices:
        """Say which rule forbids each pair first, as an index into `policy.rules_in_force`, else FREE. Shapes: as `points`."""
        first = np.full((length_of(rows), self._width(columns)), FREE, dtype=np.int16)
        for place, cut in self._tiles(columns):
            for index, decision in reversed([*enumerate(self.decisions)]):
                decision.write(index, first[:, place], rows, cut)
        return first

    def _scored(self, rows: Cut, columns: Indices | None, *, closed: bool) -> Points:
        block: Points = np.zeros((length_of(rows), self._width(columns)), dtype=self.number)
        for place, cut in self._tiles(columns):
            tile = block[:, place]
            for weighed in self._weighed:
                np.add(tile, weighed.points(rows, cut), out=tile)
            for decision in self.decisions if closed else ():
                decision.write(CLOSED, tile, rows, cut)
        return block

    def _tiles(self, columns: Indices | None) -> Iterator[tuple[slice, Cut]]:
        """Cut columns into tiles: their place in the block, and which they are."""
        width = self._width(columns)
        for start in range(0, width, TILE_COLUMNS):
            place = slice(start, min(start + TILE_COLUMNS, width))
            yield place, place if columns is None else columns[place]

    def _width(self, columns: Indices | None) -> int:
        return self.shape[1] if columns is None else len(columns)

    def _steps(self, out_of: Wholes) -> Amounts:
        narrow = self.number is np.float32 and out_of.max() <= LARGEST_WHOLE_IN_FLOAT32
        number: type[np.floating] = np.float32 if narrow else np.float64
        steps = np.where(out_of > 0, FULL_FIT / np.maximum(out_of, 1) * (FLOAT32_NUDGE if narrow else FLOAT64_NUDGE), 0)
        return np.asarray(steps[:, None], dtype=number)


def rows_at_once(width: int) -> int:
    """Say how many rows of a width make about BLOCK_PAIRS pairs."""
    return max(1, BLOCK_PAIRS // max(1, width))


def split(rows: Indices, width: int) -> list[Indices]:
    """Cut some rows into blocks of about BLOCK_PAIRS pairs."""
    count = rows_at_once(width)
    return [rows[start : start + count] for start in range(0, len(rows), count)]


def at_pairs(rows: Indices, columns: Indices, block: Callable[[Indices, Indices], npt.NDArray[Any]]) -> Indices:
    """Pick single pairs out of whatever is computed block by block. Shapes: (pairs,) each."""

    def pick(part: slice) -> Indices:
        distinct, place = np.unique(columns[part], return_inverse=True)
        whole = block(rows[part], distinct)
        return whole[np.arange(len(whole)), place].astype(np.int64)

    if len(rows) == 1:
        return block(rows, columns)[:, 0].astype(np.int64)
    parts = [slice(start, start + PAIRS_AT_ONCE) for start in range(0, len(rows), PAIRS_AT_ONCE)]
    return np.concatenate([np.zeros(0, dtype=np.int64), *work_on(parts, pick, len(rows) * PAIRS_AT_ONCE)])


def work_on(blocks: Sequence[Block], work: Callable[[Block], Answer], pairs: int) -> Iterator[Answer]:
    """Work on blocks side by side; `pairs` is how many there are in all. Order: as the blocks.

    An interruption ends it after the blocks begun.
    """
    if pairs <= HARDLY_ANY_PAIRS:
        yield from map(work, blocks)
        return
    with _blas().limit(limits=1, user_api="blas"):
        if pairs <= FEW_PAIRS:
            yield from map(work, blocks)
            return
        ahead = 2 * PROCESSORS
        with ThreadPoolExecutor(PROCESSORS) as pool:
            begun: deque[Future[Answer]] = deque()
            for block in blocks:
                begun.append(pool.submit(work, block))
                if len(begun) > ahead:
                    yield begun.popleft().result()
            while begun:
                yield begun.popleft().result()


@cache
def _blas() -> ThreadpoolController:
    # Its own threads make small multiplications slower, and many times slower beside other work.
    return ThreadpoolController()
