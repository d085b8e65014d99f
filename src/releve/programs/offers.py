"""What visitors find: the programs, their cohorts, and where each of these stands today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from releve.core import dates
from releve.core.bilingual import Text
from releve.core.visibility import Visibility
from releve.people.models import Person

from .definition import Definition, Section
from .models import Cohort, Program, Version
from .queries import assessment_form, duties_of, newest_version

BY_THEMSELVES = frozenset({"window", "rolling", "open"})  # ways of coming in that need no invitation


class Standing(StrEnum):
    """Where a cohort is, as seen from outside. Order: as a visitor looks for them."""

    REGISTERING = "registering"
    SOON = "soon"  # opened, registration has not begun
    INVITED = "invited"  # people come in by invitation
    UNDER_WAY = "under_way"  # registration is over
    OVER = "over"
    DRAFT = "draft"  # seen by those who run the program alone


@dataclass(frozen=True)
class Door:
    """A role that people take up by themselves, and whether they can take stock of themselves first."""

    role: str
    label: str
    takes_stock: bool


@dataclass(frozen=True)
class OfferedCohort:
    """A cohort as its public page tells of it."""

    cohort: Cohort
    standing: Standing
    opens: date | None = None
    closes: date | None = None

    @property
    def headline(self) -> str:
        """Say in one sentence what a visitor can do now."""
        that_matters = self.opens if self.standing == Standing.SOON else self.closes
        day = {"day": dates.day(that_matters, weekday=False) if that_matters else ""}
        match self.standing:
            case Standing.REGISTERING:
                return _("Registration is open until %(day)s") % day if self.closes else _("Registration is open")
            case Standing.SOON:
                return _("Registration opens on %(day)s") % day
            case Standing.INVITED:
                return _("People come in by invitation")
            case Standing.UNDER_WAY:
                return _("Registration closed on %(day)s") % day if self.closes else _("Registration is closed")
            case Standing.OVER:
                return pgettext("cohort", "Over")
            case Standing.DRAFT:
                return _("In preparation")

    @property
    def span(self) -> str:
        """Say how long the cohort runs."""
        first, last = self.cohort.starts_on, self.cohort.ends_on
        if last is None:
            return _("From %(first)s on") % {"first": dates.day(first, weekday=False)}
        return _("From %(first)s to %(last)s") % dict(zip(("first", "last"), dates.days(first, last), strict=True))

    @property
    def doors(self) -> list[Door]:
        roles = (role for role in self.cohort.definition.roles if role.enrols)
        return [Door(role.id, _inside_a_sentence(str(role.name)), assessment_form(self.cohort, role.id) is not None) for role in roles]

    @property
    def offers_to_take_stock(self) -> bool:
        return self.standing == Standing.REGISTERING and any(door.takes_stock for door in self.doors)


@dataclass(frozen=True)
class Row:
    """One row of a comparison: its head, and each cell with the head of its column."""

    head: Text
    cells: list[tuple[Text, Text]]


@dataclass(frozen=True)
class PageSection:
    """One section of a program's public page: words, or a comparison column by column."""

    id: str
    title: Text
    body: Text | None
    columns: tuple[Text, ...] = ()
    rows: tuple[Row, ...] = ()


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
    def others(self) -> list[OfferedCohort]:
        """List the cohorts beside the one that stands first, those that take registrations excepted."""
        return [cohort for cohort in self.present[1:] if cohort.standing != Standing.REGISTERING]

    @property
    def past(self) -> list[OfferedCohort]:
        return [cohort for cohort in self.cohorts if cohort.standing == Standing.OVER]

    @property
    def first(self) -> OfferedCohort | None:
        return self.cohorts[0] if self.cohorts else None

    @property
    def is_public(self) -> bool:
        return any(cohort.standing != Standing.DRAFT for cohort in self.cohorts)

    @property
    def sections(self) -> list[PageSection]:
        return [_section(section) for section in self.definition.public_page]

    @property
    def readers(self) -> list[tuple[Text, Visibility]]:
        """Say of everything that is filled in or signed who reads it; an identified survey is read by the committee."""
        identified = {survey.form for survey in self.definition.surveys if survey.mode == "identified"}
        forms = ((form.title, Visibility.COMMITTEE if form.id in identified else form.visibility) for form in self.definition.forms)
        signed = ((document.title, document.visibility) for document in self.definition.documents if document.kind == "sign")
        return [*forms, *signed]

    @property
    def contacts(self) -> list[tuple[str, str]]:
        """Name the contacts of the program with their addresses."""
        settings = self.cohorts[0].cohort.settings if self.cohorts else {}
        named = ((str(contact.name), self.definition.value(contact.email, settings)) for contact in self.definition.contacts)
        return [(name, str(address)) for name, address in named if address]


