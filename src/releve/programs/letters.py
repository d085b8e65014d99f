"""The letters of a program: whole texts of the definition with named places filled; and the one about a duty."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from releve.core import dates
from releve.notifications import kinds
from releve.notifications.kinds import Content, Group, Ids, Reader
from releve.people.actions import sign_in_path
from releve.people.models import Person
from releve.people.roles import Duty

from .duties import duty_name
from .models import Appointment, Cohort

# What would turn a name into a link, a list or a heading inside a letter.
MARKS = re.compile(r"([\\`*_\[\]<>&#~|])")
FIRST_MARK = re.compile(r"^(\d{1,9}(?=[.)])|(?=[-+=]))")


class LetterIncomplete(Exception):
    """A letter asks for a value that its sender did not give."""


def register() -> None:
    """Declare every kind of letter of this room."""
    kinds.register("staff_appointed", load=_load_appointed, group=Group.STAFF, essential=True)


def compose(cohort: Cohort, letter_id: str, values: Mapping[str, Any]) -> tuple[str, str]:
    """Fill one letter in the active language; return its subject and its Markdown body.

    Every letter can use {program}, {cohort} and {contact} besides the values given.
    Raises: LetterIncomplete naming the missing place.
    """
    letter = cohort.definition.letter(letter_id)
    try:
        return filled(cohort, str(letter.subject), str(letter.body), values)
    except KeyError as error:
        raise LetterIncomplete(f"{letter_id}: {error.args[0]}") from error


def filled(cohort: Cohort, subject: str, body: str, values: Mapping[str, Any]) -> tuple[str, str]:
    """Fill a subject and a Markdown body; what people wrote stays words in both."""
    known = {"program": cohort.program.name, "cohort": cohort.name, "contact": contact_address(cohort), **values}
    plain = {place: " ".join(str(value).split()) for place, value in known.items()}
    return subject.format_map(plain), body.format_map({place: _escaped(value) for place, value in plain.items()})


def sample(subject: str, body: str, cohort: Cohort) -> tuple[str, str]:
    """Fill a letter as an example, in the active language. Raises: KeyError for an unknown place."""
    day = dates.day(timezone.localdate() + timedelta(days=14))
    return filled(cohort, subject, body, {"name": "Camille", "partner": "Dominique Tremblay", "date": day, "days": 45})


def compose_or(cohort: Cohort, letter_id: str, values: dict[str, Any], *, subject: str, body: str) -> tuple[str, str]:
    """Fill the program's own letter, or the house's words where the program has none: `%(name)s` stands for a value."""
    if any(letter.id == letter_id for letter in cohort.definition.letters):
        return compose(cohort, letter_id, values)
    plain = {place: " ".join(str(value).split()) for place, value in values.items()}
    return subject % plain, body % {place: _escaped(value) for place, value in plain.items()}


def contact_address(cohort: Cohort) -> str:
    """Return the e-mail address of the program's first contact."""
    first = cohort.definition.contacts[0]
    return str(cohort.definition.value(first.email, cohort.settings) or "")


def _escaped(value: str) -> str:
    return FIRST_MARK.sub(r"\1\\", MARKS.sub(r"\\\1", value))


def _load_appointed(ids: Ids, person: Reader) -> Content | None:
    """Tell a person about their duty, with a link that lets them in the first time."""
    found = Appointment.objects.current().select_related("program", "person").filter(pk=ids["appointment"], person=person.pk)
    appointment = found.first()
    if appointment is None:
        return None
    body = _(
        "Hello %(name)s,\n\nYou now help to run “%(program)s”. Your part: %(duty)s.\n\n"
        "The button below opens what you need. If you were not expecting this, simply tell whoever runs the program."
    )
    definition = appointment.program.versions.order_by("-number")[0].definition
    facts = {
        "name": _escaped(appointment.person.short_name),
        "program": _escaped(str(appointment.program.name)),
        "duty": _escaped(duty_name(Duty(appointment.duty), definition)),
    }
    path = _way_in(appointment.person)
    return Content(_("You help to run a program"), body % facts, path=path, button=_("Open the program"))


def _way_in(person: Person) -> str:
    return sign_in_path(person, next_path=reverse("home:list_cohorts"))
