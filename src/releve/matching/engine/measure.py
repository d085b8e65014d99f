"""Count what two people have in common, criterion by criterion.

Every kind is brought to the same form, an amount out of a whole, so that points, shares and explanations need one
formula: two needs met out of three, four slots out of the six that are enough, second of three wishes.

Answers are encoded once per side; after that any *tile*, some rows by some columns, is counted by array operations
alone, so that no matrix of all pairs is ever needed. One row per mentee, one column per mentor, in the order given.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from .distance import nearness
from .problem import Criterion, CriterionKind, Person, Side, options_of
from .shifts import slots_over

IntMatrix = npt.NDArray[np.int64]
BoolMatrix = npt.NDArray[np.bool_]
Wholes = npt.NDArray[np.int64]
# Whole numbers in float32 where they stay below 2**24, else in float64: exact either way, and fast.
Amounts = npt.NDArray[np.floating]
Indices = npt.NDArray[np.int64]
People = Sequence[Person]
# Some rows or columns: a slice, or indices in rising order. Both serve as `encoded[cut]`.
Cut = slice | Indices
Tile = Callable[[Cut, Cut], Amounts]

EXACT_IN_FLOAT32: Final = 2**24
THOUSANDTHS: Final = 1000
FEW_CHOICES: Final = 2**13


@dataclass(frozen=True, eq=False)
class Measure:
    """An amount out of a whole, with both sides encoded.

    Shapes: `amounts(rows, columns)` (rows, columns), an array of its own that the caller may write over; `out_of` (mentees,).
    Units: the criterion's own (options, steps, slots, ranks), from 0; an amount may exceed the whole and then counts as
    the whole. `out_of` 0 means that the criterion does not apply to this mentee, who did not answer its question.
    """

    amounts: Tile
    out_of: Wholes


def measure(criterion: Criterion, mentees: People, mentors: People) -> Measure:
    """Encode one criterion between some mentees and some mentors."""
    return MEASURES[criterion.kind](criterion, mentees, mentors)


def shared_options(mentees: People, mentors: People, asked_of_mentee: str, asked_of_mentor: str) -> Tile:
    """Count, for any tile, the options that a mentee's and a mentor's answer share."""
    wanted = [options_of(person, asked_of_mentee) for person in mentees]
    offered = [options_of(person, asked_of_mentor) for person in mentors]
    position = {option: index for index, option in enumerate(sorted(frozenset().union(*wanted) & frozenset().union(*offered)))}
    if max(map(len, wanted)) <= 1 and max(map(len, offered)) <= 1:
        return _equal_codes(_codes(wanted, position, -1), _codes(offered, position, -2))
    # One multiplication of 0/1 matrices: exact, as nobody has 2**24 options.
    left, right = _indicator(wanted, position), _indicator(offered, position)
    return lambda rows, columns: left[rows] @ right[columns].T


def places_in_order(people: People, question: str, order: Sequence[str], missing: float) -> npt.NDArray[np.float64]:
    """Say where each answer stands in an order of options, or the number itself without one. Shapes: (people,)."""
    position = {option: float(index) for index, option in enumerate(order)}

    def place(person: Person) -> float:
        answer = person.answers.get(question)
        return float(answer) if isinstance(answer, int) else position.get(answer, missing) if isinstance(answer, str) else missing

    return np.fromiter(map(place, people), dtype=np.float64, count=len(people))


class Listed:
    """Amounts that few pairs have, the rest being 0: kept pair by pair.

    Shapes: `rows`, `columns` and `amounts` (pairs,), in the order of rows, then columns, each pair once.
    """

    def __init__(self, rows: Indices, columns: Indices, amounts: Indices, mentees: int) -> None:
        self.rows, self.columns, self.amounts = rows, columns, amounts
        self._starts = np.searchsorted(rows, np.arange(mentees + 1))
        self._counts = np.diff(self._starts)

    @classmethod
    def of(cls, amount_of: Mapping[tuple[int, int], int], mentees: int) -> "Listed":
        """List amounts given by row and column, in any order."""
        pairs = np.array(sorted((*pair, amount) for pair, amount in amount_of.items()), dtype=np.int64).reshape(-1, 3)
        return cls(pairs[:, 0], pairs[:, 1], pairs[:, 2], mentees)

    def within(self, rows: Cut, columns: Cut) -> tuple[Indices, Indices, Indices]:
        """Give the listed pairs of a tile: rows and columns counted from its corner, and amounts."""
        firsts, counts = self._starts[:-1][rows], self._counts[rows]
        at_rows = np.repeat(np.arange(len(counts)), counts)
        listed = np.arange(len(at_rows)) + np.repeat(firsts - np.cumsum(counts) + counts, counts)
        at_columns, inside = _positions(self.columns[listed], columns)
        return at_rows[inside], at_columns[inside], self.amounts[listed][inside]

    def tile(self, rows: Cut, columns: Cut) -> Amounts:
        """Give all amounts of a tile."""
        amounts = np.zeros((length_of(rows), length_of(columns)), dtype=np.float32)
        at_rows, at_columns, listed = self.within(rows, columns)
        amounts[at_rows, at_columns] = listed
        return amounts


def length_of(cut: Cut) -> int:
    """Count the rows or columns of a cut."""
    return cut.stop - cut.start if isinstance(cut, slice) else len(cut)


def _positions(columns: Indices, cut: Cut) -> tuple[Indices, BoolMatrix]:
    """Say where columns stand within a cut, and which are in it at all."""
    if isinstance(cut, slice):
        return columns - cut.start, (columns >= cut.start) & (columns < cut.stop)
    found = np.searchsorted(cut, columns)
    inside = found < len(cut)
    inside[inside] = cut[found[inside]] == columns[inside]
    return found, inside


def _equal_codes(mentees: npt.NDArray[np.int32], mentors: npt.NDArray[np.int32]) -> Tile:
    return lambda rows, columns: (mentees[rows][:, None] == mentors[columns]).astype(np.float32)


def _codes(answers: Iterable[frozenset[str]], position: Mapping[str, int], missing: int) -> npt.NDArray[np.int32]:
    return np.array([position.get(next(iter(options), ""), missing) for options in answers], dtype=np.int32)


def _indicator(answers: Sequence[frozenset[str]], position: Mapping[str, int]) -> npt.NDArray[np.float32]:
    matrix = np.zeros((len(answers), len(position)), dtype=np.float32)
    for row, options in enumerate(answers):
        matrix[row, [position[option] for option in options if option in position]] = 1
    return matrix


def _chosen(people: People, question: str) -> Wholes:
    return np.array([len(options_of(person, question)) for person in people], dtype=np.int64)


def _whole(mentees: People, question: str, whole: int) -> Wholes:
    return np.array([whole if options_of(person, question) else 0 for person in mentees], dtype=np.int64)


def _needs_met(criterion: Criterion, mentees: People, mentors: People) -> Measure:
    asked = criterion.asked_of_mentee
    return Measure(shared_options(mentees, mentors, asked, criterion.asked_of_mentor), _chosen(mentees, asked))


def _alike(criterion: Criterion, mentees: People, mentors: People) -> Measure:
    """Count the shared choices twice, in thousandths of all the choices that the two made, rounded down."""
    asked = criterion.asked_of_mentee
    shared = shared_options(mentees, mentors, asked, criterion.asked_of_mentor)
    mine, theirs = _chosen(mentees, asked), _chosen(mentors, criterion.asked_of_mentor)
    # A thousandth of so few choices is more than a rounding of float32: rounding down is exact.
    number: type[np.floating] = np.float32 if mine.max() + theirs.max() < FEW_CHOICES else np.float64
    mine_made: Amounts = mine.astype(number)
    theirs_made: Amounts = np.maximum(theirs, 0.5).astype(number)  # so that nobody's choices are divided by nothing

    def tile(rows: Cut, columns: Cut) -> Amounts:
        thousandths: Amounts = np.multiply(shared(rows, columns), 2 * THOUSANDTHS, dtype=number)
        np.divide(thousandths, mine_made[rows][:, None] + theirs_made[columns], out=thousandths)
        return np.floor(thousandths, out=thousandths)

    return Measure(tile, _whole(mentees, asked, THOUSANDTHS))


def _one_in_common(criterion: Criterion, mentees: People, mentors: People) -> Measure:
    asked = criterion.asked_of_mentee
    return Measure(shared_options(mentees, mentors, asked, criterion.asked_of_mentor), _whole(mentees, asked, 1))


def _slots_in_common(criterion: Criterion, mentees: People, mentors: People) -> Measure:
    asked, whole = criterion.asked_of_mentee, _whole(mentees, criterion.asked_of_mentee, criterion.full_at)
    if not criterion.horizon:
        return Measure(shared_options(mentees, mentors, asked, criterion.asked_of_mentor), whole)
    wanted = [options_of(person, asked) for person in mentees]
    offered = [options_of(person, criterion.asked_of_mentor) for person in mentors]
    left, right = slots_over(wanted, offered, criterion.horizon)
    return Measure(lambda rows, columns: left[rows] @ right[columns].T, whole)


def _on_map(criterion: Criterion, mentees: People, mentors: People) -> Measure:
    return Measure(nearness(criterion, mentees, mentors), _whole(mentees, criterion.asked_of_mentee, criterion.within))


def _nearness(criterion: Criterion, mentees: People, mentors: People) -> Measure:
    span = criterion.within or len(criterion.order) - 1
    # Missing answers stand infinitely far from everybody, each other included.
    mentee_at = places_in_order(mentees, criterion.asked_of_mentee, criterion.order, -np.inf)
    mentor_at = places_in_order(mentors, criterion.asked_of_mentor, criterion.order, np.inf)
    out_of = np.where(np.isinf(mentee_at), 0, span).astype(np.int64)
    known = np.abs(np.concatenate([mentee_at, mentor_at, [span]]))
    if 2 * known[np.isfinite(known)].max() < EXACT_IN_FLOAT32:
        return Measure(_nearness_of(mentee_at.astype(np.float32), mentor_at.astype(np.float32), span), out_of)
    return Measure(_nearness_of(mentee_at, mentor_at, span), out_of)


def _nearness_of(mentee_at: Amounts, mentor_at: Amounts, span: int) -> Tile:
    def tile(rows: Cut, columns: Cut) -> Amounts:
        apart = mentee_at[rows][:, None] - mentor_at[columns]
        np.abs(apart, out=apart)
        np.subtract(span, apart, out=apart)
        return np.maximum(apart, 0, out=apart)

    return tile


def _wishes(criterion: Criterion, mentees: People, mentors: People) -> Measure:
    by_mentee = criterion.wisher == Side.MENTEE
    wishers, others = (mentees, mentors) if by_mentee else (mentors, mentees)
    question = criterion.asked_of_mentee if by_mentee else criterion.asked_of_mentor
    position = {person.id: index for index, person in enumerate(others)}
    amounts = {}
    for index, wisher in enumerate(wishers):
        ranking = wisher.answers.get(question, ())
        for rank, wished in enumerate(ranking[: criterion.ranks] if isinstance(ranking, tuple) else ()):
            if wished in position:
                amounts[(index, position[wished]) if by_mentee else (position[wished], index)] = criterion.ranks - rank
    # A mentor's wish can reach any mentee, so it is within reach of each.
    out_of = _whole(mentees, question, criterion.ranks) if by_mentee else np.full(len(mentees), criterion.ranks, dtype=np.int64)
    return Measure(Listed.of(amounts, len(mentees)).tile, out_of)


MEASURES: Final[Mapping[CriterionKind, Callable[[Criterion, People, People], Measure]]] = {
    CriterionKind.OVERLAP: _needs_met,
    CriterionKind.ALIKE: _alike,
    CriterionKind.SAME: _one_in_common,
    CriterionKind.NEAR: _nearness,
    CriterionKind.DISTANCE: _on_map,
    CriterionKind.HOURS: _slots_in_common,
    CriterionKind.WISHES: _wishes,
    CriterionKind.LANGUAGE: _one_in_common,
}
