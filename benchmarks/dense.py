"""Score all pairs of an invented cohort at once, as lean as NumPy allows: what a general solver needs before it can begin.

Written for the policy of `cohorts.py` alone and checking nothing, so that no contestant waits for work that it did not ask for.
Shapes: (mentees, mentors), in the order of the problem's.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from benchmarks.cohorts import WEIGHTS
from benchmarks.options import GOALS, LANGUAGES, OFFERABLE, REGIONS, SETTINGS, SLOTS
from benchmarks.teams import LEAST_GAP
from releve.matching.engine import Answer, Person, Problem

Points = npt.NDArray[np.int32]

FORBIDDEN: Final = -1
FULL: Final = np.int32(1000)
People = Sequence[Person]


def score(problem: Problem) -> Points:
    """Score every pair. Units: points; FORBIDDEN where a rule is broken."""
    mentees, mentors = problem.mentees, problem.mentors
    points = _met(mentees, "needs", mentors, "offers", OFFERABLE) * np.int32(WEIGHTS["specialties"])
    points += _met(mentees, "goals", mentors, "strengths", GOALS) * np.int32(WEIGHTS["goals"])
    points += FULL * np.minimum(_shared(mentees, "availability", mentors, "availability", SLOTS), 4) // 4 * np.int32(WEIGHTS["hours"])
    points += np.int32(WEIGHTS["region"]) * FULL * _same(mentees, mentors)
    points += np.int32(WEIGHTS["setting"]) * _near(mentees, mentors)
    _add_wishes(points, problem)
    points[_shared(mentees, "languages", mentors, "languages", LANGUAGES) == 0] = FORBIDDEN
    points[_numbers(mentors, "years")[None, :] - _numbers(mentees, "years")[:, None] < LEAST_GAP] = FORBIDDEN
    rows, columns = _pairs_apart(problem)
    points[rows, columns] = FORBIDDEN
    return points


def _shared(mentees: People, asked: str, mentors: People, offered: str, options: Iterable[str]) -> Points:
    place = {option: at for at, option in enumerate(options)}
    return (_indicator(mentees, asked, place) @ _indicator(mentors, offered, place).T).astype(np.int32)


def _indicator(people: People, question: str, place: Mapping[str, int]) -> npt.NDArray[np.float32]:
    found = np.zeros((len(people), len(place)), dtype=np.float32)
    for row, person in enumerate(people):
        found[row, [place[option] for option in _several(person.answers[question])]] = 1
    return found


def _met(mentees: People, asked: str, mentors: People, offered: str, options: Iterable[str]) -> Points:
    counts = np.array([len(_several(person.answers[asked])) for person in mentees], dtype=np.int32)
    met: Points = FULL * _shared(mentees, asked, mentors, offered, options) // counts[:, None]
    return met


def _same(mentees: People, mentors: People) -> npt.NDArray[np.bool_]:
    mine, theirs = (_placed(people, "region", REGIONS) for people in (mentees, mentors))
    return (mine[:, None] == theirs[None, :]) & (mine >= 0)[:, None]


def _near(mentees: People, mentors: People) -> Points:
    mine, theirs = (_placed(people, "setting", SETTINGS) for people in (mentees, mentors))
    span = np.int32(len(SETTINGS) - 1)
    near: Points = FULL * (span - np.abs(mine[:, None] - theirs[None, :])) // span
    near[mine < 0] = 0
    return near


def _add_wishes(points: Points, problem: Problem) -> None:
    column_of = {person.id: column for column, person in enumerate(problem.mentors)}
    for row, person in enumerate(problem.mentees):
        for rank, wished in enumerate(_several(person.answers.get("wishes", ()))):
            points[row, column_of[wished]] += WEIGHTS["wishes"] * (FULL * (3 - rank) // 3)


def _pairs_apart(problem: Problem) -> tuple[list[int], list[int]]:
    """Find the pairs whom a line manager or a fact keeps apart, as rows and columns."""
    row_of = {person.id: row for row, person in enumerate(problem.mentees)}
    column_of = {person.id: column for column, person in enumerate(problem.mentors)}
    address = {person.answers["email"]: column for column, person in enumerate(problem.mentors)}
    apart = [(row_of[fact.one], column_of[fact.other]) for fact in problem.facts]
    apart += [
        (row, address[above]) for row, person in enumerate(problem.mentees) if (above := person.answers.get("line_manager")) in address
    ]
    return [row for row, _column in apart], [column for _row, column in apart]


def _placed(people: People, question: str, options: Iterable[str]) -> Points:
    place: dict[Answer | None, int] = {option: at for at, option in enumerate(options)}
    return np.array([place.get(person.answers.get(question), -1) for person in people], dtype=np.int32)


def _numbers(people: People, question: str) -> Points:
    return np.array([person.answers[question] for person in people], dtype=np.int32)


def _several(answer: Answer) -> Collection[str]:
    return answer if isinstance(answer, frozenset | tuple) else ()
