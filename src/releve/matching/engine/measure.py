"""Count what two people have in common, criterion by criterion.

Every kind is brought to the same form, an amount out of a whole, so that points, shares and explanations need one
formula: two needs met out of three, four slots out of the six that are enough, second of three wishes.
Shapes: one row per mentee, one column per mentor, in the order given.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from .problem import Criterion, CriterionKind, Person, Side, options_of

IntMatrix = npt.NDArray[np.int64]
BoolMatrix = npt.NDArray[np.bool_]
People = Sequence[Person]

MISSING: Final = np.iinfo(np.int64).min


@dataclass(frozen=True, eq=False)
class Measure:
    """An amount out of a whole.

    Shapes: `amount` (mentees, mentors); `out_of` (mentees, 1).
    Units: the criterion's own (options, steps, slots, ranks); `out_of` 0 means that the criterion does not apply to
    this mentee, who did not answer its question.
    """

    amount: IntMatrix
    out_of: IntMatrix


def count_shared(mentees: People, mentors: People, asked_of_mentee: str, asked_of_mentor: str) -> IntMatrix:
    """Count the options that a mentee's and a mentor's answer share. Shapes: (mentees, mentors)."""
    wanted = [options_of(person, asked_of_mentee) for person in mentees]
    offered = [options_of(person, asked_of_mentor) for person in mentors]
    position = {option: index for index, option in enumerate(sorted(frozenset().union(*wanted) & frozenset().union(*offered)))}
    # One multiplication of 0/1 matrices; float32 counts exactly below 2**24 options.
    shared = _indicator(wanted, position) @ _indicator(offered, position).T
    return shared.astype(np.int64)


def places_in_order(people: People, question: str, order: Sequence[str]) -> npt.NDArray[np.int64]:
    """Say where each answer stands in an order of options, or the number itself without one; MISSING if unanswered."""
    position = {option: index for index, option in enumerate(order)}
    places = np.full(len(people), MISSING, dtype=np.int64)
    for index, person in enumerate(people):
        answer = person.answers.get(question)
        if isinstance(answer, int):
            places[index] = answer
        elif isinstance(answer, str) and answer in position:
            places[index] = position[answer]
    return places


def measure(criterion: Criterion, mentees: People, mentors: People) -> Measure:
    """Measure one criterion between every mentee and every mentor."""
    return MEASURES[criterion.kind](criterion, mentees, mentors)


def _indicator(answers: Sequence[frozenset[str]], position: Mapping[str, int]) -> npt.NDArray[np.float32]:
    matrix = np.zeros((len(answers), len(position)), dtype=np.float32)
    for row, options in enumerate(answers):
        matrix[row, [position[option] for option in options if option in position]] = 1
    return matrix


def _whole(mentees: People, question: str, whole: int) -> IntMatrix:
    return np.array([[whole if options_of(person, question) else 0] for person in mentees], dtype=np.int64).reshape(-1, 1)


def _needs_met(criterion: Criterion, mentees: People, mentors: People) -> Measure:
    asked = criterion.asked_of_mentee
    needs = np.array([[len(options_of(person, asked))] for person in mentees], dtype=np.int64).reshape(-1, 1)
    return Measure(count_shared(mentees, mentors, asked, criterion.asked_of_mentor), needs)


def _one_in_common(criterion: Criterion, mentees: People, mentors: People) -> Measure:
    asked = criterion.asked_of_mentee
    return Measure(count_shared(mentees, mentors, asked, criterion.asked_of_mentor), _whole(mentees, asked, 1))


def _slots_in_common(criterion: Criterion, mentees: People, mentors: People) -> Measure:
    asked = criterion.asked_of_mentee
    return Measure(count_shared(mentees, mentors, asked, criterion.asked_of_mentor), _whole(mentees, asked, criterion.full_at))


def _nearness(criterion: Criterion, mentees: People, mentors: People) -> Measure:
    span = criterion.within or len(criterion.order) - 1
    mentee_at = places_in_order(mentees, criterion.asked_of_mentee, criterion.order)
    mentor_at = places_in_order(mentors, criterion.asked_of_mentor, criterion.order)
    known = (mentee_at != MISSING)[:, None] & (mentor_at != MISSING)[None, :]
    distance = np.abs(np.where(mentee_at == MISSING, 0, mentee_at)[:, None] - np.where(mentor_at == MISSING, 0, mentor_at)[None, :])
    return Measure(np.where(known, np.maximum(span - distance, 0), 0), np.where(mentee_at == MISSING, 0, span)[:, None])


def _wishes(criterion: Criterion, mentees: People, mentors: People) -> Measure:
    by_mentee = criterion.wisher == Side.MENTEE
    wishers, others = (mentees, mentors) if by_mentee else (mentors, mentees)
    question = criterion.asked_of_mentee if by_mentee else criterion.asked_of_mentor
    position = {person.id: index for index, person in enumerate(others)}
    amount = np.zeros((len(wishers), len(others)), dtype=np.int64)
    for row, wisher in enumerate(wishers):
        ranking = wisher.answers.get(question, ())
        for rank, wished in enumerate(ranking[: criterion.ranks] if isinstance(ranking, tuple) else ()):
            if wished in position:
                amount[row, position[wished]] = criterion.ranks - rank
    if by_mentee:
        return Measure(amount, _whole(mentees, question, criterion.ranks))
    # A mentor's wish can reach any mentee, so it is within reach of each.
    return Measure(np.ascontiguousarray(amount.T), np.full((len(mentees), 1), criterion.ranks, dtype=np.int64))


MEASURES: Final[Mapping[CriterionKind, Callable[[Criterion, People, People], Measure]]] = {
    CriterionKind.OVERLAP: _needs_met,
    CriterionKind.SAME: _one_in_common,
    CriterionKind.NEAR: _nearness,
    CriterionKind.HOURS: _slots_in_common,
    CriterionKind.WISHES: _wishes,
    CriterionKind.LANGUAGE: _one_in_common,
}
