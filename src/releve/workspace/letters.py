"""The letters that signing causes. They say that a signature is missing, never what stands in the text."""

from django.urls import reverse
from django.utils.translation import gettext as _

from releve.notifications import kinds
from releve.notifications.kinds import Content, Group, Ids, Reader
from releve.programs.letters import compose_or, contact_address
from releve.relationships.letters import member_values
from releve.relationships.models import Membership
from releve.relationships.queries import cohort_of

from .policy import may_begin
from .queries import has_signed


def register() -> None:
    """Declare every kind of letter of this room."""
    kinds.register("sign_reminder", load=_load_missing, group=Group.REMINDERS)
    kinds.register("sign_again", load=_load_again, group=Group.PROGRAM, essential=True)


def _load_missing(ids: Ids, person: Reader) -> Content | None:
    """Say that this member's signature is missing, while it is."""
    membership = _unsigned(ids, person)
    if membership is None:
        return None
    said = compose_or(
        cohort_of(membership.relationship),
        "sign_reminder",
        member_values(membership),
        subject=_("Only your signature is missing"),
        body=_(
            "Hello %(name)s,\n\nBefore your pairing with %(partner)s is confirmed, your signature is still missing. It takes about "
            "five minutes to read and sign."
        ),
    )
    return _content(membership, ids, *said)


def _load_again(ids: Ids, person: Reader) -> Content | None:
    """Say that the text changed after it was signed, while this member has not signed it as it now stands."""
    membership = _unsigned(ids, person)
    if membership is None:
        return None
    values = member_values(membership)
    body = _(
        "Hello %(name)s,\n\nSomething was added to the text that you and %(partner)s are signing. It asks for everyone’s "
        "signature again: read it as it now stands, talk it over if need be, then sign."
    )
    return _content(membership, ids, _("A text you signed has changed"), body % values)


def _unsigned(ids: Ids, person: Reader) -> Membership | None:
    mine = Membership.objects.select_related("relationship", "participant__person", "participant__cohort")
    membership = mine.filter(pk=ids["membership"], participant__person=person.pk).first()
    if membership is None or not may_begin(membership) or has_signed(membership, ids["document"]):
        return None
    return membership


def _content(membership: Membership, ids: Ids, subject: str, body: str) -> Content:
    path = reverse("workspace:sign_document", args=[membership.relationship_id, ids["document"]])
    reply_to = contact_address(cohort_of(membership.relationship))
    return Content(subject, body, path=path, button=_("Read and sign"), reply_to=reply_to)
