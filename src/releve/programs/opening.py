"""What keeps a cohort from opening: every reason, each with what to do about it and the page where it is done."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from releve.people.roles import ALLOWED, Permission

from .definition import Definition
from .models import Cohort, Version
from .places import unknown_places
from .soundness import problems_with

# Addresses that nobody can have: a design brings one as an example.
NOBODYS = (".test", ".example", ".invalid", ".localhost", "example.com", "example.org", "example.net", "exemple.com")


OWN_DAYS = {"cohort_starts": "id_starts_on", "cohort_ends": "id_ends_on"}
PAGES = {
    "programs:edit_dates": gettext_lazy("Open the dates"),
    "programs:edit_contacts": gettext_lazy("Open the contacts"),
    "programs:list_texts": gettext_lazy("Open the texts"),
    "programs:list_letters": gettext_lazy("Open the letters"),
    "programs:show_definition": gettext_lazy("Open the definition"),
    "programs:list_staff": gettext_lazy("Open the list of the committee"),
}


@dataclass(frozen=True)
class Obstacle:
    """One reason, in the reader's language. `page` names where to mend it; `anchor` the place on it, where it is one."""

    message: str
    mend: str
    page: str
    anchor: str = ""

    def __str__(self) -> str:
        return f"{self.message} {self.mend}"

    @property
    def page_name(self) -> str:
        """Say where the link to the page leads."""
        return str(PAGES[self.page])


def problems_with_opening(cohort: Cohort) -> list[Obstacle]:
    """Return everything that keeps a cohort closed; an empty list means that it can open."""
    definition = cohort.definition
    found = [
        *_languages(cohort),
        *_unsound(definition),
        *_letters(definition),
        *_surveys(definition),
        *_dates(cohort),
        *_contacts(cohort),
        *_staff(cohort),
    ]
    return list(dict.fromkeys(found))


def problems_with_pinning(cohort: Cohort, version: Version) -> list[Obstacle]:
    """Return what a cohort would lose or break by running on another version of its program."""
    moved = Cohort(program=cohort.program, version=version, name=cohort.name, state=cohort.state)
    moved.starts_on, moved.ends_on, moved.dates, moved.settings = cohort.starts_on, cohort.ends_on, cohort.dates, cohort.settings
    lost = [] if cohort.state == Cohort.State.DRAFT else _lost(cohort.definition, version.definition)
    return [*lost, *_unsound(version.definition), *_letters(version.definition), *_dates(moved)]


def _languages(cohort: Cohort) -> Iterator[Obstacle]:
    for code in cohort.name.missing():
        sentence = _("The name of the cohort is missing in French.") if code == "fr" else _("The name of the cohort is missing in English.")
        yield Obstacle(sentence, _("Write it before opening."), "programs:edit_dates", "id_name")
    for code in cohort.program.name.missing():
        sentence = (
            _("The name of the program is missing in French.") if code == "fr" else _("The name of the program is missing in English.")
        )
        yield Obstacle(sentence, _("Write it before opening."), "programs:list_texts")


def _surveys(definition: Definition) -> Iterator[Obstacle]:
    """Refuse what would be promised and not kept: answers without names are declared already, and not collected yet."""
    for survey in definition.surveys:
        if survey.mode != "identified":
            name = survey.title or definition.form(survey.form).title
            yield Obstacle(
                _("“%(survey)s” promises answers without names, which this version of Relève cannot collect yet.") % {"survey": name},
                _("Set its mode to “identified” in the definition, or take it out."),
                "programs:show_definition",
            )


def _unsound(definition: Definition) -> Iterator[Obstacle]:
    """A version was sound when it was saved; a newer release of the software may ask for more."""
    language = get_language() or "fr"
    for problem in problems_with(definition):
        message = _("%(place)s: %(message)s") % {"place": problem.where, "message": problem.message(language)}
        yield Obstacle(message, problem.mend(language), "programs:show_definition")


def _letters(definition: Definition) -> Iterator[Obstacle]:
    for letter_id, place in unknown_places(definition):
        yield Obstacle(
            _("The letter “%(letter)s” holds the place %(place)s, which nothing fills.")
            % {"letter": definition.letter(letter_id).subject, "place": f"{{{place}}}"},
            _("Take it out, or write one of the places listed beside the letter."),
            "programs:list_letters",
        )


def _dates(cohort: Cohort) -> Iterator[Obstacle]:
    language = get_language() or "fr"
    for problem in cohort.calendar.problems():
        crossed = str(problem.values.get("id", ""))
        anchor = OWN_DAYS.get(crossed, f"id_day_{crossed}") if crossed else ""
        yield Obstacle(problem.message(language), problem.mend(language), "programs:edit_dates", anchor)
    if cohort.ends_on is None and cohort.definition.intake.mode == "window":
        yield Obstacle(
            _("The cohort has no last day."),
            _("A program with a registration window needs one: choose it."),
            "programs:edit_dates",
            "id_ends_on",
        )


def _contacts(cohort: Cohort) -> Iterator[Obstacle]:
    for contact in cohort.definition.contacts:
        address = str(cohort.definition.value(contact.email, cohort.settings) or "")
        if "@" not in address:
            yield Obstacle(
                _("“%(contact)s” has no email address.") % {"contact": contact.name},
                _("People in difficulty write there: add the address."),
                "programs:edit_contacts",
                contact.id,
            )
        elif address == cohort.definition.value(contact.email) and address.endswith(NOBODYS):
            yield Obstacle(
                _("The address of “%(contact)s” is still the example: %(address)s.") % {"contact": contact.name, "address": address},
                _("People in difficulty write there: give the real address."),
                "programs:edit_contacts",
                contact.id,
            )


def _staff(cohort: Cohort) -> Iterator[Obstacle]:
    pairing = [duty for duty, allowed in ALLOWED.items() if Permission.PAIR_PEOPLE in allowed]
    if not cohort.program.appointments.current().filter(duty__in=pairing).exists():
        yield Obstacle(_("Nobody is appointed to pair people."), _("Appoint at least one member of the committee."), "programs:list_staff")


# Parts that rows of people point at: once a cohort is open they may be rewritten, not taken away.
POINTED_AT = ("roles", "forms", "consents", "documents", "surveys", "contacts", "tasks")


def _lost(present: Definition, wanted: Definition) -> Iterator[Obstacle]:
    for part in POINTED_AT:
        kept = {item.id for item in getattr(wanted, part)}
        for item in getattr(present, part):
            if item.id not in kept:
                yield Obstacle(
                    _("“%(name)s” (%(part)s) would be gone, and people of this cohort rely on it.")
                    % {"name": getattr(item, "title", None) or getattr(item, "name", item.id), "part": f"{part}.{item.id}"},
                    _("Keep it in the new version; its words may change."),
                    "programs:show_definition",
                )
