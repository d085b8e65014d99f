"""The letters about a person's place in a cohort."""

from collections.abc import Callable
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from releve.core import dates
from releve.notifications import kinds
from releve.notifications.kinds import Content, Group, Ids, Reader
from releve.people.actions import sign_in_path
from releve.programs.letters import compose, compose_or, contact_address

from .models import Participant

State = Participant.State
Path = Callable[[Participant], str]


def register() -> None:
    """Declare every kind of letter of this room."""
    for kind, load in (
        ("invitation", _loader("invitation", {State.INVITED}, _invitation_path)),
        ("registration_received", _loader("registration_received", {State.REGISTERED, State.WAITING}, _place_path)),
        ("waiting", _loader("waiting", {State.WAITING}, _place_path)),
        ("withdrawn_by_staff", _load_withdrawn),
    ):
        kinds.register(kind, load=load, group=Group.PROGRAM, essential=True)
    kinds.register("invitation_reminder", load=_load_reminder, group=Group.REMINDERS)


def _loader(letter_id: str, states: set[str], path: Path) -> kinds.Load:
    """Fill a letter of the definition; it is cancelled once the participant is somewhere else."""

    def load(ids: Ids, person: Reader) -> Content | None:
        participant = _own(ids, person)
        if participant is None or participant.state not in states:
            return None
        role = str(participant.cohort.definition.role(participant.role).name).lower()  # inside a sentence
        subject, body = compose(participant.cohort, letter_id, {"name": participant.person.short_name, "role": role})
        return Content(subject, body, path=path(participant), button=_button(letter_id), reply_to=contact_address(participant.cohort))

    return load


def _load_reminder(ids: Ids, person: Reader) -> Content | None:
    """Recall an invitation while it can be answered: in the program's words where it has some."""
    participant = _own(ids, person)
    if participant is None or participant.state != State.INVITED:
        return None
    cohort = participant.cohort
    closes = cohort.calendar.get("registration_closes")
    if closes and closes < timezone.localdate():
        return None
    values = {
        "name": participant.person.short_name,
        "role": str(cohort.definition.role(participant.role).name).lower(),
        "program": cohort.program.name,
        "cohort": cohort.name,
        "contact": contact_address(cohort),
        "date": dates.day(closes) if closes else "",
    }
    said = compose_or(
        cohort, "invitation_reminder", values, subject=_("Your registration is waiting for you (%(role)s)"), body=_reminder(closes)
    )
    return Content(*said, path=_invitation_path(participant), button=_button("invitation"), reply_to=values["contact"])


def _reminder(closes: date | None) -> str:
    if closes is None:
        return _(
            "Hello %(name)s,\n\n"
            "The registration in your name for “%(program)s”, %(cohort)s, is still waiting. Read your answers over, fix what has "
            "changed and choose what you agree to: ten minutes should do it. Nobody is paired before they have confirmed.\n\n"
            "Not you, or not this time? Write to %(contact)s and the registration will be erased."
        )
    return _(
        "Hello %(name)s,\n\n"
        "The registration in your name for “%(program)s”, %(cohort)s, is still waiting. Read your answers over, fix what has "
        "changed and choose what you agree to: ten minutes should do it. Nobody is paired before they have confirmed, and "
        "registration closes on %(date)s.\n\n"
        "Not you, or not this time? Write to %(contact)s and the registration will be erased."
    )


def _load_withdrawn(ids: Ids, person: Reader) -> Content | None:
    participant = _own(ids, person)
    if participant is None or participant.state != State.WITHDRAWN:
        return None
    facts = {
        "name": participant.person.short_name,
        "program": participant.cohort.program.name,
        "cohort": participant.cohort.name,
        "contact": contact_address(participant.cohort),
    }
    body = _(
        "Hello %(name)s,\n\n"
        "Your place in %(program)s (%(cohort)s) has been closed by those who run the program. Your agreements have "
        "ended with it, and your sheet is no longer shown to anyone.\n\n"
        "If you did not expect this, write to %(contact)s."
    )
    return Content(_("Your place in the program has been closed"), body % facts, reply_to=facts["contact"])


def _button(letter_id: str) -> str:
    return _("Read over and confirm") if letter_id == "invitation" else _("Open my registration")


def _own(ids: Ids, person: Reader) -> Participant | None:
    found = Participant.objects.select_related("person", "cohort__program", "cohort__version")
    return found.filter(pk=ids["participant"], person=person.pk).first()


def _invitation_path(participant: Participant) -> str:
    """Let somebody without a password come in by the letter itself."""
    page = reverse("enrolment:register", args=[participant.cohort_id, participant.role])
    return sign_in_path(participant.person, next_path=page)


def _place_path(participant: Participant) -> str:
    return reverse("enrolment:show_place", args=[participant.pk])
