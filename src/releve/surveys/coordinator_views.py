"""What staff read of the evaluations: totals, and each person's answers; never about a pairing of their own."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache

from releve.core.frame import Link
from releve.people.roles import Permission
from releve.programs.definition.measures import Survey
from releve.programs.models import Cohort
from releve.relationships.models import Relationship

from . import actions
from .queries import IDENTIFIED, answers_to, asked_and_answered, readable, responses_to, told, totals

PER_PAGE = 20


@never_cache
def list_evaluations(request: HttpRequest, cohort: UUID) -> HttpResponse:
    permitted = Cohort.objects.where_may(request.user, Permission.READ_EVALUATIONS)
    found = get_object_or_404(permitted.select_related("program", "version"), pk=cohort)
    surveys = [survey for survey in found.definition.surveys if survey.mode == IDENTIFIED]
    survey = next((one for one in surveys if one.id == request.GET.get("survey")), surveys[0] if surveys else None)
    context = {"cohort": found, "survey": survey, "tabs": _tabs(request, found, surveys, survey)}
    context["takes_part"] = Relationship.objects.of_member(request.user).filter(terms__cohort=found).exists()
    if survey is not None:
        context |= _results(request, found, survey)
    return render(request, "surveys/list_evaluations.html", context)


def _results(request: HttpRequest, cohort: Cohort, survey: Survey) -> dict[str, Any]:
    receipts = readable(cohort, survey.id, request.user)
    asked, answered = asked_and_answered(receipts)
    responses = responses_to(receipts)
    page = Paginator(responses.values_list("pk", flat=True), PER_PAGE).get_page(request.GET.get("page"))
    shown = [told(response) for response in responses.filter(pk__in=list(page))]
    if shown:
        actions.record_reading(cohort, survey.id, by=request.user, count=len(shown))
    limit, form = cohort.definition.privacy.small_cell_limit, cohort.definition.form(survey.form)
    enough = answered >= limit
    return {
        "asked": asked,
        "answered": answered,
        "limit": limit,
        "opens": cohort.calendar.resolve(survey.opens),
        "closes": cohort.calendar.resolve(survey.closes),
        "sections": totals(form, answers_to(receipts), limit=limit) if enough else [],
        "page": page,
        "people": shown,
    }


def _tabs(request: HttpRequest, cohort: Cohort, surveys: list[Survey], current: Survey | None) -> list[Link]:
    return [
        Link(
            f"{request.path}?survey={survey.id}",
            str(survey.title or cohort.definition.form(survey.form).title),
            current=survey == current,
            count=asked_and_answered(readable(cohort, survey.id, request.user))[1],
        )
        for survey in surveys
    ]
