"""How near two places are: straight lines between whole coordinates, or a table of distances."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from .problem import Criterion, Person

POSITION: Final = re.compile(r"(-?[0-9]{1,8}),(-?[0-9]{1,8})")
FARTHEST_COORDINATE: Final = 10**7  # squares of differences stay whole in float64

Numbers = npt.NDArray[np.float64]
Positions = dict[str, tuple[int, int]]
Nearness = Callable[[Any, Any], Numbers]


def position_of(answer: str) -> tuple[int, int] | None:
    """Read `"x,y"`; None when it is no position within FARTHEST_COORDINATE."""
    found = POSITION.fullmatch(answer)
    position = (int(found[1]), int(found[2])) if found else (FARTHEST_COORDINATE + 1, 0)
    return position if max(map(abs, position)) <= FARTHEST_COORDINATE else None


def is_place(criterion: Criterion, answer: object) -> bool:
    """Say whether an answer is somewhere on a criterion's map."""
    if not isinstance(answer, str):
        return False
    if names := names_on_map(criterion):
        return answer in names
    return position_of(answer) is not None


def names_on_map(criterion: Criterion) -> tuple[str, ...]:
    """List the places that a criterion knows by name; none where people give coordinates."""
    return tuple(dict.fromkeys([*(at.name for at in criterion.at), *(name for row in criterion.apart for name in row[:2])]))


def nearness(criterion: Criterion, mentees: Sequence[Person], mentors: Sequence[Person]) -> Nearness:
    """Say, for any tile, how much of `within` remains between two places; 0 where one of them is unknown.

    Shapes: the function takes cuts of rows and columns and gives (rows, columns). Units: the criterion's own.
    """
    left = [_answer(person, criterion.asked_of_mentee) for person in mentees]
    right = [_answer(person, criterion.asked_of_mentor) for person in mentors]
    return _by_table(criterion, left, right) if criterion.apart else _by_line(criterion, left, right)


def _answer(person: Person, question: str) -> str:
    answer = person.answers.get(question)
    return answer if isinstance(answer, str) else ""


def _by_table(criterion: Criterion, left: Iterable[str], right: Iterable[str]) -> Nearness:
    code = {name: index for index, name in enumerate(names_on_map(criterion))}
    # The last row and column are unknown places: nothing remains, from themselves either.
    remains = np.zeros((len(code) + 1, len(code) + 1), dtype=np.float64)
    np.fill_diagonal(remains[:-1, :-1], criterion.within)
    for one, other, distance in criterion.apart:
        remains[code[one], code[other]] = remains[code[other], code[one]] = max(criterion.within - distance, 0)
    rows_at = np.array([code.get(answer, len(code)) for answer in left], dtype=np.int64)
    columns_at = np.array([code.get(answer, len(code)) for answer in right], dtype=np.int64)
    return lambda rows, columns: remains[rows_at[rows][:, None], columns_at[columns]]


def _by_line(criterion: Criterion, left: Iterable[str], right: Iterable[str]) -> Nearness:
    named: Positions = {at.name: (at.x, at.y) for at in criterion.at}
    mine, theirs = _points(left, named, -np.inf), _points(right, named, np.inf)

    def tile(rows: Any, columns: Any) -> Numbers:
        apart = _straight(mine[rows], theirs[columns])
        return np.maximum(criterion.within - apart, 0, out=apart)

    return tile


def _points(answers: Iterable[str], named: Positions, unknown: float) -> Numbers:
    """Place each answer. Shapes: (answers, 2)."""
    found = (named.get(answer) if named else position_of(answer) for answer in answers)
    return np.array([point or (unknown, unknown) for point in found], dtype=np.float64).reshape(-1, 2)


def _straight(mine: Numbers, theirs: Numbers) -> Numbers:
    squares = (mine[:, None, 0] - theirs[:, 0]) ** 2 + (mine[:, None, 1] - theirs[:, 1]) ** 2
    np.sqrt(squares, out=squares)
    return np.floor(squares, out=squares)
