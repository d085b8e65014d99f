"""Ten thousand invented people in one cohort in mid-year, and their pairs. Import it once Django runs."""

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.text import slugify

from releve.core.bilingual import Text
from releve.enrolment import listing
from releve.enrolment.models import Participant, ParticipantConsent, Wish
from releve.matching.actions import run_suggestions
from releve.matching.queries import still_waiting, switched_on
from releve.meetings.models import Attendance, Meeting
from releve.people.models import Organization, Person
from releve.people.roles import Duty
from releve.programs.actions import adopt_blueprint
from releve.programs.models import Appointment, Cohort
from releve.questionnaires import actions as questionnaires
from releve.questionnaires.models import Response
from releve.relationships.models import HelpRequest, Membership, Relationship, Requirement, State, StateChange, Term

BATCH = 1000
MENTOR, MENTEE = "mentor", "mentee"
NAMES = """
Amina Benoît Chloé Dan Élise François Geneviève Hélène Ibrahim Jean-Philippe Karine Łukasz Marie-Ève Nadia Olivier Priya Zoé
Archambault Bélanger Côté Desrosiers Fortin Hébert Ishikawa Jolicœur Kowalski Lévesque MacDonald Nguyen Ouellet St-Onge Ünal Xu Youssef
"""
GIVEN, FAMILY = (line.split() for line in NAMES.split("\n")[1:3])
WORK = ["CIUSSS de l’Estuaire", "CISSS de la Rivière-aux-Outardes", "Mount Alder General Hospital", "Centre hospitalier du Mont-Cendré"]
SENTENCE = "J’aimerais prendre du recul, apprendre à déléguer et parler franchement de ce qui ne va pas dans mon équipe. "
STATES = {  # in a hundred pairs of a cohort in mid-year
    State.PROPOSED: 3,
    State.INTRODUCED: 8,
    State.ACCEPTED: 8,
    State.CONFIRMED: 66,
    State.PAUSED: 2,
    State.ENDED: 6,
    State.COMPLETED: 3,
    State.DISSOLVED: 4,
}


@dataclass(frozen=True)
class Built:
    """The cohort and the people whose pages are measured."""

    cohort: Cohort
    coordinator: Person
    paired: Person
    waiting: Person
    suggested: tuple[UUID, UUID]  # mentee and mentor


def build(people: int, *, seed: int = 2026) -> Built:
    """Fill a cohort with plausible people: three in seven mentor, four in five pairs possible have formed, more are suggested.

    The same seed gives the same people.
    """
    chance, now = random.Random(seed), timezone.now()  # noqa: S311  nobody's secret
    Organization.objects.create(name=Text("Section du Québec", "Quebec Chapter"), contact_email="bonjour@example.org")
    coordinator = Person.objects.create_user("amina@example.org", name="Amina Diallo", language="fr")
    program = adopt_blueprint("cchl_quebec", by=coordinator)
    starts_on = timezone.localdate(now) - dt.timedelta(days=120)
    cohort = Cohort.objects.create(
        program=program,
        version=program.versions.get(),
        slug="2026",
        name=Text("2026-2027", "2026–2027"),
        starts_on=starts_on,
        ends_on=starts_on + dt.timedelta(days=300),
        state=Cohort.State.OPEN,
    )
    Appointment.objects.bulk_create(
        Appointment(program=program, person=_account(chance, n, "committee"), duty=Duty.COMMITTEE) for n in range(6)
    )
    participants = _register(cohort, people, chance, now)
    paired = _pair(cohort, participants, chance, now)
    waiting = [one for one in participants if one.role == MENTEE and one.state == Participant.State.REGISTERED][-1]
    run = run_suggestions(cohort, by=coordinator, seed=seed, now=now)
    best = still_waiting(run, switched_on(cohort, but=coordinator))[0]
    return Built(cohort, coordinator, paired[1].person, waiting.person, (UUID(run.people[best.mentee]), UUID(run.people[best.mentor])))


