"""How people came in: by themselves, by invitation, or not to the end."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import override

from releve.enrolment import actions as enrolment
from releve.enrolment.models import Participant
from releve.library.actions import mark_read
from releve.programs.queries import assessment_form
from releve.questionnaires import actions as questionnaires

from .days import months_before
from .founding import REGISTRATION_MONTHS, account_of
from .world import Record, World, address_of, read

AS_THEY_ARE = (
    *("title", "profession", "organization", "region", "setting", "college_member", "certified", "areas", "style", "mode"),
    *("motivations", "offers", "seeks", "objectives", "expectations", "career", "mentoring_experience", "called"),
)
OF_ONE_YEAR = frozenset({"reads", "takes_stock", "waits", "wishes"})
READING = ("advice", "roles", "roles_by_phase")
STOCK_BEFORE, READ_AFTER, WISHED_AFTER = timedelta(minutes=25), timedelta(hours=1), timedelta(hours=2)


def plan(world: World) -> None:
    """Add the scenes in which people come in, cohort by cohort."""
    this_year = people_of("mentors", "mentor") | people_of("mentees", "mentee")
    known = dict(this_year)
    _plan_cohort(world, "this", this_year)
    last_year = people_of("last_year_people", "mentor", known)
    known |= last_year
    _plan_cohort(world, "last", last_year)
    _plan_cohort(world, "next", people_of("next_year", "mentor", known))


def people_of(file: str, role: str, known: dict[str, Record] | None = None) -> dict[str, Record]:
    """Read the people of one file; `like` takes up what is known of the same person."""
    people = {}
    for name, record in read(file).items():
        before = (known or {}).get(record.get("like", ""), {})
        people[name] = {"role": role} | {key: value for key, value in before.items() if key not in OF_ONE_YEAR} | record
    return people


def _plan_cohort(world: World, cohort: str, people: dict[str, Record]) -> None:
    opens = months_before(world.starts[cohort], REGISTRATION_MONTHS)
    for number, (name, record) in enumerate(people.items()):
        if "arrived" in record:
            _plan_arrival(world, cohort, name, record)
        else:
            _plan_registration(world, cohort, name, record, opens, number)


def _plan_registration(world: World, cohort: str, name: str, record: Record, opens: date, number: int) -> None:
    begun = "registered" not in record
    when = record["begun" if begun else "registered"]
    hour = f"{9 + number % 12:02}:{7 * number % 60:02}"
    moment = world.days.moment(when if isinstance(when, dict) else {"day": when}, start=opens, at=hour)
    scene = _begin if begun else _register
    world.timeline.at(moment, lambda now: scene(world, cohort, name, record, now))
    if "wishes" in record:
        last = max(moment, world.days.moment({"day": 88}, start=opens, at="22:00"))
        world.timeline.at(last + WISHED_AFTER, lambda now: _wish(world, cohort, name, record["wishes"], now))
    if "waits" in record:
        told = world.days.moment({"ago": record["waits"]}, start=opens)
        world.timeline.at(told, lambda now: _let_wait(world, cohort, name, now))
    if "withdraws" in record:
        left = world.days.moment({"day": record["withdraws"]}, start=opens)
        world.timeline.at(left, lambda now: enrolment.withdraw(world.place(cohort, name), by=world.people[name], now=now))
    if "takes_stock" in record:
        world.timeline.at(moment - STOCK_BEFORE, lambda now: _take_stock(world, cohort, name, record, now))
    if not begun:
        read = READING[: record.get("reads", number % (len(READING) + 1))]
        world.timeline.at(moment + READ_AFTER, lambda now: _read(world, name, read))


def _plan_arrival(world: World, cohort: str, name: str, record: Record) -> None:
    moment = world.days.moment({"ago": record["arrived"]["invited"]}, start=world.starts[cohort])
    world.timeline.at(moment, lambda now: _bring_in(world, cohort, name, record, now))


def answers_of(record: Record) -> dict[str, Any]:
    """Write a record as answers to the registration form."""
    answers = {question: record[question] for question in AS_THEY_ARE if question in record}
    answers["given_name"], answers["family_name"] = record["name"]
    answers["language"] = record["language"]
    answers |= {question: record[key] for question, key in (("availability", "free"), ("years_experience", "years")) if key in record}
    return answers | ({"places": record["places"]} if record["role"] == "mentor" and "places" in record else {})


def _start(world: World, cohort: str, name: str, record: Record, now: datetime) -> Participant:
    person = account_of(world, record.get("is", name), record["name"], record.get("speaks", record["language"]), now)
    participant = enrolment.start_registration(person, world.cohorts[cohort], record["role"], now=now)
    world.places[cohort, name] = participant
    return participant


def _take_stock(world: World, cohort: str, name: str, record: Record, now: datetime) -> None:
    """Answer the questionnaire that its author alone reads."""
    person = account_of(world, name, record["name"], record.get("speaks", record["language"]), now)
    form = assessment_form(world.cohorts[cohort], record["role"])
    taken = enrolment.start_self_assessment(person, world.cohorts[cohort], record["role"], form.id)
    questionnaires.submit(taken.response, record["takes_stock"], revision=0, now=now, role=record["role"])


def _register(world: World, cohort: str, name: str, record: Record, now: datetime) -> None:
    participant = _start(world, cohort, name, record, now)
    agreed = {"participation", *record.get("agrees", ())}
    language = participant.person.language
    with override(language):
        enrolment.submit_registration(participant, answers_of(record), agreed, revision=0, now=now, language=language)
    if "shows" in record:
        enrolment.choose_shown(participant, record["shows"], now=now)


def _begin(world: World, cohort: str, name: str, record: Record, now: datetime) -> None:
    participant = _start(world, cohort, name, record, now)
    response = enrolment.take_in_hand(participant, now=now)
    questionnaires.save_draft(response, answers_of(record), revision=response.revision, now=now)


def _bring_in(world: World, cohort: str, name: str, record: Record, now: datetime) -> None:
    by = world.people[record["arrived"]["by"]]
    full_name = record["name"]
    participant = enrolment.add_participant(
        world.cohorts[cohort],
        email=address_of(full_name),
        name=" ".join(full_name),
        language=record["language"],
        role=record["role"],
        by=by,
        now=now,
    )
    enrolment.invite([participant], by=by, now=now)
    world.places[cohort, name], world.people[name] = participant, participant.person


def _wish(world: World, cohort: str, name: str, wished: list[str], now: datetime) -> None:
    enrolment.set_wishes(world.place(cohort, name), [world.place(cohort, other) for other in wished], now=now)


def _let_wait(world: World, cohort: str, name: str, now: datetime) -> None:
    enrolment.put_on_waiting_list([world.place(cohort, name)], by=world.people["desrochers"], now=now)


def _read(world: World, name: str, documents: tuple[str, ...]) -> None:
    for document in documents:
        mark_read(world.people[name], world.program, document)
