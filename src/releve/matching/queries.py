"""Reads for those who pair: who waits, who has room, what the last run suggests."""

from dataclasses import dataclass

from releve.enrolment.models import Participant
from releve.enrolment.queries import PROFILING, agreeing
from releve.people.models import Person
from releve.programs.models import Cohort
from releve.relationships.queries import with_open_count

from .engine import PairExplained, ReachExplained, Reader, explain_pair, explain_reach, read_problem, read_result
from .models import Run


@dataclass(frozen=True)
class Suggestion:
    """One pair the engine suggests, with the parts of its score for the committee."""

    mentee: Participant
    mentor: Participant
    explained: PairExplained


@dataclass(frozen=True)
class Unpaired:
    """A mentee for whom the engine found nobody, and which rules stood in the way."""

    mentee: Participant
    reach: ReachExplained


@dataclass(frozen=True)
class Suggestions:
    """What one run still suggests: pairs whose members both wait, and those left without anybody."""

    run: Run
    pairs: list[Suggestion]
    unpaired: list[Unpaired]


def open_to_suggestions(cohort: Cohort) -> list[tuple[Participant, int]]:
    """Return those who switched suggestions on and have room, with the places left. Order: by name."""
    agreed = with_open_count(agreeing(cohort.participants.all(), cohort, PROFILING))
    agreed = agreed.select_related("person", "registration", "cohort__version").prefetch_related("wishes", "memberships__relationship")
    found = [(participant, participant.places - participant.open_count) for participant in agreed.order_by("person__name", "pk")]
    return [(participant, places) for participant, places in found if places > 0]


def latest_run(cohort: Cohort) -> Run | None:
    return cohort.runs.order_by("-number").first()


def suggestions_of(run: Run, *, reader: Person) -> Suggestions:
    """Read a run again: the pairs of which both members still have room, explained to the committee.

    Staff who take part read nothing of what the engine says about themselves.
    """
    problem, result = read_problem(run.problem), read_result(run.result)
    free = (participant for participant, _places in open_to_suggestions(run.cohort))
    waiting = {str(participant.pk): participant for participant in free if participant.person_id != reader.pk}
    behind = {local: waiting.get(participant) for local, participant in run.people.items()}
    pairs = [
        Suggestion(mentee, mentor, explain_pair(problem, paired.mentee, paired.mentor, reader=Reader.COMMITTEE))
        for paired in result.pairs
        if (mentee := behind.get(paired.mentee)) and (mentor := behind.get(paired.mentor))
    ]
    unpaired = [
        Unpaired(mentee, explain_reach(problem, local, reader=Reader.COMMITTEE))
        for local in result.unpaired
        if (mentee := behind.get(local))
    ]
    pairs.sort(key=lambda suggestion: (-(suggestion.explained.shown or 0), suggestion.mentee.person.name))
    return Suggestions(run, pairs, unpaired)


def suggestion_between(cohort: Cohort, mentee: Participant, mentor: Participant) -> tuple[Run | None, PairExplained | None]:
    """Return how the newest run sees two people, and the run itself where it suggested them to each other.

    Both are None for people who had not switched suggestions on: the machine says nothing about them.
    """
    run = latest_run(cohort)
    if run is None:
        return None, None
    local = {participant: name for name, participant in run.people.items()}
    one, other = local.get(str(mentee.pk)), local.get(str(mentor.pk))
    agreed = {participant.pk for participant, _places in open_to_suggestions(cohort)}
    if one is None or other is None or not {mentee.pk, mentor.pk} <= agreed:
        return None, None
    explained = explain_pair(read_problem(run.problem), one, other, reader=Reader.COMMITTEE)
    chosen = any((paired.mentee, paired.mentor) == (one, other) for paired in read_result(run.result).pairs)
    return (run if chosen else None), explained
