"""How people answer what the program asks at the end."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from releve.core import dates
from releve.questionnaires import actions as questionnaires
from releve.questionnaires import drafts
from releve.questionnaires.display import rows
from releve.questionnaires.forms import AnswersForm, build
from releve.questionnaires.models import Response
from releve.relationships.queries import partners_of

from . import actions
from .models import Receipt
from .queries import IDENTIFIED, begun, closes_on, form_of, is_open, survey_of


@never_cache
def answer_survey(request: HttpRequest, receipt: UUID) -> HttpResponse:
    found = _own_receipt(request, receipt)
    started = begun(found)
    response = started.response if started else Response()
    if found.answered_at or not is_open(found, timezone.localdate()):
        return _show_closed(request, found, response)
    data = request.POST if request.method == "POST" else None
    keeps_draft = data is not None and drafts.wants_draft(data)
    form = build(form_of(found), role=found.membership.role, data=data, answers=response.answers, ignore_required=keeps_draft)
    context = _context(found) | {"form": form, "response": response}
    if data is not None and (keeps_draft or form.is_valid()):
        try:
            return _keep(request, found, form, is_draft=keeps_draft)
        except questionnaires.StaleRevision as stale:
            context |= {"response": actions.start_answer(found).response, "elsewhere": stale.answers}
    elif data is not None:
        response.revision = drafts.posted_revision(data)
    return render(request, "surveys/answer_survey.html", context)


@require_POST
def save_answers(request: HttpRequest, receipt: UUID) -> JsonResponse:
    """Save a draft that the page sends by itself; nobody but its author reads it before it is sent."""
    found = _own_receipt(request, receipt)
    if found.answered_at or not is_open(found, timezone.localdate()):
        return JsonResponse({"words": _("This questionnaire takes no more answers.")}, status=409, headers={"Cache-Control": "no-store"})
    return drafts.autosave(request, actions.start_answer(found).response, form_of(found), role=found.membership.role)


def _own_receipt(request: HttpRequest, receipt: UUID) -> Receipt:
    mine = Receipt.objects.visible_to(request.user)
    return get_object_or_404(mine.select_related("cohort__version", "cohort__program", "membership__participant__person"), pk=receipt)


def _keep(request: HttpRequest, receipt: Receipt, form: AnswersForm, *, is_draft: bool) -> HttpResponse:
    """Keep a draft, or send the answers. Raises: questionnaires.actions.StaleRevision."""
    revision, now = drafts.posted_revision(request.POST), timezone.now()
    if is_draft:
        response = actions.start_answer(receipt).response
        questionnaires.save_draft(response, form.draft_answers(), revision=revision, form_definition=form.definition, now=now)
        messages.success(request, _("Your answers are saved. Nobody reads them before you send them."))
        return redirect("surveys:answer_survey", receipt=receipt.pk)
    try:
        actions.answer(receipt, form.answers(), revision=revision, now=now)
    except actions.SurveyRefused:
        messages.info(request, _("These answers were sent already."))
    else:
        messages.success(request, _("Thank you. Your answers have been sent."))
    return redirect("surveys:answer_survey", receipt=receipt.pk)


def _show_closed(request: HttpRequest, receipt: Receipt, response: Response) -> HttpResponse:
    """Show the answers to whoever sent them, or say until when they could be given."""
    if receipt.answered_at:
        words = _("Your answers were sent on %(day)s.") % {"day": dates.day(receipt.answered_at)}
        shown = rows(response.form.form, response.answers, role=receipt.membership.role)
        return render(request, "surveys/show_answered.html", _context(receipt) | {"words": words, "rows": shown})
    closes = closes_on(receipt)
    words = _("It took answers until %(day)s. If you have something to say about your year, write to the committee all the same.")
    context = _context(receipt) | {"words": words % {"day": dates.day(closes) if closes else ""}}
    return render(request, "surveys/show_answered.html", context)


def _context(receipt: Receipt) -> dict[str, Any]:
    survey = survey_of(receipt)
    names = [partner.participant.person.name for partner in partners_of(receipt.membership)]
    return {
        "receipt": receipt,
        "cohort": receipt.cohort,
        "survey": survey,
        "title": receipt.cohort.definition.form(survey.form).title,
        "about": _("About your pairing with %(names)s") % {"names": ", ".join(names)},
        "closes": closes_on(receipt),
        "is_identified": survey.mode == IDENTIFIED,
        "own_language": receipt.membership.participant.person.language,
    }
