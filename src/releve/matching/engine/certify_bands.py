"""Check that the worst off are as well off as a maximin or leximin result claims, trusting nothing of the solver.

Why it proves. A band counts 1 for each mentee at its levels; a pair may save that 1, or incur it. Whatever the
assignment, what its pairs save is at most what its places are paid at the band's prices, plus, for each pair, what the
best use of that pair earns above them. The result saves just as much, so nothing saves more; and every assignment that
does so makes only the best use of each pair, fills every place with a price above 0, and of those below no more than
the least. Within these limits the next band is checked, and at the end the total. The best of a mentee's mentors fills
the first place and decides the level; the others fill further places.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from .answers import openings_for_total, pairs_in
from .complaint import Complaint
from .levels import NOBODY, levels_held, levels_of_pairs
from .measure import BoolMatrix, IntMatrix
from .openings import Bounds, Counts, Openings
from .problem import Objective, Person, Problem, Side
from .result import Band, Certificate, Prices, Result
from .score import ScoreTable

LARGEST_PRICE: Final = 2**61
NEVER: Final = -(2**62)

Priced = tuple[Counts | None, Counts | None, Counts | None]  # first places, further ones, mentors; None if not to be used


@dataclass(frozen=True, eq=False)
class Face:
    """What an assignment may do that is as good as the result in every band checked so far.

    Shapes: (mentees, mentors): it may leave a pair apart, let it fill a first place, or a further one.
    """

    apart: BoolMatrix
    first: BoolMatrix
    further: BoolMatrix
    twice: BoolMatrix  # pairs of two people with several places: only there may a pair earn more than its prices
    places: tuple[Bounds, ...]  # the first of each mentee, the further ones, each mentor's


class Claims:
    """What a result claims, beside what its problem says."""

    def __init__(self, problem: Problem, table: ScoreTable, result: Result) -> None:
        self.problem = problem
        self.proof = result.certificate
        self.openings = openings_for_total(problem, table)
        self.levels = levels_of_pairs(problem, table)
        self.whole = pairs_in(problem, result)
        self.floors = levels_held(self.levels, self.openings.locked)
        self.deciding = self.openings.mentees.most > 0
        self.held: list[int] = levels_held(self.levels, self.whole)[self.deciding].tolist()

    def band_holds(self, face: Face, band: Band) -> Face | None:
        """Check that no assignment of a face has fewer mentees in a band; None if that is not proved, else what is left."""
        priced = self._few(Side.MENTEE, band.mentees), self._few(Side.MENTEE, band.further), self._few(Side.MENTOR, band.mentors)
        at_floor = _counted(self.floors, band)
        saved = at_floor[:, None] - _counted(np.maximum(self.levels, self.floors[:, None]), band)
        bound, left = _kept(face, (saved, np.zeros_like(saved)), priced)
        return left if bound == int(at_floor[self.deciding].sum()) - band.count else None

    def total_holds(self, face: Face) -> bool:
        """Check that no assignment of a face has a larger total value."""
        proof = self.proof
        priced = self._all(Side.MENTEE, proof.mentees), self._few(Side.MENTEE, proof.further), self._all(Side.MENTOR, proof.mentors)
        return _kept(face, (self.openings.values, self.openings.values), priced)[0] == proof.total

    def _all(self, side: Side, prices: Prices) -> Counts | None:
        """Read the prices of everybody on a side; None unless they are."""
        return self._read(side, prices) if len(prices) == len(self._people(side)) else None

    def _few(self, side: Side, prices: Prices) -> Counts | None:
        """Read prices of which those of 0 are left out; None if they are not."""
        return self._read(side, prices) if all(price for _, price in prices) else None

    def _read(self, side: Side, prices: Prices) -> Counts | None:
        given = dict(prices)
        ids = [person.id for person in self._people(side)]
        if [name for name, _ in prices] != [name for name in ids if name in given] or any(abs(p) > LARGEST_PRICE for p in given.values()):
            return None
        return np.array([given.get(name, 0) for name in ids], dtype=np.int64)

    def _people(self, side: Side) -> tuple[Person, ...]:
        return self.problem.mentees if side == Side.MENTEE else self.problem.mentors


def complaints_about_bands(problem: Problem, table: ScoreTable, result: Result) -> Iterator[Complaint]:
    """Yield what a maximin or leximin result claims and does not prove; its pairs must be in order and of this problem."""
    claims = Claims(problem, table, result)
    proof, openings = claims.proof, claims.openings
    if not _as_the_objective_asks(problem.policy.objective, proof, claims.held):
        yield Complaint("wrong_bands")
        return
    face = _everything(openings)
    for band in proof.bands:
        left = claims.band_holds(face, band)
        if left is None or band.count != sum(band.lowest <= level <= band.highest for level in claims.held):
            yield Complaint("band_not_proved", f"{band.lowest} to {band.highest}")
            return
        face = left
    if proof.limit is not None and claims.band_holds(face, proof.limit) is None:
        yield Complaint("limit_not_proved")
    if proof.total != int(openings.values[claims.whole & ~openings.locked].sum()):
        yield Complaint("wrong_value")
    if not claims.total_holds(face):
        yield Complaint("total_not_proved")


def _as_the_objective_asks(objective: Objective, proof: Certificate, held: list[int]) -> bool:
    """Say whether the bands are those of the objective for mentees at these levels, with no level left out."""
    ranges = [(band.lowest, band.highest) for band in proof.bands]
    if objective == Objective.MAXIMIN:
        worst = min((level for level in held if level > NOBODY), default=None)
        below = [(0, worst - 1)] if worst else []
        limited = proof.limit and (proof.limit.lowest, proof.limit.highest, proof.limit.count > 0)
        return ranges == [(NOBODY, NOBODY), *below] and limited == (None if worst is None else (worst, worst, True))
    starts = [NOBODY, *(highest + 1 for _, highest in ranges)]
    joined = all(start == lowest <= highest for start, (lowest, highest) in zip(starts, ranges, strict=False))
    alone = all(band.lowest == band.highest or band.count == 0 for band in proof.bands)
    return joined and alone and proof.limit is None and max(held, default=NOBODY - 1) < starts[-1]


def _everything(openings: Openings) -> Face:
    several, mentors = openings.mentees.most > 1, openings.mentors
    least, most = np.minimum(openings.mentees.least, 1), np.minimum(openings.mentees.most, 1)
    first, further = Bounds(least, most), Bounds(openings.mentees.least - least, openings.mentees.most - most)
    twice = several[:, None] & (mentors.most > 1)[None, :]
    return Face(np.ones_like(openings.open), openings.open, openings.open & several[:, None], twice, (first, further, mentors))


def _counted(levels: IntMatrix, band: Band) -> IntMatrix:
    """Count 1 where a level is in a band. Shapes: as given."""
    return ((levels >= band.lowest) & (levels <= band.highest)).astype(np.int64)


def _kept(face: Face, gains: tuple[IntMatrix, IntMatrix], priced: Priced) -> tuple[int | None, Face]:
    """Bound what the assignments of a face can gain, and keep of it those that gain as much; None if the prices bound nothing.

    Shapes: `gains`, in a first place and in a further one, (mentees, mentors).
    """
    first, further, mentors = priced
    if first is None or further is None or mentors is None:
        return None, face
    sides = [*zip((first, further, mentors), face.places, strict=True)]
    if any(_impossible(prices, bounds) for prices, bounds in sides):
        return None, face
    in_first = np.where(face.first, gains[0] - first[:, None] - mentors, NEVER)
    in_further = np.where(face.further, gains[1] - further[:, None] - mentors, NEVER)
    best = np.maximum(np.maximum(in_first, in_further), np.where(face.apart, 0, NEVER))
    if (best[~face.twice] > 0).any():
        return None, face
    # Python's integers cannot overflow.
    bound = sum(_worth(prices, bounds) for prices, bounds in sides) + sum(best[best != 0].tolist())
    left = face.apart & (best == 0), face.first & (best == in_first), face.further & (best == in_further)
    return bound, Face(*left, face.twice, tuple(_bound_by(prices, bounds) for prices, bounds in sides))


def _impossible(prices: Counts, bounds: Bounds) -> bool:
    return bool((((prices < 0) & (bounds.least == 0)) | ((prices != 0) & (bounds.most == 0))).any())


def _worth(prices: Counts, bounds: Bounds) -> int:
    """Say what the places are paid at most."""
    return sum(
        price * places for price, places in zip(prices.tolist(), np.where(prices > 0, bounds.most, bounds.least).tolist(), strict=True)
    )


def _bound_by(prices: Counts, bounds: Bounds) -> Bounds:
    """Keep what is paid most: every place at a price above 0, and no more than the least at one below."""
    return Bounds(np.where(prices > 0, bounds.most, bounds.least), np.where(prices < 0, bounds.least, bounds.most))
