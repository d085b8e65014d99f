"""The people a visitor may step into, and what each of them shows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from releve.people.models import Person

from .world import address_of, read

PASSWORD = "releve-demonstration"  # noqa: S105  printed on purpose, and only where DEMO is on
WITH_PASSWORD = ("gagnon", "desrochers")


@dataclass(frozen=True)
class Persona:
    """One person of the demonstration: `about` says in one sentence what there is to see."""

    name: str
    kind: str  # mentor, mentee or staff: the colour of the face
    title: Promise
    about: Promise


@dataclass(frozen=True)
class Group:
    title: Promise
    personas: tuple[Persona, ...]


TAKING_PART = Group(
    _("Those who take part"),
    (
        Persona(
            "gagnon",
            "mentee",
            pgettext_lazy("persona", "Mentee, in mid-year"),
            _("Three goals, a meeting to confirm, another one planned."),
        ),
        Persona(
            "whitfield",
            "mentor",
            pgettext_lazy("persona", "Mentor"),
            _("Works in English with a mentee who works in French, and keeps her hours for the College."),
        ),
        Persona(
            "stpierre",
            "mentee",
            pgettext_lazy("persona", "Mentee, just introduced"),
            _("Has met a mentor, and may now say in private whether the pairing suits him."),
        ),
        Persona(
            "awashish",
            "mentee",
            pgettext_lazy("persona", "Mentee, one signature away"),
            _("His mentor has signed the commitment. The pair is confirmed once he signs too."),
        ),
        Persona(
            "baril",
            "mentee",
            pgettext_lazy("persona", "Mentee without a mentor"),
            _("Waits, has named three wishes, and has switched suggestions on."),
        ),
        Persona(
            "isaac",
            "mentee",
            pgettext_lazy("persona", "Invited person"),
            _("The committee put her name down. Nothing is true before she has confirmed it herself."),
        ),
        Persona(
            "haddad",
            "mentor",
            pgettext_lazy("persona", "Mentor, mentored last year"),
            _("Has last year’s hours and statement, and a pairing behind him that did not work."),
        ),
    ),
)
RUNNING_IT = Group(
    _("Those who run the program"),
    (
        Persona(
            "desrochers",
            "staff",
            pgettext_lazy("persona", "Coordinator"),
            _("Has three cohorts and a draft: a board, a spreadsheet half way in, letters, dates, figures."),
        ),
        Persona(
            "ouellet",
            "staff",
            pgettext_lazy("persona", "Coordinator who mentors"),
            _("Runs the program and takes part in it. His own pair is closed to him on this side."),
        ),
        Persona(
            "benkirane",
            "staff",
            pgettext_lazy("persona", "Committee member who mentors"),
            _("Pairs other people, and mentors two herself."),
        ),
        Persona(
            "obrien",
            "staff",
            pgettext_lazy("persona", "Committee member"),
            _("Reads registrations, pairs people by hand or from suggestions, answers a request for help."),
        ),
        Persona(
            "sinclair",
            "staff",
            pgettext_lazy("persona", "Reader of totals"),
            _("Sees the year in figures, small ones hidden, and nobody’s name."),
        ),
    ),
)
GROUPS = (TAKING_PART, RUNNING_IT)


def everyone() -> Iterator[Persona]:
    for group in GROUPS:
        yield from group.personas


def people_behind() -> dict[str, Person]:
    """Find the account behind each persona, by its name in the story; those who erased themselves are gone."""
    addresses = {address_of(record["name"]): name for file in ("staff", "mentors", "mentees") for name, record in read(file).items()}
    wanted = {persona.name for persona in everyone()}
    known = {address: name for address, name in addresses.items() if name in wanted}
    return {known[person.email]: person for person in Person.objects.filter(email__in=known, is_active=True)}


def give_passwords(people: Mapping[str, Person]) -> None:
    """Let two of them sign in by hand too; hashing once is slow enough."""
    hashed = make_password(PASSWORD)
    for name in WITH_PASSWORD:
        people[name].password = hashed
        people[name].save(update_fields=["password"])
