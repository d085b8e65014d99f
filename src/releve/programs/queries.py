"""Reads about programs that serve several pages and rooms."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import QuerySet

from releve.core.visibility import Visibility
from releve.people.models import Organization, Person
from releve.people.roles import Duty, Permission
from releve.people.roles import may as duties_allow

from .definition import Definition, Role
from .models import Appointment, Cohort, Program, Version

BY_THEMSELVES = frozenset({"window", "rolling", "open"})  # ways of coming in that need no invitation


def organization() -> Organization | None:
    """Return the organization this server belongs to, once it is founded."""
    return Organization.objects.first()


def duties_of(person: Person, program: Program) -> set[Duty]:
    """Return the duties a person holds in a program today."""
    rows = Appointment.objects.current().filter(person=person, program=program)
    return {Duty(duty) for duty in rows.values_list("duty", flat=True)}


def may(person: Person, permission: Permission, program: Program) -> bool:
    """Say whether one of a person's duties in a program allows something."""
    return duties_allow(duties_of(person, program), permission)


def takes_stock(definition: Definition, role: str) -> bool:
    """Say whether a program offers a role a questionnaire for themselves alone, before they register."""
    forms = {task.form_for(role) for task in definition.tasks if task.kind == "form"} - {None, definition.intake.form}
    return any(definition.form(form).visibility == Visibility.SELF for form in forms if form)


# --- what visitors find


class Standing(StrEnum):
    """Where a cohort is, as seen from outside. Order: as a visitor looks for them."""

    REGISTERING = "registering"
    SOON = "soon"  # opened, registration has not begun
    INVITED = "invited"  # running, and people come in by invitation
    UNDER_WAY = "under_way"  # registration is over
    OVER = "over"
    DRAFT = "draft"  # seen by those who run the program alone


@dataclass(frozen=True)
class OfferedCohort:
    """A cohort as its public page tells of it."""

    cohort: Cohort
    standing: Standing
    opens: date | None = None
    closes: date | None = None

    @property
    def roles(self) -> list[Role]:
        """List the roles people take up by themselves."""
        return [role for role in self.cohort.definition.roles if role.enrols]

    @property
    def roles_taking_stock(self) -> list[Role]:
        return [role for role in self.roles if takes_stock(self.cohort.definition, role.id)]


@dataclass(frozen=True)
class Offer:
    """A program as visitors find it; the definition is that of the cohort they most likely come for."""

    program: Program
    definition: Definition
    cohorts: list[OfferedCohort]

    @property
    def present(self) -> list[OfferedCohort]:
        return [cohort for cohort in self.cohorts if cohort.standing != Standing.OVER]

    @property
    def past(self) -> list[OfferedCohort]:
        return [cohort for cohort in self.cohorts if cohort.standing == Standing.OVER]

    @property
    def standing(self) -> Standing:
        return self.cohorts[0].standing if self.cohorts else Standing.DRAFT


def public_offers(today: date) -> list[Offer]:
    """List every public program. Order: those that take registrations first, then by first day."""
    offers = _offers(Cohort.objects.public(), today)
    return sorted(offers, key=lambda offer: list(Standing).index(offer.standing))


def offer_of(program: Program, person: Person, today: date) -> Offer:
    """Show one program to somebody: its drafts too, if they run it."""
    cohorts = Cohort.objects.filter(program=program)
    runs_it = person.is_authenticated and bool(duties_of(person, program))
    found = _offers(cohorts if runs_it else cohorts.public(), today)
    return found[0] if found else Offer(program, newest_version(program).definition, [])


def newest_version(program: Program) -> Version:
    return program.versions.order_by("-number")[0]


def registering_now(today: date) -> list[Cohort]:
    """Return the cohorts people can register in today. Order: by first day."""
    open_ones = Cohort.objects.filter(state=Cohort.State.OPEN).select_related("program", "version").order_by("starts_on")
    return [cohort for cohort in open_ones if cohort.is_registering(today)]


def _offers(cohorts: QuerySet[Cohort], today: date) -> list[Offer]:
    """Gather cohorts by program, in two queries whatever their number: only the definitions that speak are read."""
    by_program: dict[Program, list[Cohort]] = {}
    for cohort in cohorts.select_related("program").order_by("starts_on", "created_at"):
        by_program.setdefault(cohort.program, []).append(cohort)
    spoken = {row.version_id for rows in by_program.values() for row in _speaking(rows)}
    versions = Version.objects.in_bulk(spoken)
    offers = []
    for program, rows in by_program.items():
        for cohort in _speaking(rows):
            cohort.version = versions[cohort.version_id]
        offered = sorted((_offered(row, today) for row in rows), key=_visitors_order)
        offers.append(Offer(program, offered[0].cohort.definition, offered))
    return offers


def _speaking(cohorts: Iterable[Cohort]) -> list[Cohort]:
    """Keep the cohorts whose definition is needed: all that are not closed, else the last one."""
    rows = list(cohorts)
    return [row for row in rows if row.state != Cohort.State.CLOSED] or rows[-1:]


def _visitors_order(offered: OfferedCohort) -> tuple[int, int]:
    start = offered.cohort.starts_on.toordinal()
    return list(Standing).index(offered.standing), -start if offered.standing == Standing.OVER else start


def _offered(cohort: Cohort, today: date) -> OfferedCohort:
    if cohort.state == Cohort.State.CLOSED:
        return OfferedCohort(cohort, Standing.OVER)
    opens, closes = cohort.calendar.get("registration_opens"), cohort.calendar.get("registration_closes")
    return OfferedCohort(cohort, _standing(cohort, opens, closes, today), opens, closes)


def _standing(cohort: Cohort, opens: date | None, closes: date | None, today: date) -> Standing:
    if cohort.state == Cohort.State.DRAFT:
        return Standing.DRAFT
    if cohort.ends_on and cohort.ends_on < today:
        return Standing.OVER
    if cohort.definition.intake.mode not in BY_THEMSELVES:
        return Standing.INVITED
    if opens and today < opens:
        return Standing.SOON
    return Standing.REGISTERING if cohort.is_registering(today) else Standing.UNDER_WAY