def _account(chance: random.Random, number: int, kind: str) -> Person:
    name = f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}-{chance.choice(FAMILY)}"
    email = f"{slugify(name)}.{kind}.{number}@example.org"
    person = Person(email=email, name=name, language="fr" if chance.random() < 0.8 else "en")
    person.set_unusable_password()
    if kind == "committee":
        person.save()
    return person


def _register(cohort: Cohort, count: int, chance: random.Random, now: dt.datetime) -> list[Participant]:
    form = cohort.definition.intake_form
    options = {question.id: [option.value for option in question.options] for question in form.flat if question.options}
    version = questionnaires.publish(form)
    people = [_account(chance, number, "person") for number in range(count)]
    Person.objects.bulk_create(people, batch_size=BATCH)
    responses, participants = [], []
    for number, person in enumerate(people):
        role = MENTOR if number % 7 < 3 else MENTEE
        state = chance.choices(list(Participant.State), weights=[2, 6, 86, 2, 1, 3])[0]
        confirmed = state not in {Participant.State.STARTED, Participant.State.INVITED}
        since = now - dt.timedelta(days=chance.randint(150, 290))
        response = Response(form=version, owner=person, visibility=str(form.visibility), revision=1, saved_at=since)
        response.plain_answers = _answers(chance, person, role, options)
        response.submitted_at = since if confirmed else None
        responses.append(response)
        participant = Participant(cohort=cohort, person=person, role=role, state=state, registration=response, created_at=since)
        participant.confirmed_at = since if confirmed else None
        participant.withdrawn_at = since if state == Participant.State.WITHDRAWN else None
        participant.shown_answers = ["title", "organization", "region", "career"]
        participants.append(participant)
    Response.objects.bulk_create(responses, batch_size=BATCH)
    Participant.objects.bulk_create(participants, batch_size=BATCH)
    ParticipantConsent.objects.bulk_create(_consents(participants, chance, now), batch_size=BATCH)
    listing.refresh(participants, now=now)
    Wish.objects.bulk_create(_wishes(participants, chance), batch_size=BATCH)
    return participants


def _answers(chance: random.Random, person: Person, role: str, options: dict[str, list[str]]) -> dict[str, Any]:
    given, _space, family = person.name.rpartition(" ")
    free = [f"{day}_{part}" for day in ("mon", "tue", "wed", "thu", "fri") for part in ("noon", "evening")]
    answers: dict[str, Any] = {
        "role": role,
        "given_name": given,
        "family_name": family,
        "email": person.email,
        "phone": f"418 555-{chance.randint(100, 9999):04}",
        "title": "Cheffe de service",
        "organization": chance.choice(WORK),
        "years_experience": str(chance.randint(1, 35)),
        "motivations": SENTENCE * 3,
        "expectations": SENTENCE,
        "career": SENTENCE * 4,
        "availability": chance.sample(free, 3),
        "line_manager": f"chef.{chance.randint(1, 400)}@example.org",
    }
    answers |= {name: chance.choice(options[name]) for name in ("language", "profession", "region", "setting")}
    answers |= {name: chance.sample(options[name], 3) for name in ("areas", "style")}
    answers["mode"] = chance.sample(options["mode"], 2)
    extra = {"offers": SENTENCE * 2, "places": chance.randint(1, 3)} if role == MENTOR else {"seeks": SENTENCE, "objectives": SENTENCE}
    return answers | extra


def _consents(participants: Sequence[Participant], chance: random.Random, now: dt.datetime) -> Iterator[ParticipantConsent]:
    for participant in participants:
        if participant.confirmed_at:
            purposes = ["participation", *(purpose for purpose in ("suggestions", "directory") if chance.random() < 0.7)]
            for purpose in purposes:
                yield ParticipantConsent(
                    participant=participant, purpose=purpose, text=SENTENCE * 3, text_digest="0" * 64, language="fr", given_at=now
                )


def _wishes(participants: Sequence[Participant], chance: random.Random) -> Iterator[Wish]:
    mentors = [one for one in participants if one.role == MENTOR and one.confirmed_at]
    for mentee in participants:
        if mentee.role == MENTEE and mentee.confirmed_at and chance.random() < 0.4:
            for rank, wished in enumerate(chance.sample(mentors, 2), start=1):
                yield Wish(participant=mentee, wished=wished, rank=rank)


