"""Everybody in the world of these tests, and what each wrote to register."""

import datetime as dt
from typing import Any

from releve.core.bilingual import Text
from releve.enrolment import actions as enrolment
from releve.enrolment import listing
from releve.enrolment.models import Participant
from releve.people.models import Person
from releve.people.roles import Duty
from releve.programs.actions import adopt_blueprint
from releve.programs.models import Appointment, Cohort, Program
from releve.questionnaires import actions as questionnaires
from tests.confidentiality.markers import TABLE, address, digits, word
from tests.factories import enrolment as factory
from tests.factories import programs as program_factory

NAMES = {
    "alain": "Alain Côté",
    "amina": "Amina Diallo",
    "benoit": "Benoît Dufour",
    "celine": "Céline Gagnon",
    "chloe": "Chloé Bergeron",
    "denise": "Denise Tremblay",
    "dora": "Dora Lévesque",
    "emile": "Émile Roy",
    "flore": "Flore Pelletier",
    "gaston": f"Gaston {word('name.gaston')}",
    "gilles": "Gilles Ouellet",
    "helene": "Hélène Fortin",
    "ines": "Inès Benali",
    "ivan": "Ivan Petrov",
    "jeanne": "Jeanne Morin",
    "karim": "Karim Haddad",
    "lise": "Lise Caron",
    "marc": "Marc Poirier",
    "max": "Max Serveur",
    "nadia": f"Nadia {word('name.nadia')}",
    "odile": "Odile Bédard",
    "olga": "Olga Ivanova",
    "paule": "Paule Simard",
    "pia": "Pia Rossi",
    "quentin": "Quentin Leclerc",
    "rose": "Rose Deschamps",
    "tessa": "Tessa Nguyen",
    "ugo": "Ugo Martel",
    "uma": f"Uma {word('name.uma')}",
    "vera": "Véra Novak",
    "wanda": "Wanda Boucher",
    "wilfrid": "Wilfrid Lapointe",
    "xavier": "Xavier Hébert",
    "zoe": "Zoé Thibault",
}
READ_IN_ENGLISH = {"benoit", "helene", "ivan", "gaston", "lise", "max", "ines", "uma"}
MENTORS = ["benoit", "denise", "karim", "marc", "paule", "tessa", "ugo", "wilfrid"]
MENTEES = [
    "alain",
    "celine",
    "chloe",
    "dora",
    "emile",
    "gaston",
    "ines",
    "lise",
    "nadia",
    "odile",
    "olga",
    "pia",
    "quentin",
    "uma",
    "vera",
    "wanda",
]
IN_DIRECTORY = {"denise", "ugo", "wilfrid"}
SHOW_CAREER = {"denise", "benoit", "nadia", "gaston"}
FAR = {"gaston", "tessa"}
DAY = dt.timedelta(days=1)


def everybody() -> dict[str, Person]:
    """Open an account for each; their addresses are words of their own."""
    people = {}
    for who, name in NAMES.items():
        language = "en" if who in READ_IN_ENGLISH else "fr"
        people[who] = Person.objects.create_user(email=address(f"email.{who}"), name=name, language=language)
    Person.objects.filter(pk=people["max"].pk).update(is_superuser=True)
    people["max"].refresh_from_db()
    return people


def program(slug: str, *, by: Person) -> Program:
    """Adopt the first blueprint; whoever does it coordinates it."""
    return adopt_blueprint("cchl_quebec", by=by, slug=slug)


def cohort(of: Program, slug: str, **more: Any) -> Cohort:
    """Make a cohort of which registration is still open in its last month, so that every page can be opened on one day."""
    dates = {"starts_on": dt.date(2026, 9, 1), "ends_on": dt.date(2027, 6, 30)}
    given = {"slug": slug, "name": Text("Cohorte 2026-2027", "2026–2027 cohort"), "dates": {"registration_closes": "2027-06-25"}}
    return program_factory.cohort(of, **dates | given | more)


