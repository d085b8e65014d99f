"""Judge anybody's pairs of an invented cohort, one by one and in plain Python: rules, places, points.

It shares no code with the engine or with the scorer of the other contestants, so that a mistake of theirs does not pass.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from benchmarks.cohorts import WEIGHTS
from benchmarks.options import SETTINGS
from benchmarks.teams import LEAST_GAP
from releve.matching.engine import Pair, Person, Problem


@dataclass(frozen=True)
class Judged:
    """What an answer is worth, and which of its pairs or people break a rule. Units: points."""

    pairs: int
    points: int
    faults: tuple[str, ...]


def judge(problem: Problem, pairs: Iterable[Pair]) -> Judged:
    """Add up what pairs are worth and list every rule that one of them breaks."""
    chosen = list(pairs)
    mentees, mentors = ({person.id: person for person in side} for side in (problem.mentees, problem.mentors))
    past = {frozenset((fact.one, fact.other)) for fact in problem.facts}
    faults = [f"{name} is paired {times} times" for name, times in Counter(pair.mentee for pair in chosen).items() if times > 1]
    taken = Counter(pair.mentor for pair in chosen)
    faults += [f"{name} has {times} mentees" for name, times in taken.items() if times > mentors[name].most]
    points = 0
    for pair in chosen:
        mentee, mentor = mentees[pair.mentee], mentors[pair.mentor]
        points += points_of(mentee, mentor)
        faults += [f"{pair.mentee} and {pair.mentor}: {rule}" for rule in broken(mentee, mentor, past)]
    return Judged(len(chosen), points, tuple(faults))


def broken(mentee: Person, mentor: Person, past: set[frozenset[str]]) -> Iterator[str]:
    """Name the rules that forbid a pair; `past` are the two ids of each fact."""
    if frozenset((mentee.id, mentor.id)) in past:
        yield "past"
    if mentee.answers.get("line_manager") == mentor.answers["email"]:
        yield "line_manager"
    if not _shared(mentee, "languages", mentor, "languages"):
        yield "language"
    if _number(mentor, "years") - _number(mentee, "years") < LEAST_GAP:
        yield "experience"


def points_of(mentee: Person, mentor: Person) -> int:
    """Add up the criteria of `cohorts.POLICY` for one pair, forbidden or not. Units: weight × thousandths, rounded down each."""
    fits = {
        "specialties": _thousandths(_shared(mentee, "needs", mentor, "offers"), _count(mentee, "needs")),
        "goals": _thousandths(_shared(mentee, "goals", mentor, "strengths"), _count(mentee, "goals")),
        "hours": _thousandths(_shared(mentee, "availability", mentor, "availability"), 4),
        "wishes": _wish(mentee, mentor),
        "region": 1000 * ("region" in mentee.answers and mentee.answers["region"] == mentor.answers["region"]),
        "setting": _nearness(mentee, mentor),
    }
    return sum(WEIGHTS[name] * fit for name, fit in fits.items())


def _thousandths(amount: int, whole: int) -> int:
    return 1000 * min(amount, whole) // whole


def _wish(mentee: Person, mentor: Person) -> int:
    wishes = mentee.answers.get("wishes", ())
    return _thousandths(3 - wishes.index(mentor.id), 3) if isinstance(wishes, tuple) and mentor.id in wishes else 0


def _nearness(mentee: Person, mentor: Person) -> int:
    if "setting" not in mentee.answers:
        return 0
    order = list(SETTINGS)
    steps = abs(order.index(str(mentee.answers["setting"])) - order.index(str(mentor.answers["setting"])))
    return _thousandths(len(order) - 1 - steps, len(order) - 1)


def _shared(one: Person, question: str, other: Person, other_question: str) -> int:
    return len(_several(one, question) & _several(other, other_question))


def _count(person: Person, question: str) -> int:
    return len(_several(person, question))


def _several(person: Person, question: str) -> frozenset[str]:
    answer = person.answers[question]
    return answer if isinstance(answer, frozenset) else frozenset()


def _number(person: Person, question: str) -> int:
    answer = person.answers[question]
    return answer if isinstance(answer, int) else 0
