"""Drafts: what a page sends while somebody writes, and what to show when two windows disagree.

The address that receives a draft belongs to the room that owns the answers:

    @require_POST
    def save_registration(request, pk):
        participant = get_object_or_404(Participant.objects.filter(person=request.user), pk=pk)
        return drafts.autosave(request, participant.registration, definition.intake_form, role=participant.role)
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from releve.core.dates import hour

from .actions import AlreadySubmitted, StaleRevision, save_draft
from .conditions import Dates
from .definition import Form
from .display import text_of
from .forms import build
from .models import Response

REVISION = "_revision"  # no question has such a name
SAVE = "_save"


def posted_revision(data: Mapping[str, Any]) -> int:
    """Read which revision a page answers to; one that no row has when the field is missing or spoiled."""
    value = str(data.get(REVISION, ""))
    return int(value) if value.isdecimal() and len(value) < 10 else 2_000_000_000


def wants_draft(data: Mapping[str, Any]) -> bool:
    """Say whether the button pressed was "Save and continue later"."""
    return SAVE in data


def autosave(
    request: HttpRequest, response: Response, form_definition: Form, *, role: str | None = None, dates: Dates | None = None
) -> JsonResponse:
    """Save what a page sends by itself, and answer with the words it shows: {"words": …, "revision": …}.

    Answers 409 when another window was faster or the answers were sent already; the page keeps its text.
    """
    form = build(form_definition, role=role, data=request.POST, ignore_required=True, dates=dates)
    try:
        save_draft(response, form.draft_answers(), revision=posted_revision(request.POST), form_definition=form_definition)
    except StaleRevision:
        return _said(_("This form was changed in another window or on another device. What you write here is not being saved."), status=409)
    except AlreadySubmitted:
        return _said(_("These answers were already sent. To change them, send them again."), status=409)
    return _said(saved_words(response), revision=response.revision)


def saved_words(response: Response) -> str:
    """Say when a draft was saved; nothing before the first time."""
    if response.saved_at is None:
        return ""
    return _("Saved at %(time)s") % {"time": hour(response.saved_at)}


def _said(words: str, *, status: int = 200, **more: Any) -> JsonResponse:
    return JsonResponse({"words": words, **more}, status=status, headers={"Cache-Control": "no-store"})


class Difference(NamedTuple):
    """One question that two windows answered differently."""

    label: str
    here: str
    elsewhere: str


def differences(form: Form, here: Mapping[str, Any], elsewhere: Mapping[str, Any]) -> list[Difference]:
    """List where two sets of answers differ, in the form's order."""
    return [
        Difference(str(question.text), text_of(question, here.get(question.id)), text_of(question, elsewhere.get(question.id)))
        for question in form.flat
        if here.get(question.id) != elsewhere.get(question.id)
    ]
