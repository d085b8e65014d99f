"""Check a result against its problem, trusting nothing of the solver: neither its pairs, nor its prices, nor its sums.

Why prices prove: whatever the assignment, an open pair is worth at most its two prices, and a person's places are paid
at most `most` times a price above 0 and `least` times one below. So no assignment is worth more than the sum of all
that; and the one in the result is worth just as much. (Where both people of a chosen pair have several places, the
pair may be worth more than its prices; the excess joins the sum, as each pair exists only once.)
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Final

import numpy as np

from .canonical import problem_hash
from .certify_bands import complaints_about_bands
from .certify_play import complaints_about_draw, complaints_about_stability
from .complaint import Complaint
from .measure import BoolMatrix, IntMatrix
from .problem import Objective, Pair, Person, Problem
from .result import Certificate, Result
from .score import ScoreTable, pair_values, score_pairs

LARGEST_PRICE: Final = 2**61


def certify(problem: Problem, result: Result) -> tuple[Complaint, ...]:
    """List what is wrong with a result; empty means every rule kept, every sum right, and nothing better possible.

    Raises: PolicyError or ProblemError when the problem itself is unsound.
    """
    table = score_pairs(problem)
    fingerprint = problem_hash(problem)
    if not fingerprint == result.problem == result.certificate.problem:
        return (Complaint("other_problem"),)
    pairs = [Pair(pair.mentee, pair.mentor) for pair in result.pairs]
    if strangers := [pair for pair in pairs if pair.mentee not in problem.row_of or pair.mentor not in problem.column_of]:
        return tuple(Complaint("unknown_person", _named(pair)) for pair in strangers)
    if pairs != sorted(set(pairs)):
        return (Complaint("pairs_not_in_order"),)
    proof_complaints = CHECKERS[problem.policy.objective]
    return (*_pair_complaints(problem, table, result), *_place_complaints(problem, result), *proof_complaints(problem, table, result))


def _named(pair: Pair) -> str:
    return f"{pair.mentee}, {pair.mentor}"


def _pair_complaints(problem: Problem, table: ScoreTable, result: Result) -> Iterator[Complaint]:
    for paired in result.pairs:
        pair = Pair(paired.mentee, paired.mentor)
        at = problem.row_of[pair.mentee], problem.column_of[pair.mentor]
        if not table.admissible[at]:
            yield Complaint("rule_broken", _named(pair))
        if paired.points != table.points[at]:
            yield Complaint("wrong_points", _named(pair))
        if paired.locked != (pair in problem.locks):
            yield Complaint("wrong_lock", _named(pair))
    if result.points != sum(paired.points for paired in result.pairs):
        yield Complaint("wrong_total")


def _place_complaints(problem: Problem, result: Result) -> Iterator[Complaint]:
    pairs = [Pair(pair.mentee, pair.mentor) for pair in result.pairs]
    for lost in sorted(set(problem.locks) - set(pairs)):
        yield Complaint("lock_lost", _named(lost))
    mentees, mentors = (Counter(pair.mentee for pair in pairs), Counter(pair.mentor for pair in pairs))
    for people, held in ((problem.mentees, mentees), (problem.mentors, mentors)):
        for person in people:
            if not person.least <= held[person.id] <= person.most:
                yield Complaint("places_not_kept", f"{person.side} {person.id}")
    if result.unpaired != tuple(sorted(problem.row_of.keys() - mentees.keys())):
        yield Complaint("wrong_unpaired")


def _complaints_about_total(problem: Problem, table: ScoreTable, result: Result) -> Iterator[Complaint]:
    proof, values = result.certificate, pair_values(problem, table)
    if proof != Certificate(proof.problem, proof.mentees, proof.mentors, proof.total):
        yield Complaint("wrong_bands")
    mentees = _Priced(problem.mentees, proof.mentees, Counter(pair.mentee for pair in set(problem.locks)))
    mentors = _Priced(problem.mentors, proof.mentors, Counter(pair.mentor for pair in set(problem.locks)))
    if wrong := [*mentees.complaints(), *mentors.complaints()]:
        yield from wrong
        return
    locked, chosen = _marked(problem, set(problem.locks)), _marked(problem, {Pair(p.mentee, p.mentor) for p in result.pairs})
    free = chosen & ~locked
    open_pairs = table.admissible & ~locked & (mentees.most > 0)[:, None] & (mentors.most > 0)[None, :]
    excess = np.where(open_pairs, values - mentees.prices[:, None] - mentors.prices[None, :], 0)
    doubled = free & (mentees.most > 1)[:, None] & (mentors.most > 1)[None, :]
    if (excess[~doubled] > 0).any():
        yield Complaint("pair_above_its_prices")
    if proof.total != int(values[free].sum()):
        yield Complaint("wrong_value")
    if proof.total != mentees.worth() + mentors.worth() + int(np.maximum(excess[doubled], 0).sum()):
        yield Complaint("sums_differ")


def _marked(problem: Problem, pairs: set[Pair]) -> BoolMatrix:
    marked = np.zeros((len(problem.mentees), len(problem.mentors)), dtype=np.bool_)
    for pair in pairs:
        marked[problem.row_of[pair.mentee], problem.column_of[pair.mentor]] = True
    return marked


class _Priced:
    """One side's places after the locks, and the prices a certificate gives them."""

    def __init__(self, people: tuple[Person, ...], prices: tuple[tuple[str, int], ...], held: Counter[str]) -> None:
        self.people = people
        self.named = prices
        self.least = np.array([max(person.least - held[person.id], 0) for person in people], dtype=np.int64)
        self.most = np.array([person.most - held[person.id] for person in people], dtype=np.int64)

    def complaints(self) -> Iterator[Complaint]:
        if [person.id for person in self.people] != [name for name, _ in self.named]:
            yield Complaint("prices_of_others", self.people[0].side)
            return
        for (name, price), least, most in zip(self.named, self.least, self.most, strict=True):
            if abs(price) > LARGEST_PRICE or (price < 0 and least == 0) or (price and most == 0):
                yield Complaint("impossible_price", name)

    @property
    def prices(self) -> IntMatrix:
        return np.array([price for _, price in self.named], dtype=np.int64)

    def worth(self) -> int:
        """What this side's places are paid at most, as a Python integer that cannot overflow."""
        places = zip((price for _, price in self.named), self.least.tolist(), self.most.tolist(), strict=True)
        return sum(price * (most if price > 0 else least) for price, least, most in places)


CHECKERS: Final[Mapping[Objective, Callable[[Problem, ScoreTable, Result], Iterator[Complaint]]]] = {
    Objective.BEST_TOTAL: _complaints_about_total,
    Objective.MOST_PEOPLE: _complaints_about_total,
    Objective.MAXIMIN: complaints_about_bands,
    Objective.LEXIMIN: complaints_about_bands,
    Objective.STABLE: complaints_about_stability,
    Objective.DRAW: complaints_about_draw,
}
