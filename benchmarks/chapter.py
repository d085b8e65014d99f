"""One cohort in mid-year, as large as asked, and the people who read its pages. Import it once Django runs."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from benchmarks.crowd import MENTEE, MENTOR, Crowd
from releve.core.bilingual import Text
from releve.enrolment.models import Participant
from releve.matching.actions import run_suggestions
from releve.matching.queries import still_waiting, switched_on
from releve.people.models import Organization, Person
from releve.people.roles import Duty
from releve.programs.actions import adopt_blueprint
from releve.programs.models import Appointment, Cohort
from releve.relationships.models import Relationship, State

ROLES = (MENTOR, MENTEE, MENTOR, MENTEE, MENTEE, MENTOR, MENTEE)
PEOPLE = {  # in a hundred people of a cohort in mid-year
    Participant.State.STARTED: 2,
    Participant.State.INVITED: 6,
    Participant.State.REGISTERED: 86,
    Participant.State.WAITING: 2,
    Participant.State.REFUSED: 1,
    Participant.State.WITHDRAWN: 3,
}
PAIRS = {
    State.PROPOSED: 3,
    State.INTRODUCED: 8,
    State.ACCEPTED: 8,
    State.CONFIRMED: 66,
    State.PAUSED: 2,
    State.ENDED: 6,
    State.COMPLETED: 3,
    State.DISSOLVED: 4,
}
PAIRED = 0.8  # of the mentors
ASKING = 0.01  # of the pairs, for help
ANSWERING = 0.6  # of those asked for an evaluation
EVENTS_EACH = 3  # lines of the log per person


@dataclass(frozen=True)
class Built:
    """The cohort and the people whose pages are measured."""

    cohort: Cohort
    coordinator: Person
    paired: Person
    waiting: Person
    suggested: tuple[UUID, UUID]  # mentee and mentor


def build(people: int, *, seed: int = 2026) -> Built:
    """Fill a cohort: three in seven mentor, four mentors in five have a pair, the engine has suggested more."""
    now = timezone.now()
    coordinator = Person.objects.create_user("amina@example.org", name="Amina Diallo", language="fr")
    cohort = _found(coordinator, now)
    crowd = Crowd(cohort, seed=seed, now=now)
    Appointment.objects.bulk_create(
        Appointment(program=cohort.program, person=person, duty=Duty.COMMITTEE) for person in crowd.people(6, language="fr")
    )
    registered = [one for one in crowd.register(people, roles=ROLES, states=PEOPLE) if one.state == Participant.State.REGISTERED]
    mentors = [one for one in registered if one.role == MENTOR and crowd.chance.random() < PAIRED]
    mentees = [one for one in registered if one.role == MENTEE]
    pairs = crowd.pair(zip(mentors, mentees, strict=False), states=PAIRS, asking=ASKING)
    crowd.evaluate(pairs, answering=ANSWERING)
    crowd.log(EVENTS_EACH * people)
    run = run_suggestions(cohort, by=coordinator, seed=seed, now=now)
    best = still_waiting(run, switched_on(cohort, but=coordinator))[0]
    return Built(
        cohort,
        coordinator,
        paired=_member(next(pair for pair in pairs if pair.state == State.CONFIRMED)),
        waiting=mentees[-1].person,
        suggested=(UUID(run.people[best.mentee]), UUID(run.people[best.mentor])),
    )


def _found(coordinator: Person, now: dt.datetime) -> Cohort:
    Organization.objects.create(name=Text("Section du Québec", "Quebec Chapter"), contact_email="bonjour@example.org")
    program = adopt_blueprint("cchl_quebec", by=coordinator)
    starts_on = timezone.localdate(now) - dt.timedelta(days=120)
    return Cohort.objects.create(
        program=program,
        version=program.versions.get(),
        slug="2026",
        name=Text("2026-2027", "2026–2027"),
        starts_on=starts_on,
        ends_on=starts_on + dt.timedelta(days=300),
        state=Cohort.State.OPEN,
    )


def _member(pair: Relationship) -> Person:
    return pair.memberships.select_related("participant__person").get(role=MENTEE).participant.person
