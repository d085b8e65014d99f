"""Registering, and changing one's registration: the same page, also for people whom somebody else imported."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from releve.core import dates
from releve.enrolment import actions, eligibility, intake
from releve.enrolment.eligibility import Obstacle
from releve.enrolment.forms import ConsentsForm, registration_form
from releve.enrolment.models import Participant
from releve.enrolment.queries import consents_for, own_assessment, own_place, public_cohorts
from releve.people.signup import opens_accounts
from releve.programs.letters import contact_address
from releve.programs.models import Cohort
from releve.programs.queries import assessment_form
from releve.questionnaires import actions as questionnaires
from releve.questionnaires import drafts
from releve.questionnaires.check import problems_with_answers
from releve.questionnaires.models import Response

State = Participant.State
STEPS_AHEAD = 3


def enrolling(cohort_id: UUID, role: str) -> Cohort:
    """Find a public cohort in which people register for a role, or answer that there is no such page."""
    cohort = get_object_or_404(public_cohorts(), pk=cohort_id)
    if not eligibility.is_enrolling(cohort, role):
        raise Http404
    return cohort


def registration_is_open(cohort: UUID, role: str) -> bool:
    """Say whether a visitor may open an account to register."""
    found = public_cohorts().filter(pk=cohort).first()
    return found is not None and eligibility.is_enrolling(found, role) and found.is_registering(timezone.localdate())


@opens_accounts(when=registration_is_open)
@never_cache
def register(request: HttpRequest, cohort: UUID, role: str) -> HttpResponse:
    cohort = enrolling(cohort, role)
    place = own_place(request.user, cohort, role)
    obstacle = eligibility.obstacle_to_registering(cohort, request.user, role, place, timezone.localdate())
    if obstacle:
        return _say_why_not(request, cohort, role, place, obstacle)
    page = _page(request, cohort, role, place)
    if request.method == "POST":
        take = _keep_draft if drafts.wants_draft(request.POST) else _send
        answer = take(request, cohort, role, page)
        if answer is not None:
            return answer
    return render(request, "enrolment/register.html", page)


def _page(request: HttpRequest, cohort: Cohort, role: str, place: Participant | None) -> dict[str, Any]:
    """Gather what the page shows, before anything is sent."""
    response = (place.registration if place else None) or Response()
    answers = response.answers or intake.first_answers(cohort, request.user, role)
    data = request.POST if request.method == "POST" else None
    asks_consents = place is None or place.confirmed_at is None or place.state == State.WITHDRAWN
    definition = cohort.definition
    return {
        "cohort": cohort,
        "definition": definition,
        "role": definition.role(role),
        "place": place,
        "response": response,
        "form": registration_form(cohort, request.user, role, answers=answers, data=data, ignore_required=_is_draft(request)),
        "consents": ConsentsForm(consents_for(cohort, role), data) if asks_consents else None,
        "notices": [notice for notice in definition.notices if "registration" in notice.shown_on and role in (notice.roles or [role])],
        "to_complete": _to_complete(cohort, role, answers) if place and place.is_untouched else [],
        "was_prefilled": bool(answers) and not response.answers and place is None,
        "elsewhere": None,
    }


def _is_draft(request: HttpRequest) -> bool:
    return request.method == "POST" and drafts.wants_draft(request.POST)


def _to_complete(cohort: Cohort, role: str, answers: dict[str, Any]) -> list[tuple[str, str]]:
    """List the questions that an imported registration leaves open: their ids and their words."""
    form = cohort.definition.intake_form
    known = answers | {"role": role}
    missing = {problem.question_id for problem in problems_with_answers(form, known, role, dates=cohort.calendar.dates)}
    return [(question.id, str(question.text)) for question in form.flat if question.id in missing and question.person_field != "email"]


def _keep_draft(request: HttpRequest, cohort: Cohort, role: str, page: dict[str, Any]) -> HttpResponse | None:
    """Keep what is written so far; None when another window was faster."""
    now, form = timezone.now(), page["form"]
    place = actions.start_registration(request.user, cohort, role, now=now)
    response = actions.take_in_hand(place, now=now)
    try:
        revision = drafts.posted_revision(request.POST)
        questionnaires.save_draft(response, form.draft_answers(), revision=revision, form_definition=form.definition, now=now)
    except questionnaires.StaleRevision as stale:
        page |= {"place": place, "response": _newest(response), "elsewhere": stale.answers}
        return None
    except questionnaires.AlreadySubmitted:
        messages.error(request, _("Your registration was already sent. To change it, send it again."))
        page |= {"place": place, "response": _newest(response)}
        return None
    messages.success(request, _("Your answers are saved. Come back when you like: nobody reads them before you send them."))
    return redirect("enrolment:register", cohort=cohort.pk, role=role)


def _send(request: HttpRequest, cohort: Cohort, role: str, page: dict[str, Any]) -> HttpResponse | None:
    """Register; None when something is to be mended or looked at first."""
    form, consents = page["form"], page["consents"]
    consents_hold = consents is None or consents.is_valid()
    if not (form.is_valid() and consents_hold):
        page["response"].revision = drafts.posted_revision(request.POST)  # as the page knew it: a newer one shows at sending
        return None
    now, first = timezone.now(), page["place"] is None or page["place"].confirmed_at is None
    place = actions.start_registration(request.user, cohort, role, now=now)
    try:
        actions.submit_registration(
            place,
            form.answers(),
            consents.agreed() if consents else None,
            revision=drafts.posted_revision(request.POST),
            now=now,
            language=get_language(),
        )
    except questionnaires.StaleRevision as stale:
        page |= {"place": place, "response": _newest(place.registration), "elsewhere": stale.answers}
        return None
    if first or place.state == State.REFUSED:
        return redirect("enrolment:show_received", cohort=cohort.pk, role=role)
    messages.success(request, _("Your registration is up to date."))
    return redirect("enrolment:show_place", participant=place.pk)


def _newest(response: Response) -> Response:
    response.refresh_from_db()
    return response


def _say_why_not(request: HttpRequest, cohort: Cohort, role: str, place: Participant | None, obstacle: Obstacle) -> HttpResponse:
    calendar = cohort.calendar
    context = {
        "cohort": cohort,
        "role": cohort.definition.role(role),
        "place": place if place and place.state not in eligibility.BEGINNERS else None,
        "obstacle": obstacle.value,
        "opens": _said(calendar.get("registration_opens")),
        "closes": _said(calendar.get("registration_closes")),
        "contact": contact_address(cohort),
        "assessment": assessment_form(cohort, role) if obstacle != Obstacle.CLOSED else None,
    }
    return render(request, "enrolment/registration_closed.html", context)


def _said(day: date | None) -> str:
    return dates.day(day) if day else ""


@require_POST
def save_registration(request: HttpRequest, cohort: UUID, role: str) -> JsonResponse:
    """Save a draft that the page sends by itself."""
    cohort = enrolling(cohort, role)
    now = timezone.now()
    try:
        place = actions.start_registration(request.user, cohort, role, now=now)
    except actions.EnrolmentRefused as error:
        raise Http404 from error
    form = cohort.definition.intake_form
    return drafts.autosave(request, actions.take_in_hand(place, now=now), form, role=role, dates=cohort.calendar.dates)


@never_cache
def show_received(request: HttpRequest, cohort: UUID, role: str) -> HttpResponse:
    cohort = enrolling(cohort, role)
    place = own_place(request.user, cohort, role)
    if place is None or place.confirmed_at is None:
        return redirect("enrolment:register", cohort=cohort.pk, role=role)
    steps = [step for step in cohort.definition.steps if role in step.audience]
    intake_form = cohort.definition.intake.form
    here = next((n for n, step in enumerate(steps) if any(task.form_for(role) == intake_form for task in step.tasks)), -1)
    assessment = assessment_form(cohort, role)
    context = {
        "cohort": cohort,
        "place": place,
        "role": cohort.definition.role(role),
        "steps": steps[here + 1 : here + 1 + STEPS_AHEAD],
        "pairing_by": _said(cohort.calendar.get("pairing_by")),
        "offers_assessment": assessment is not None and own_assessment(request.user, cohort, role) is None,
        "has_directory": any(item.purpose == "directory" for item in consents_for(cohort, role)),
        "why_not": eligibility.why_not_eligible(place, place.given_answers) if place.state == State.REFUSED else [],
        "contact": contact_address(cohort),
    }
    return render(request, "enrolment/show_received.html", context)
