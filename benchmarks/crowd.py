"""Invented people, written in bulk into one cohort of the chapter's program. Import it once Django runs."""

import datetime as dt
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from django.utils.text import slugify

from releve.audit.models import Event
from releve.enrolment import listing
from releve.enrolment.models import Participant, ParticipantConsent, Wish
from releve.meetings.models import Attendance, Meeting
from releve.people.models import Person
from releve.programs.models import Cohort
from releve.questionnaires import actions as questionnaires
from releve.questionnaires.models import Response
from releve.relationships.models import HelpRequest, Membership, Relationship, Requirement, State, StateChange, Term
from releve.surveys.models import Receipt, SurveyResponse

BATCH = 1000
MENTOR, MENTEE = "mentor", "mentee"
NAMES = """
Amina Benoît Chloé Dan Élise François Geneviève Hélène Ibrahim Jean-Philippe Karine Łukasz Marie-Ève Nadia Olivier Priya Zoé
Archambault Bélanger Côté Desrosiers Fortin Hébert Ishikawa Jolicœur Kowalski Lévesque MacDonald Nguyen Ouellet St-Onge Ünal Xu Youssef
"""
GIVEN, FAMILY = (line.split() for line in NAMES.split("\n")[1:3])
WORK = ["CIUSSS de l’Estuaire", "CISSS de la Rivière-aux-Outardes", "Mount Alder General Hospital", "Centre hospitalier du Mont-Cendré"]
SENTENCE = "J’aimerais prendre du recul, apprendre à déléguer et parler franchement de ce qui ne va pas dans mon équipe. "
Weights = Mapping[Any, int]
REGISTERED: Weights = {Participant.State.REGISTERED: 1}

_numbers = count(1)


class Crowd:
    """Fills one cohort. The same seed gives the same people."""

    def __init__(self, cohort: Cohort, *, seed: int, now: dt.datetime) -> None:
        self.cohort = cohort
        self.now = now
        self.chance = random.Random(seed)  # noqa: S311  nobody's secret

    # --- people

    def people(self, how_many: int, *, language: str = "") -> list[Person]:
        """Open accounts without a password."""
        made = [self._account(language) for _each in range(how_many)]
        return Person.objects.bulk_create(made, batch_size=BATCH)

    def _account(self, language: str) -> Person:
        name = f"{self.chance.choice(GIVEN)} {self.chance.choice(FAMILY)}-{self.chance.choice(FAMILY)}"
        email = f"{slugify(name)}.{next(_numbers)}@example.org"
        person = Person(email=email, name=name, language=language or ("fr" if self.chance.random() < 0.8 else "en"))
        person.set_unusable_password()
        return person

    def register(self, how_many: int, *, roles: Sequence[str] = (MENTOR, MENTEE), states: Weights = REGISTERED) -> list[Participant]:
        """Register people, in turn in each role, in states drawn by weight, with answers, agreements and wishes."""
        form = self.cohort.definition.intake_form
        options = {question.id: [option.value for option in question.options] for question in form.flat if question.options}
        version = questionnaires.publish(form)
        responses, participants = [], []
        for number, person in enumerate(self.people(how_many)):
            role, state = roles[number % len(roles)], self.chance.choices(list(states), weights=list(states.values()))[0]
            since = self.now - dt.timedelta(days=self.chance.randint(150, 290))
            sent = since if state not in {Participant.State.STARTED, Participant.State.INVITED} else None
            response = Response(form=version, owner=person, visibility=str(form.visibility), revision=1, saved_at=since, submitted_at=sent)
            response.plain_answers = self._answers(person, role, options)
            responses.append(response)
            participant = Participant(cohort=self.cohort, person=person, role=role, state=state, registration=response, created_at=since)
            participant.confirmed_at = sent
            participant.withdrawn_at = since if state == Participant.State.WITHDRAWN else None
            participant.shown_answers = ["title", "organization", "region", "career"]
            participants.append(participant)
        Response.objects.bulk_create(responses, batch_size=BATCH)
        Participant.objects.bulk_create(participants, batch_size=BATCH)
        ParticipantConsent.objects.bulk_create(self._consents(participants), batch_size=BATCH)
        listing.refresh(participants, now=self.now)
        Wish.objects.bulk_create(self._wishes(participants), batch_size=BATCH)
        return participants

    def _answers(self, person: Person, role: str, options: Mapping[str, list[str]]) -> dict[str, Any]:
        chance = self.chance
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

    def _consents(self, participants: Iterable[Participant]) -> Iterator[ParticipantConsent]:
        for participant in participants:
            optional = [purpose for purpose in ("suggestions", "directory") if self.chance.random() < 0.7]
            for purpose in ["participation", *optional] if participant.confirmed_at else []:
                yield ParticipantConsent(
                    participant=participant, purpose=purpose, text=SENTENCE * 3, text_digest="0" * 64, language="fr", given_at=self.now
                )

    def _wishes(self, participants: Iterable[Participant]) -> Iterator[Wish]:
        confirmed = [one for one in participants if one.confirmed_at]
        mentors = [one for one in confirmed if one.role == MENTOR]
        for mentee in confirmed:
            if mentee.role == MENTEE and len(mentors) > 1 and self.chance.random() < 0.4:
                for rank, wished in enumerate(self.chance.sample(mentors, 2), start=1):
                    yield Wish(participant=mentee, wished=wished, rank=rank)

    # --- pairs

    def pair(self, members: Iterable[Sequence[Participant]], *, states: Weights, asking: float = 0) -> list[Relationship]:
        """Bring people together, each pair in a state drawn by weight, as a year would have left them; a share asks for help."""
        rows = _Rows(self.cohort, self.chance, self.now, asking)
        made = [rows.add(self.chance.choices(list(states), weights=list(states.values()))[0], two) for two in members]
        rows.save()
        return made

    def evaluate(self, relationships: Iterable[Relationship], *, answering: float) -> None:
        """Ask members of some pairs for their evaluation; a share answers."""
        receipts, responses, answered = [], [], []
        survey = {MENTOR: "evaluation_mentor", MENTEE: "evaluation_mentee"}
        versions = {role: questionnaires.publish(self.cohort.definition.form(form)) for role, form in survey.items()}
        members = Membership.objects.filter(relationship__in=[one.pk for one in relationships]).select_related("participant")
        for membership in members:
            receipt = Receipt(cohort=self.cohort, survey=survey[membership.role], membership=membership)
            receipts.append(receipt)
            if self.chance.random() < answering:
                receipt.answered_at = self.now
                response = Response(form=versions[membership.role], owner_id=membership.participant.person_id, visibility="committee")
                response.plain_answers = {"overall": self.chance.randint(4, 10), "fit": self.chance.randint(1, 5), "change": SENTENCE}
                response.saved_at = response.submitted_at = self.now
                responses.append(response)
                answered.append(SurveyResponse(receipt=receipt, response=response))
        for model, rows in ((Receipt, receipts), (Response, responses), (SurveyResponse, answered)):
            model.objects.bulk_create(rows, batch_size=BATCH)

    def log(self, how_many: int, verb: str = "participant.invite") -> None:
        """Write events of the program that nobody in particular made."""
        events = (Event(verb=verb, program_id=self.cohort.program_id, object_type="participant") for _each in range(how_many))
        Event.objects.bulk_create(events, batch_size=BATCH)


