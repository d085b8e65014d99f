"""A self-assessment: sealed, and read by its author alone."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from releve.enrolment import actions
from releve.enrolment.assessment import at_a_glance
from releve.enrolment.models import SelfAssessment
from releve.enrolment.queries import own_assessment, own_place, public_cohorts
from releve.people.signup import opens_accounts
from releve.programs.models import Cohort
from releve.programs.queries import assessment_form
from releve.questionnaires import actions as questionnaires
from releve.questionnaires import drafts
from releve.questionnaires.definition import Form
from releve.questionnaires.display import rows
from releve.questionnaires.forms import build
from releve.questionnaires.models import Response

from .registration import enrolling


def assessment_is_open(cohort: UUID, role: str) -> bool:
    """Say whether a visitor may open an account to take stock: until registration closes."""
    found = public_cohorts().filter(pk=cohort, state=Cohort.State.OPEN).first()
    if found is None or assessment_form(found, role) is None:
        return False
    closes = found.calendar.get("registration_closes")
    return closes is None or timezone.localdate() <= closes


def _form_for(cohort_id: UUID, role: str) -> tuple[Cohort, Form]:
    cohort = enrolling(cohort_id, role)
    definition = assessment_form(cohort, role)
    if definition is None:
        raise Http404
    return cohort, definition


@opens_accounts(when=assessment_is_open)
@never_cache
def assess_readiness(request: HttpRequest, cohort: UUID, role: str) -> HttpResponse:
    cohort, definition = _form_for(cohort, role)
    assessment = own_assessment(request.user, cohort, role)
    response = assessment.response if assessment else Response()
    data = request.POST if request.method == "POST" else None
    keeps_draft = data is not None and drafts.wants_draft(data)
    form = build(definition, role=role, data=data, answers=response.answers, ignore_required=keeps_draft)
    page: dict[str, Any] = {"cohort": cohort, "role": cohort.definition.role(role), "form": form, "response": response}
    if data is not None and (keeps_draft or form.is_valid()):
        assessment = actions.start_self_assessment(request.user, cohort, role, definition.id)
        try:
            return _keep(request, assessment, page, keeps_draft)
        except questionnaires.StaleRevision as stale:
            assessment.response.refresh_from_db()
            page |= {"response": assessment.response, "elsewhere": stale.answers}
    elif data is not None:
        response.revision = drafts.posted_revision(data)
    return render(request, "enrolment/assess_readiness.html", page)


def _keep(request: HttpRequest, assessment: SelfAssessment, page: dict[str, Any], is_draft: bool) -> HttpResponse:
    form, response, where = page["form"], assessment.response, {"cohort": assessment.cohort_id, "role": assessment.role}
    revision, now = drafts.posted_revision(request.POST), timezone.now()
    if is_draft and not response.is_submitted:
        questionnaires.save_draft(response, form.draft_answers(), revision=revision, form_definition=form.definition, now=now)
        messages.success(request, _("Your answers are saved, for you alone. Come back when you like."))
        return redirect("enrolment:assess_readiness", **where)
    questionnaires.submit(response, form.answers(), revision=revision, now=now, role=assessment.role, form_definition=form.definition)
    return redirect("enrolment:read_assessment", **where)


@require_POST
def save_assessment(request: HttpRequest, cohort: UUID, role: str) -> JsonResponse:
    """Save a draft that the page sends by itself, sealed like the rest."""
    cohort, definition = _form_for(cohort, role)
    assessment = actions.start_self_assessment(request.user, cohort, role, definition.id)
    return drafts.autosave(request, assessment.response, definition, role=role)


@never_cache
def read_assessment(request: HttpRequest, cohort: UUID, role: str) -> HttpResponse:
    cohort, definition = _form_for(cohort, role)
    assessment = own_assessment(request.user, cohort, role)
    if assessment is None or not assessment.response.is_submitted:
        return redirect("enrolment:assess_readiness", cohort=cohort.pk, role=role)
    answers, answered = assessment.response.answers, assessment.response.form.form
    glance = at_a_glance(answered, answers)
    told = {question_id for group in glance for question_id in group.questions}
    context = {
        "cohort": cohort,
        "role": cohort.definition.role(role),
        "title": definition.title,
        "glance": glance,
        "rows": rows(answered, answers, role=role, only={question.id for question in answered.flat} - told),
        "place": own_place(request.user, cohort, role),
        "can_register": cohort.is_registering(timezone.localdate()),
    }
    return render(request, "enrolment/read_assessment.html", context)