def _pair(cohort: Cohort, participants: Sequence[Participant], chance: random.Random, now: dt.datetime) -> list[Participant]:
    """Bring people together as a year would have; return the first confirmed pair, mentor first."""
    free = {role: [one for one in participants if one.role == role and one.state == "registered"] for role in (MENTOR, MENTEE)}
    rows = _Rows()
    first: list[Participant] = []
    for mentor, mentee in zip(free[MENTOR], free[MENTEE], strict=False):
        if chance.random() < 0.8:
            state = chance.choices(list(STATES), weights=list(STATES.values()))[0]
            rows.add(cohort, state, (mentor, mentee), chance, now)
            if state == State.CONFIRMED and not first:
                first = [mentor, mentee]
    rows.save()
    return first


class _Rows:
    """Everything that pairs leave in the database, saved at once. What members write sealed is left out: lists never read it."""

    def __init__(self) -> None:
        self.by_model: dict[type, list] = {}

    def _keep(self, row: Any) -> Any:
        self.by_model.setdefault(type(row), []).append(row)
        return row

    def save(self) -> None:
        for model in (Relationship, Term, Membership, StateChange, Requirement, HelpRequest, Meeting, Attendance):
            model.objects.bulk_create(self.by_model.get(model, []), batch_size=BATCH)

    def add(self, cohort: Cohort, state: State, members: Sequence[Participant], chance: random.Random, now: dt.datetime) -> None:
        met = now - dt.timedelta(days=chance.randint(60, 140))
        settled = state not in {State.PROPOSED, State.INTRODUCED, State.DISSOLVED}
        confirmed = settled and state != State.ACCEPTED
        over = state in {State.ENDED, State.COMPLETED, State.DISSOLVED}
        relationship = self._keep(
            Relationship(
                program=cohort.program,
                state=state,
                created_at=met,
                language="fr",
                introduced_at=met if state != State.PROPOSED else None,
                answer_by=now + dt.timedelta(days=chance.randint(1, 20)) if state == State.INTRODUCED else None,
                accepted_at=met + dt.timedelta(days=10) if settled else None,
                confirmed_at=met + dt.timedelta(days=25) if confirmed else None,
                ended_at=now - dt.timedelta(days=5) if over else None,
                ending={State.ENDED: "goals_met", State.COMPLETED: "term"}.get(state, ""),
            )
        )
        self._keep(Term(relationship=relationship, cohort=cohort))
        self._keep(StateChange(relationship=relationship, move="form", state=State.PROPOSED, created_at=met))
        memberships = [
            self._keep(Membership(relationship=relationship, participant=one, role=one.role, joined_at=met, created_at=met))
            for one in members
        ]
        if confirmed:
            for membership in memberships:
                self._keep(Requirement(membership=membership, key="sign:commitment"))
            self._meetings(relationship, memberships, chance, met, now)
        if settled and chance.random() < 0.01:
            self._keep(HelpRequest(membership=memberships[1], contact="committee", text=SENTENCE, created_at=now))

    def _meetings(
        self, relationship: Relationship, memberships: Sequence[Membership], chance: random.Random, met: dt.datetime, now: dt.datetime
    ) -> None:
        """Note two to six meetings; one pair in twenty has not met for long."""
        silent = chance.random() < 0.05
        for number in range(1 if silent else chance.randint(2, 6)):
            starts_at = met + dt.timedelta(days=12) if silent else now - dt.timedelta(days=3 + 14 * number, hours=chance.randint(0, 9))
            meeting = self._keep(
                Meeting(
                    relationship=relationship,
                    joint_key=relationship.pk,
                    starts_at=starts_at,
                    minutes=90,
                    way=Meeting.Way.VIDEO,
                    state=Meeting.State.HELD,
                    agreed_minutes=90,
                )
            )
            for membership in memberships:
                self._keep(Attendance(meeting=meeting, membership=membership, minutes=90, confirmed_at=starts_at))
