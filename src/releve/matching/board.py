"""The rows of the pairing board: what the newest run gives to those who still wait, narrowed and ordered as the reader asks."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from releve.enrolment.listing import facet_questions
from releve.enrolment.models import Facet, Participant
from releve.people.models import Person
from releve.programs.models import Cohort

from .fairness import Fairness, fairness_of
from .looking_back import Fit, Reach, fits_in, reaches_in
from .models import Adjustment, Run
from .queries import places_of, switched_on

BEST, WORST, NAME = "-fit", "fit", "mentee"
ORDERS = (BEST, WORST, NAME)


@dataclass(frozen=True)
class Row:
    """One mentee of a run, with the mentor suggested or the reach of somebody without one.

    `taken` of `places`: what this run gives the mentor, and what they had left before it. `kept`: the committee's own doing.
    """

    mentee: Participant
    mentor: Participant | None = None
    fit: Fit | None = None
    reach: Reach | None = None
    kept: Adjustment | None = None
    taken: int = 0
    places: int = 0


@dataclass(frozen=True)
class Narrowed:
    """What a reader asked to see: answers by question, adjusted or unpaired people alone, and the order."""

    facets: Mapping[str, str]
    shown: str = ""
    order: str = BEST


@dataclass(frozen=True)
class Board:
    """What a run still says to one reader, under run-local ids: `said` is narrowed and in order, `fits` and `reaches` are all."""

    run: Run
    said: list[Fit | Reach]
    fits: list[Fit]
    reaches: list[Reach]
    standing: Mapping[tuple[str, str], Adjustment]
    mentors: frozenset[str]
    beside_reader: frozenset[str]  # mentees whom it gives to the reader, who reads nothing of it

    @property
    def mentees(self) -> int:
        return len({fit.mentee for fit in self.fits}) + len(self.reaches)

    @property
    def paired(self) -> int:
        return len({fit.mentee for fit in self.fits})


def board_of(run: Run, narrowed: Narrowed, *, reader: Person) -> Board:
    """Read the run for somebody who pairs. Staff who take part read nothing of what the engine says about themselves."""
    local = {UUID(participant): name for name, participant in run.people.items()}
    ordered = [local[pk] for pk in switched_on(run.cohort, but=reader) if pk in local]
    place = {name: index for index, name in enumerate(ordered)}
    fits, reaches = fits_in(run.looked_back, place), reaches_in(run.looked_back, place)
    standing = {
        (local[one.mentee_id], local[one.mentor_id]): one
        for one in run.cohort.adjustments.standing().select_related("by")
        if one.mentee_id in local and one.mentor_id in local
    }
    found = [one for one in [*fits, *reaches] if _is_shown(one, narrowed.shown, standing)]
    if narrowed.facets:
        among = {local[pk] for pk in _with_facets(run.cohort, narrowed.facets) if pk in local}
        found = [one for one in found if one.mentee in among or (isinstance(one, Fit) and one.mentor in among)]
    mentors = frozenset(place) & run.looked_back.get("places", {}).keys()
    return Board(run, _in_order(found, narrowed.order, place), fits, reaches, standing, mentors, mentees_beside(run, reader))


def mentees_beside(run: Run, reader: Person) -> frozenset[str]:
    """Return the mentees whom a run gives to its reader, who reads nothing of it."""
    own = {pk.hex for pk in places_of(run.cohort, reader)}
    return frozenset(mentee for mentee, mentor, *_rest in run.looked_back["pairs"] if mentor in own)


def rows_of(board: Board, found: Iterable[Fit | Reach]) -> list[Row]:
    """Put people behind the ids of some of what a run says."""
    listed = list(found)
    run = board.run
    ids = {local for one in listed for local in (one.mentee, getattr(one, "mentor", one.mentee))}
    people = run.cohort.participants.select_related("person").only("cohort", "role", "person__name")
    behind = people.in_bulk([UUID(run.people[local]) for local in ids])
    taken = Counter(fit.mentor for fit in board.fits)
    places: Mapping[str, int] = run.looked_back.get("places", {})

    def row(one: Fit | Reach) -> Row:
        mentee = behind[UUID(run.people[one.mentee])]
        if isinstance(one, Reach):
            return Row(mentee, reach=one)
        mentor = behind[UUID(run.people[one.mentor])]
        kept = board.standing.get((one.mentee, one.mentor))
        return Row(mentee, mentor, fit=one, kept=kept, taken=taken[one.mentor], places=places.get(one.mentor, 1))

    return [row(one) for one in listed]


def fairness_for(board: Board) -> Fairness:
    """Sum up the run for its reader, from the rows that they may see."""
    definition, run = board.run.cohort.definition, board.run
    local = {UUID(participant): name for name, participant in run.people.items()}
    questions = [question.id for question in facet_questions(definition.intake_form) if question.type == "choice"]
    mentees = {one.mentee for one in [*board.fits, *board.reaches]}
    answers: dict[str, list[tuple[str, str]]] = {}
    facets = Facet.objects.filter(participant__cohort=run.cohort, question__in=questions)
    for participant, question, value in facets.values_list("participant", "question", "value"):
        if (name := local.get(participant, "")) in mentees:
            answers.setdefault(name, []).append((question, value))
    wishes = next((criterion.id for criterion in definition.pairing.criteria if criterion.kind == "wishes"), "")
    mentors = [name for name, places in run.looked_back.get("places", {}).items() if places and name in board.mentors]
    return fairness_of(board.fits, board.reaches, mentors, answers, wishes)


def _is_shown(one: Fit | Reach, shown: str, standing: Mapping[tuple[str, str], Any]) -> bool:
    if shown == "unpaired":
        return isinstance(one, Reach)
    if shown == "locked":
        return isinstance(one, Fit) and (one.mentee, one.mentor) in standing
    return True


def _with_facets(cohort: Cohort, facets: Mapping[str, str]) -> Collection[UUID]:
    found = cohort.participants.all()
    for question, value in facets.items():
        found = found.filter(pk__in=Facet.objects.filter(question=question, value=value).values("participant"))
    return set(found.values_list("pk", flat=True))


def _in_order(found: list[Fit | Reach], order: str, place: Mapping[str, int]) -> list[Fit | Reach]:
    """Order by fit, those without anybody last (first when the worst come first); or by name."""
    if order == NAME:
        return sorted(found, key=lambda one: place[one.mentee])
    sign = 1 if order == WORST else -1
    return sorted(found, key=lambda one: (sign * _shown(one), place[one.mentee]))


def _shown(one: Fit | Reach) -> int:
    return -1 if isinstance(one, Reach) else one.shown or 0
