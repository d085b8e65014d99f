"""Reads for those who pair: who waits, who has room, what the last run suggests."""

from dataclasses import dataclass

from django.db.models import Prefetch

from releve.enrolment.models import Participant, ParticipantQuerySet
from releve.enrolment.queries import PROFILING, agreeing
from releve.people.models import Person
from releve.programs.models import Cohort
from releve.relationships.models import Membership
from releve.relationships.queries import with_room

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


def switched_on(cohort: Cohort) -> ParticipantQuerySet:
    """Return those who switched suggestions on and have `room`. Order: by name."""
    return with_room(agreeing(cohort.participants.all(), cohort, PROFILING), cohort).order_by("sort_name", "pk")


def open_to_suggestions(cohort: Cohort) -> list[tuple[Participant, int]]:
    """Return those who switched suggestions on, with the places they have left and what a run compares. Order: by name."""
    memberships = Prefetch("memberships", Membership.objects.select_related("relationship"))
    found = switched_on(cohort).select_related("person", "registration").prefetch_related("wishes", memberships)
    return [(participant, participant.room) for participant in found]


def latest_run(cohort: Cohort) -> Run | None:
    return cohort.runs.order_by("-number").first()


def suggestions_of(run: Run, *, reader: Person) -> Suggestions:
    """Read a run again: the pairs of which both members still have room, explained to the committee.

    Staff who take part read nothing of what the engine says about themselves.
    """
    problem, result = read_problem(run.problem), read_result(run.result)
    free = switched_on(run.cohort).exclude(person=reader).select_related("person")
    waiting = {str(participant.pk): participant for participant in free}
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
    agreed = switched_on(cohort).filter(pk__in=[mentee.pk, mentor.pk]).count()
    if one is None or other is None or agreed < len({mentee.pk, mentor.pk}):
        return None, None
    explained = explain_pair(read_problem(run.problem), one, other, reader=Reader.COMMITTEE)
    chosen = any((paired.mentee, paired.mentor) == (one, other) for paired in read_result(run.result).pairs)
    return (run if chosen else None), explained
