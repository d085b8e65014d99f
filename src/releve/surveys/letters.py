"""The letters that ask for an evaluation."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from releve.core import dates
from releve.notifications import kinds
from releve.notifications.kinds import Content, Group, Ids, Reader
from releve.programs.letters import compose_or, contact_address

from .models import Receipt
from .queries import closes_on, is_open, survey_of


def register() -> None:
    """Declare every kind of letter of this room."""
    kinds.register("evaluation_invitation", load=_load_invitation, group=Group.SURVEYS, essential=True)
    kinds.register("evaluation_reminder", load=_load_reminder, group=Group.SURVEYS)


def _load_invitation(ids: Ids, person: Reader) -> Content | None:
    receipt = _waiting(ids, person)
    if receipt is None:
        return None
    body = _(
        "Hello %(name)s,\n\nA short questionnaire about your year is open for you until %(date)s. Your partner will not see your answers."
    )
    letter_id = survey_of(receipt).invitation or "evaluation_invitation"
    return _content(receipt, letter_id, subject=_("A few questions about your year"), body=body)


def _load_reminder(ids: Ids, person: Reader) -> Content | None:
    receipt = _waiting(ids, person)
    if receipt is None:
        return None
    body = _("Hello %(name)s,\n\nThe questionnaire about your year closes on %(date)s. Even a few answers help. This is our last reminder.")
    letter_id = survey_of(receipt).reminder or "evaluation_reminder"
    return _content(receipt, letter_id, subject=_("The questionnaire closes on %(date)s"), body=body)


def _waiting(ids: Ids, person: Reader) -> Receipt | None:
    """Return what a person still has to answer; nothing once they did, or once it closed."""
    mine = Receipt.objects.filter(
        survey=ids["survey"], membership=ids["membership"], membership__participant__person=person.pk, answered_at__isnull=True
    )
    receipt = mine.select_related("cohort__program", "cohort__version", "membership__participant__person").first()
    return receipt if receipt and is_open(receipt, timezone.localdate()) else None


def _content(receipt: Receipt, letter_id: str, *, subject: str, body: str) -> Content:
    closes = closes_on(receipt)
    values = {"name": receipt.membership.participant.person.short_name, "date": dates.day(closes) if closes else ""}
    said = compose_or(receipt.cohort, letter_id, values, subject=subject, body=body)
    path = reverse("surveys:answer_survey", args=[receipt.pk])
    return Content(*said, path=path, button=pgettext("button", "Answer"), reply_to=contact_address(receipt.cohort))