class _Rows:
    """Everything that pairs leave in the database, saved at once. What members write sealed is left out: lists never read it."""

    def __init__(self, cohort: Cohort, chance: random.Random, now: dt.datetime, asking: float) -> None:
        self.cohort, self.chance, self.now, self.asking = cohort, chance, now, asking
        self.by_model: dict[type, list] = {}

    def _keep(self, row: Any) -> Any:
        self.by_model.setdefault(type(row), []).append(row)
        return row

    def save(self) -> None:
        for model in (Relationship, Term, Membership, StateChange, Requirement, HelpRequest, Meeting, Attendance):
            model.objects.bulk_create(self.by_model.get(model, []), batch_size=BATCH)

    def add(self, state: State, members: Sequence[Participant]) -> Relationship:
        met = self.now - dt.timedelta(days=self.chance.randint(60, 140))
        settled = state not in {State.PROPOSED, State.INTRODUCED, State.DISSOLVED}
        confirmed = settled and state != State.ACCEPTED
        over = state in {State.ENDED, State.COMPLETED, State.DISSOLVED}
        relationship = self._keep(
            Relationship(
                program_id=self.cohort.program_id,
                state=state,
                created_at=met,
                language="fr",
                introduced_at=met if state != State.PROPOSED else None,
                answer_by=self.now + dt.timedelta(days=self.chance.randint(1, 20)) if state == State.INTRODUCED else None,
                accepted_at=met + dt.timedelta(days=10) if settled else None,
                confirmed_at=met + dt.timedelta(days=25) if confirmed else None,
                ended_at=self.now - dt.timedelta(days=5) if over else None,
                ending={State.ENDED: "goals_met", State.COMPLETED: "term"}.get(state, ""),
            )
        )
        self._keep(Term(relationship=relationship, cohort=self.cohort))
        self._keep(StateChange(relationship=relationship, move="form", state=State.PROPOSED, created_at=met))
        memberships = [
            self._keep(Membership(relationship=relationship, participant=one, role=one.role, joined_at=met, created_at=met))
            for one in members
        ]
        if confirmed:
            for membership in memberships:
                self._keep(Requirement(membership=membership, key="sign:commitment"))
            self._meetings(relationship, memberships, met)
        if settled and self.chance.random() < self.asking:
            self._keep(HelpRequest(membership=memberships[1], contact="committee", text=SENTENCE, created_at=self.now))
        return relationship

    def _meetings(self, relationship: Relationship, memberships: Sequence[Membership], met: dt.datetime) -> None:
        """Note two to six meetings; one pair in twenty has not met for long."""
        silent = self.chance.random() < 0.05
        for number in range(1 if silent else self.chance.randint(2, 6)):
            recent = self.now - dt.timedelta(days=3 + 14 * number, hours=self.chance.randint(0, 9))
            starts_at = met + dt.timedelta(days=12) if silent else recent
            meeting = Meeting(relationship=relationship, joint_key=relationship.pk, starts_at=starts_at, minutes=90, way=Meeting.Way.VIDEO)
            meeting.state, meeting.agreed_minutes = Meeting.State.HELD, 90
            self._keep(meeting)
            for membership in memberships:
                self._keep(Attendance(meeting=meeting, membership=membership, minutes=90, confirmed_at=starts_at))