def public_offers(today: date) -> list[Offer]:
    """List every public program. Order: those that take registrations first, then by first day."""
    offers = _offers(Cohort.objects.public(), today)
    return sorted(offers, key=lambda offer: _visitors_order(offer.cohorts[0]))


def offer_of(program: Program, person: Person, today: date) -> Offer:
    """Show one program to somebody: its drafts too, if they run it."""
    cohorts = Cohort.objects.filter(program=program)
    runs_it = person.is_authenticated and bool(duties_of(person, program))
    found = _offers(cohorts if runs_it else cohorts.public(), today)
    return found[0] if found else Offer(program, newest_version(program).definition, [])


def _offers(cohorts: QuerySet[Cohort], today: date) -> list[Offer]:
    """Gather cohorts by program, in two queries whatever their number: only the definitions that speak are read."""
    by_program: dict[Program, list[Cohort]] = {}
    for cohort in cohorts.select_related("program").order_by("starts_on", "created_at"):
        by_program.setdefault(cohort.program, []).append(cohort)
    spoken = {row.version_id for rows in by_program.values() for row in _speaking(rows)}
    versions = Version.objects.in_bulk(spoken)
    offers = []
    for program, rows in by_program.items():
        for row in _speaking(rows):
            row.version = versions[row.version_id]
        shown = sorted((offered(row, today) for row in rows), key=_visitors_order)
        offers.append(Offer(program, shown[0].cohort.definition, shown))
    return offers


def _speaking(cohorts: Iterable[Cohort]) -> list[Cohort]:
    """Keep the cohorts whose definition is needed: all that are not closed, else the last one."""
    rows = list(cohorts)
    return [row for row in rows if row.state != Cohort.State.CLOSED] or rows[-1:]


def _visitors_order(shown: OfferedCohort) -> tuple[int, int]:
    start = shown.cohort.starts_on.toordinal()
    return list(Standing).index(shown.standing), -start if shown.standing == Standing.OVER else start


def offered(cohort: Cohort, today: date, *, as_if_open: bool = False) -> OfferedCohort:
    """Say where a cohort stands; a draft may be looked at as it will be."""
    if cohort.state == Cohort.State.CLOSED:
        return OfferedCohort(cohort, Standing.OVER)
    opens, closes = cohort.calendar.get("registration_opens"), cohort.calendar.get("registration_closes")
    if cohort.state == Cohort.State.DRAFT and not as_if_open:
        return OfferedCohort(cohort, Standing.DRAFT, opens, closes)
    return OfferedCohort(cohort, _standing(cohort, opens, closes, today), opens, closes)


def _standing(cohort: Cohort, opens: date | None, closes: date | None, today: date) -> Standing:
    if cohort.ends_on and cohort.ends_on < today:
        return Standing.OVER
    if cohort.definition.intake.mode not in BY_THEMSELVES:
        return Standing.INVITED
    if opens and today < opens:
        return Standing.SOON
    return Standing.UNDER_WAY if closes and closes < today else Standing.REGISTERING


def _section(section: Section) -> PageSection:
    columns = section.table.columns if section.table else ()
    rows = section.table.rows if section.table else ()
    compared = tuple(Row(row[0], list(zip(columns[1:], row[1:], strict=True))) for row in rows if row)
    return PageSection(section.id, section.title, section.body, columns, compared)


def _inside_a_sentence(name: str) -> str:
    """Begin a name in lower case, unless it begins with initials."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name
