"""The letters about a person's place in a cohort."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext as _

from releve.notifications import kinds
from releve.notifications.kinds import Content, Group, Ids, Reader
from releve.people.actions import sign_in_path
from releve.programs.letters import compose, contact_address

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
        "Your place in %(program)s, cohort %(cohort)s, has been closed by those who run the program. Your agreements have "
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
