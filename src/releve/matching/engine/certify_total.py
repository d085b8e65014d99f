"""Check the proof that no assignment has a larger total, block by block.

Why prices prove: whatever the assignment, an open pair is worth at most its two prices, and a person's places are paid
at most `most` times a price above 0 and `least` times one below. So no assignment is worth more than the sum of all
that; and the one in the result is worth just as much. (Where both people of a chosen pair have several places, the
pair may be worth more than its prices; the excess joins the sum, as each pair exists only once.)
"""

from collections import Counter
from collections.abc import Iterator
from typing import Final

import numpy as np

from .blocks import CLOSED, Scoring, work_on
from .complaint import Complaint
from .measure import BoolMatrix, Cut, Indices
from .problem import Pair, Person, Problem
from .result import Certificate, Result
from .score import Worth, worth_of

LARGEST_PRICE: Final = 2**61


def complaints_about_total(problem: Problem, scoring: Scoring, result: Result) -> Iterator[Complaint]:
    """Yield what the certificate of a best total does not prove."""
    proof, worth, locks = result.certificate, worth_of(problem), set(problem.locks)
    if proof != Certificate(proof.problem, proof.mentees, proof.mentors, proof.total):
        yield Complaint("wrong_bands")
    mentees = Priced(problem.mentees, proof.mentees, Counter(pair.mentee for pair in locks))
    mentors = Priced(problem.mentors, proof.mentors, Counter(pair.mentor for pair in locks))
    if wrong := [*mentees.complaints(), *mentors.complaints()]:
        yield from wrong
        return
    free = sorted({Pair(pair.mentee, pair.mentor) for pair in result.pairs} - locks)
    rows, columns = _places(problem, free)
    values = worth.scale * scoring.points_at(rows, columns) + worth.bonus
    doubled = (mentees.most[rows] > 1) & (mentors.most[columns] > 1)
    held = _places(problem, sorted(locks))
    excused = np.append(rows[doubled], held[0]) * scoring.shape[1] + np.append(columns[doubled], held[1])
    if any_above(scoring, worth, mentees, mentors, excused):
        yield Complaint("pair_above_its_prices")
    total = sum(values.tolist())
    if proof.total != total:
        yield Complaint("wrong_value")
    excess = values[doubled] - mentees.prices[rows[doubled]] - mentors.prices[columns[doubled]]
    if proof.total != mentees.worth() + mentors.worth() + sum(np.maximum(excess, 0).tolist()):
        yield Complaint("sums_differ")


class Priced:
    """One side's places after the locks, and the prices a certificate gives them."""

    def __init__(self, people: tuple[Person, ...], prices: tuple[tuple[str, int], ...], held: Counter[str]) -> None:
        self.people = people
        self.named = prices
        self.least = np.array([max(person.least - held[person.id], 0) for person in people], dtype=np.int64)
        self.most = np.array([person.most - held[person.id] for person in people], dtype=np.int64)

    def complaints(self) -> Iterator[Complaint]:
        """Yield what is wrong with the prices before any pair is looked at."""
        if [person.id for person in self.people] != [name for name, _ in self.named]:
            yield Complaint("prices_of_others", self.people[0].side)
            return
        for (name, price), least, most in zip(self.named, self.least.tolist(), self.most.tolist(), strict=True):
            if abs(price) > LARGEST_PRICE or (price < 0 and least == 0) or (price and most == 0):
                yield Complaint("impossible_price", name)

    @property
    def prices(self) -> Indices:
        """The prices. Shapes: (people,)."""
        return np.array([price for _, price in self.named], dtype=np.int64)

    def worth(self) -> int:
        """What this side's places are paid at most, as a Python integer that cannot overflow."""
        places = zip((price for _, price in self.named), self.least.tolist(), self.most.tolist(), strict=True)
        return sum(price * (most if price > 0 else least) for price, least, most in places)


def any_above(scoring: Scoring, worth: Worth, mentees: Priced, mentors: Priced, excused: Indices) -> bool:
    """Say whether an open pair is worth more than its two prices, those excused left aside. Shapes: `excused` row × mentors + column."""
    least, paid = mentees.prices - worth.bonus, mentors.prices
    width = scoring.shape[1]

    def above(rows: Cut) -> bool:
        points = scoring.points(rows)
        left = points.astype(np.int64)
        left *= worth.scale
        left -= paid
        found: BoolMatrix = left > least[rows][:, None]
        found &= points != CLOSED
        at_rows, at_columns = np.nonzero(found)
        at_rows = np.arange(scoring.shape[0])[rows][at_rows]
        placed = (mentees.most[at_rows] > 0) & (mentors.most[at_columns] > 0)
        return bool((placed & ~np.isin(at_rows * width + at_columns, excused)).any())

    return any(work_on(scoring.blocks(), above, scoring.shape[0] * width))


def _places(problem: Problem, pairs: list[Pair]) -> tuple[Indices, Indices]:
    rows = np.array([problem.row_of[pair.mentee] for pair in pairs], dtype=np.int64)
    return rows, np.array([problem.column_of[pair.mentor] for pair in pairs], dtype=np.int64)