def appoint_staff(chapter: Program, people: dict[str, Person], *, now: dt.datetime) -> None:
    duties = {"helene": Duty.COMMITTEE, "ivan": Duty.READER, "karim": Duty.COMMITTEE, "paule": Duty.COORDINATOR}
    for who, duty in duties.items():
        program_factory.staff(chapter, duty, who=people[who])
    Appointment.objects.create(program=chapter, person=people["zoe"], duty=Duty.COMMITTEE, ended_at=now - DAY)


def answers_of(who: str) -> dict[str, Any]:
    """Answer the registration with the words planted for this person, and no shared address."""
    planted = {
        "motivations": f"motivations.{who}",
        "conflicts": f"conflict.{who}",
        "career": f"shown.{who}",
        "title": f"unshown.{who}",
    }
    answers: dict[str, Any] = {question: word(thing) for question, thing in planted.items() if thing in TABLE}
    answers["line_manager"] = address(f"manager.{who}") if f"manager.{who}" in TABLE else None
    answers["phone"] = digits(f"phone.{who}") if f"phone.{who}" in TABLE else None
    answers["places"] = 3 if who in MENTORS else None
    return answers


def register(
    who: str, people: dict[str, Person], cohort: Cohort, *, now: dt.datetime, state: str = Participant.State.REGISTERED
) -> Participant:
    agreed = ["participation", "suggestions", *(["directory"] if who in IN_DIRECTORY else [])]
    return factory.participant(
        cohort,
        "mentor" if who in MENTORS else "mentee",
        person=people[who],
        state=state,
        consents=agreed,
        shown=["career"] if who in SHOW_CAREER else [],
        now=now,
        **answers_of(who),
    )


def register_everybody(people: dict[str, Person], year: Cohort, elsewhere: Cohort, *, now: dt.datetime) -> dict[str, Participant]:
    """Register everyone who takes part; some are only invited, begin, wait or leave."""
    places = {who: register(who, people, elsewhere if who in FAR else year, now=now) for who in [*MENTORS, *MENTEES] if who != "wanda"}
    places["wanda"] = register("wanda", people, year, now=now, state=Participant.State.WAITING)
    places["xavier"] = register("xavier", people, year, now=now)
    enrolment.withdraw(places["xavier"], by=people["amina"], now=now + DAY, reason=word("withdrawal.xavier"))
    for who in ("flore", "gilles"):
        places[who] = register(who, people, year, now=now, state=Participant.State.INVITED)
    enrolment.set_wishes(places["nadia"], [places["wilfrid"], places["denise"]], now=now)
    write_drafts(people, places, year, now=now)
    listing.refresh(places.values(), now=now)
    return places


def write_drafts(people: dict[str, Person], places: dict[str, Participant], year: Cohort, *, now: dt.datetime) -> None:
    """Let Flore, who was invited, and Rose, who came by herself, write without sending."""
    places["rose"] = enrolment.start_registration(people["rose"], year, "mentee", now=now)
    for who in ("flore", "rose"):
        response = enrolment.take_in_hand(places[who], now=now)
        begun = dict(response.answers) | {"motivations": word(f"draft.{who}"), "seeks": word(f"draft.{who}")}
        questionnaires.save_draft(response, begun, revision=response.revision, now=now)


def assess(who: str, people: dict[str, Person], cohort: Cohort, *, now: dt.datetime) -> None:
    """Answer the readiness self-assessment; Nadia's stays a draft."""
    role = "mentor" if who in MENTORS else "mentee"
    form = cohort.definition.form(f"self_assessment_{role}")
    begun = enrolment.start_self_assessment(people[who], cohort, role, form.id).response
    answers = {"conclusion": word(f"assessment.{who}")}
    if who == "nadia":
        questionnaires.save_draft(begun, answers, revision=begun.revision, now=now)
    else:
        questionnaires.submit(begun, answers, revision=begun.revision, now=now, role=role)
