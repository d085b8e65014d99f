"""Reminders: what waits, said once, never what somebody wrote."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from releve.core import dates
from releve.enrolment.models import Participant
from releve.notifications import kinds
from releve.notifications.kinds import Content, Group, Ids, Reader
from releve.programs.letters import compose, contact_address
from releve.relationships.letters import member_values
from releve.relationships.models import Membership, State
from releve.relationships.queries import cohort_of

from .attention import silence_of


def register() -> None:
    """Declare every kind of letter of this room."""
    kinds.register("silence_check", load=_load_silence, group=Group.REMINDERS)
    kinds.register("closing", load=_load_closing, group=Group.PROGRAM)
    kinds.register("thanks", load=_load_thanks, group=Group.PROGRAM)


def _membership(ids: Ids, person: Reader, states: set[State]) -> Membership | None:
    """Return the membership while the reminder still makes sense; None cancels the letter."""
    found = Membership.objects.select_related("relationship", "participant__person", "participant__cohort")
    return found.filter(
        pk=ids["membership"],
        participant__person=person.pk,
        left_at__isnull=True,
        relationship__state__in=states,
    ).first()


def _load_silence(ids: Ids, person: Reader) -> Content | None:
    membership = _membership(ids, person, {State.CONFIRMED})
    if membership is None:
        return None
    since = silence_of(membership.relationship)
    days = (timezone.now() - since).days if since else 0
    path = reverse("meetings:list_meetings", args=[membership.relationship_id])
    return _content(membership, "silence_check", path, _("Note a meeting"), days=days)


def _load_closing(ids: Ids, person: Reader) -> Content | None:
    membership = _membership(ids, person, {State.CONFIRMED, State.PAUSED})
    if membership is None:
        return None
    cohort = cohort_of(membership.relationship)
    path = reverse("home:show_relationship", args=[membership.relationship_id])
    ends = dates.day(cohort.ends_on) if cohort.ends_on else ""
    return _content(membership, "closing", path, _("Open my page"), date=ends)


def _load_thanks(ids: Ids, person: Reader) -> Content | None:
    places = Participant.objects.confirmed().select_related("person", "cohort__program", "cohort__version")
    participant = places.filter(pk=ids["participant"], person=person.pk).first()
    if participant is None:
        return None
    subject, body = compose(participant.cohort, "thanks", {"name": participant.person.short_name})
    path = reverse("progress:show_hours")
    return Content(subject, body, path=path, button=_("See my hours"), reply_to=contact_address(participant.cohort))


def _content(membership: Membership, letter_id: str, path: str, button: str, **values: object) -> Content:
    cohort = cohort_of(membership.relationship)
    subject, body = compose(cohort, letter_id, {**member_values(membership), **values})
    return Content(subject, body, path=path, button=button, reply_to=contact_address(cohort))
