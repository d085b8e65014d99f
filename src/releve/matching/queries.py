"""Reads for those who pair: who waits, who has room, what the last run suggests."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max, Prefetch

from releve.enrolment.models import Participant, ParticipantQuerySet
from releve.enrolment.queries import PROFILING, agreeing
from releve.people.models import Person
from releve.programs.models import Cohort
from releve.relationships.models import Membership
from releve.relationships.queries import still_seeking, with_places_left, with_room

from .bridge import side_of
from .engine import PairExplained, Reader, Side, explain_pair, read_problem
from .looking_back import Fit, Reach, fits_in, reaches_in
from .models import Decision, Run


@dataclass(frozen=True)
class Suggestion:
    """One pair the engine suggests, with the parts of its score for the committee."""

    mentee: Participant
    mentor: Participant
    fit: Fit


@dataclass(frozen=True)
class Unpaired:
    """A mentee for whom the engine found nobody, and which rules stood in the way."""

    mentee: Participant
    reach: Reach


@dataclass(frozen=True)
class Suggestions:
    """What a run still suggests: pairs whose members both wait, and those left without anybody."""

    pairs: list[Suggestion]
    unpaired: list[Unpaired]


def switched_on(cohort: Cohort, *, but: Person) -> list[UUID]:
    """Return the participants who switched suggestions on and have room, `but` somebody's own places. Order: by name."""
    return list(_switched_on(cohort).exclude(person=but).values_list("pk", flat=True))


def places_of(cohort: Cohort, person: Person) -> set[UUID]:
    """Return a person's own places in a cohort."""
    return set(cohort.participants.filter(person=person).values_list("pk", flat=True))


def has_moved_on(run: Run, *, reader: Person) -> bool:
    """Say whether others than the reader came, were introduced or left since a run compared everybody."""
    compared = {UUID(participant) for participant in run.people.values()} - places_of(run.cohort, reader)
    return compared != set(switched_on(run.cohort, but=reader))


def open_to_suggestions(cohort: Cohort) -> list[tuple[Participant, int]]:
    """Return those who switched suggestions on, with the places they have left and what a run compares. Order: by name."""
    memberships = Prefetch("memberships", Membership.objects.select_related("relationship"))
    found = with_places_left(_switched_on(cohort), cohort).select_related("person", "registration").prefetch_related("wishes", memberships)
    return [(participant, participant.room) for participant in found]


def _switched_on(cohort: Cohort) -> ParticipantQuerySet:
    seeking = still_seeking(cohort.participants.all(), cohort)
    return with_room(agreeing(seeking, cohort, PROFILING), cohort).order_by("sort_name", "pk")


def latest_run(cohort: Cohort) -> Run | None:
    """Return the newest run that has an answer, without its inputs and its proof, which are long."""
    return cohort.runs.done().defer("problem", "result").order_by("-number").first()


def newest_number(cohort: Cohort) -> int:
    """Return the number of the newest run, with an answer or not; 0 before the first."""
    return cohort.runs.aggregate(Max("number"))["number__max"] or 0


def still_waiting(run: Run, open_to: Iterable[UUID]) -> list[Fit | Reach]:
    """Read a run again: the pairs of which both members are still open to suggestions, then the mentees without a mentor.

    Order: best fit first, then as in `open_to`.
    """
    places = {str(participant): place for place, participant in enumerate(open_to)}
    among = {local: places[participant] for local, participant in run.people.items() if participant in places}
    fits = sorted(fits_in(run.looked_back, among), key=lambda fit: (-(fit.shown or 0), among[fit.mentee]))
    return [*fits, *sorted(reaches_in(run.looked_back, among), key=lambda reach: among[reach.mentee])]


def with_people(run: Run, found: Sequence[Fit | Reach]) -> Suggestions:
    """Put people behind the run-local ids of some of what a run suggests."""
    locals_ = {local for one in found for local in (one.mentee, getattr(one, "mentor", one.mentee))}
    people = (
        run.cohort.participants.select_related("person")
        .only("cohort", "person__name")
        .in_bulk([UUID(run.people[local]) for local in locals_])
    )
    behind = {local: people[UUID(run.people[local])] for local in locals_}
    return Suggestions(
        pairs=[Suggestion(behind[one.mentee], behind[one.mentor], one) for one in found if isinstance(one, Fit)],
        unpaired=[Unpaired(behind[one.mentee], one) for one in found if isinstance(one, Reach)],
    )


def suggestions_of(run: Run, *, reader: Person) -> Suggestions:
    """Return everything that a run still suggests, explained to the committee.

    Staff who take part read nothing of what the engine says about themselves.
    """
    return with_people(run, still_waiting(run, switched_on(run.cohort, but=reader)))


def suggestion_between(cohort: Cohort, mentee: Participant, mentor: Participant) -> tuple[Run | None, PairExplained | None]:
    """Return how the newest run sees two people, and the run itself where it suggested them to each other.

    Both are None for people who had not switched suggestions on: the machine says nothing about them.
    """
    run = latest_run(cohort)
    if run is None:
        return None, None
    local = {participant: name for name, participant in run.people.items()}
    one, other = local.get(str(mentee.pk)), local.get(str(mentor.pk))
    agreed = _switched_on(cohort).filter(pk__in=[mentee.pk, mentor.pk]).count()
    if one is None or other is None or agreed < len({mentee.pk, mentor.pk}):
        return None, None
    explained = explain_pair(read_problem(run.problem, only={one, other}), one, other, reader=Reader.COMMITTEE)
    chosen = any((fit.mentee, fit.mentor) == (one, other) for fit in fits_in(run.looked_back, {one, other}))
    return (run if chosen else None), explained


def explained_to(membership: Membership, partner: Membership) -> PairExplained | None:
    """Explain a suggested pair to one of its members: only what the program explains to members, nobody else's answers.

    None for a pair that people brought together without a suggestion.
    """
    decision = Decision.objects.filter(relationship=membership.relationship_id).select_related("run").first()
    run = decision.run if decision else None
    if run is None:
        return None
    local = {participant: name for name, participant in run.people.items()}
    mine, other = local.get(str(membership.participant_id)), local.get(str(partner.participant_id))
    if mine is None or other is None:
        return None
    side = side_of(membership.participant.cohort.definition, membership.role)
    two = (mine, other) if side is Side.MENTEE else (other, mine)
    return explain_pair(read_problem(run.problem), *two, reader=Reader(side))
