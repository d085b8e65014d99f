"""The chapter, its program, its cohorts and those who run them."""

from datetime import date, datetime, timedelta

from django.utils.translation import override

from releve.core.bilingual import Text
from releve.people.actions import open_account, welcome
from releve.people.models import Organization, Person
from releve.people.queries import account_consent
from releve.people.roles import Duty
from releve.programs import actions as programs
from releve.programs.models import Cohort

from .days import last_day, months_before
from .world import DOMAIN, World, address_of, read

ORGANIZATION = Text(fr="Chapitre de démonstration", en="Demonstration chapter")
PROGRAM = Text(fr="Mentorat du Chapitre de démonstration", en="Demonstration Chapter Mentorship")
DRAFT = Text(fr="Volet court, à revoir", en="Short stream, to be reviewed")
CONTACT = f"comite@{DOMAIN}"
COORDINATOR = "desrochers"

REGISTRATION_MONTHS = 7  # before the first day, as the blueprint has it
FOUNDED_BEFORE = timedelta(days=25)  # before the first registration opens
APPOINTED_AFTER = timedelta(days=2)
OPENED_BEFORE = timedelta(days=4)
NEXT_OPENED_AGO, DRAFTED_AGO = 9, 20


def plan(world: World) -> None:
    """Add the scenes that found everything."""
    first = world.days.moment({"day": 0}, start=months_before(world.starts["last"], REGISTRATION_MONTHS))
    world.timeline.at(first - FOUNDED_BEFORE, lambda now: _found(world, now))
    for name, record in read("staff").items():
        world.timeline.at(
            first - FOUNDED_BEFORE + APPOINTED_AFTER, lambda now, name=name, record=record: _appoint(world, name, record, now)
        )
    world.timeline.at(first - OPENED_BEFORE, lambda now: _open(world, "last", {}, now))
    second = world.days.moment({"day": 0}, start=months_before(world.starts["this"], REGISTRATION_MONTHS))
    world.timeline.at(second - OPENED_BEFORE, lambda now: _open(world, "this", {}, now))
    drafted = world.days.moment({"ago": DRAFTED_AGO}, start=world.starts["this"])
    world.timeline.at(drafted, lambda now: _draft(world))
    opened = world.days.moment({"ago": NEXT_OPENED_AGO}, start=world.starts["this"], at="07:00")
    world.timeline.at(opened, lambda now: _open(world, "next", {"registration_opens": opened.date()}, now))


def account_of(world: World, name: str, full_name: list[str], language: str, now: datetime) -> Person:
    """Open the account of somebody who comes in by themselves, or return the one they have."""
    if name not in world.people:
        with override(language):
            consent = account_consent()
        person = open_account(address_of(full_name), name=" ".join(full_name), language=language, consent=consent, now=now)
        welcome(person, now=now)
        world.people[name] = person
    return world.people[name]


def _found(world: World, now: datetime) -> None:
    Organization.objects.create(
        name=ORGANIZATION, contact_email=CONTACT, privacy_officer="Léonie Castonguay-Sauvé", privacy_email=f"vie-privee@{DOMAIN}"
    )
    record = read("staff")[COORDINATOR]
    coordinator = account_of(world, COORDINATOR, record["name"], record["language"], now)
    world.program = programs.adopt_blueprint("cchl_quebec", by=coordinator, slug="mentorat")


def _appoint(world: World, name: str, record: dict, now: datetime) -> None:
    person = account_of(world, name, record["name"], record["language"], now)
    programs.appoint(person, Duty(record["duty"]), world.program, by=world.people[COORDINATOR])


def _open(world: World, key: str, moved: dict[str, date], now: datetime) -> None:
    start = world.starts[key]
    cohort = _prepare(world, _years(start), start, last_day(start))
    by = world.people[COORDINATOR]
    programs.change_settings(cohort, {"contact_email": CONTACT}, by=by)
    if moved:
        programs.change_dates(cohort, starts_on=start, ends_on=cohort.ends_on, chosen=moved, by=by)
    programs.open_cohort(cohort, by=by, now=now)
    world.cohorts[key] = cohort


def _draft(world: World) -> None:
    """Leave a cohort in preparation that cannot open: its registration would close after its pairs are made."""
    start = months_before(world.starts["next"], 5)
    cohort = _prepare(world, DRAFT, start, start + timedelta(days=150))
    chosen = {"registration_closes": start - timedelta(days=20), "pairing_by": start - timedelta(days=40)}
    programs.change_dates(cohort, starts_on=start, ends_on=cohort.ends_on, chosen=chosen, by=world.people[COORDINATOR])


def _prepare(world: World, name: Text, start: date, end: date) -> Cohort:
    by = world.people[COORDINATOR]
    cohort = programs.create_cohort(world.program, name=name, slug=programs.slug_for(name), starts_on=start, ends_on=end, by=by)
    if world.program.name != PROGRAM:
        programs.change_texts(cohort, "program", "program", {"name": PROGRAM}, base=cohort.version.number, by=by)
        world.program.refresh_from_db()
    return cohort


def _years(start: date) -> Text:
    end = last_day(start).year
    years = str(start.year) if end == start.year else f"{start.year}–{end}"
    return Text(fr=f"Cohorte {years}", en=f"{years} cohort")
