"""What keeps a cohort from opening: every reason, each with what to do about it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from releve.people.roles import ALLOWED, Permission

from .models import Cohort


@dataclass(frozen=True)
class Obstacle:
    """One reason, in the reader's language. `field` names the date, setting or contact to mend, where it is one."""

    message: str
    mend: str
    field: str = ""

    def __str__(self) -> str:
        return f"{self.message} {self.mend}"


def problems_with_opening(cohort: Cohort) -> list[Obstacle]:
    """Return everything that keeps a cohort closed; an empty list means that it can open."""
    return [*_languages(cohort), *_dates(cohort), *_contacts(cohort), *_staff(cohort)]


def _languages(cohort: Cohort) -> Iterator[Obstacle]:
    for text, what in ((cohort.name, _("The name of the cohort")), (cohort.program.name, _("The name of the program"))):
        for code in text.missing():
            sentence = _("%(what)s is missing in French.") if code == "fr" else _("%(what)s is missing in English.")
            yield Obstacle(sentence % {"what": what}, _("Write it before opening."), "name")


def _dates(cohort: Cohort) -> Iterator[Obstacle]:
    language = get_language() or "fr"
    for problem in cohort.calendar.problems():
        yield Obstacle(problem.message(language), problem.mend(language), str(problem.values.get("id", "")))
    if cohort.ends_on is None and cohort.definition.intake.mode == "window":
        yield Obstacle(
            _("The cohort has no last day."), _("A program with a registration window needs one: choose it."), "ends_on"
        )


def _contacts(cohort: Cohort) -> Iterator[Obstacle]:
    for contact in cohort.definition.contacts:
        address = str(cohort.definition.value(contact.email, cohort.settings) or "")
        if "@" not in address:
            yield Obstacle(
                _("“%(contact)s” has no e-mail address.") % {"contact": contact.name},
                _("People in difficulty write there: add the address."),
                contact.email.removeprefix("setting:"),
            )


def _staff(cohort: Cohort) -> Iterator[Obstacle]:
    pairing = [duty for duty, allowed in ALLOWED.items() if Permission.PAIR_PEOPLE in allowed]
    if not cohort.program.appointments.current().filter(duty__in=pairing).exists():
        yield Obstacle(_("Nobody is appointed to pair people."), _("Appoint at least one member of the committee."))
