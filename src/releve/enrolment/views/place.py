"""A person's own place in a cohort: what they wrote, what others see of it, what they agree to, and leaving."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from releve.core import dates
from releve.enrolment import actions, eligibility
from releve.enrolment.forms import ShownForm
from releve.enrolment.models import Participant
from releve.enrolment.queries import (
    Quality,
    consents_for,
    own_assessment,
    registration_rows,
    sheet_questions,
    sheet_rows,
    still_shown,
    suggestions_on,
    wishes_of,
)
from releve.programs.letters import contact_address
from releve.programs.queries import assessment_form

State = Participant.State


def own(request: HttpRequest, participant: UUID) -> Participant:
    return get_object_or_404(Participant.objects.of_person(request.user), pk=participant)


@never_cache
def show_place(request: HttpRequest, participant: UUID) -> HttpResponse:
    place = own(request, participant)
    cohort, definition = place.cohort, place.cohort.definition
    obstacle = eligibility.obstacle_to_registering(cohort, request.user, place.role, place, timezone.localdate())
    current = {consent.purpose: consent for consent in place.consents.filter(withdrawn_at__isnull=True)}
    wishes, registration, wished = definition.pairing.wishes, registration_rows(place), wishes_of(place)
    context = {
        "place": place,
        "cohort": cohort,
        "role": definition.role(place.role),
        "can_change": not obstacle,
        "left_on": dates.day(place.withdrawn_at) if place.withdrawn_at else "",
        "readers": definition.intake_form.visibility,
        "rows": registration[0],
        "for_pairing": registration[1],
        "consents": [(item, current.get(item.id)) for item in consents_for(cohort, place.role)],
        "suggestions_on": suggestions_on(place),
        "is_shown": any(item.purpose == "directory" and item.id in current for item in consents_for(cohort, place.role)),
        "sheet": sheet_rows(place, Quality.DIRECTORY),
        "takes_wishes": wishes is not None and place.role in wishes.by and place.is_confirmed,
        "wishes": wished,
        "shown_ids": still_shown(place, wished),
        "assessment": assessment_form(cohort, place.role),
        "own_assessment": own_assessment(request.user, cohort, place.role),
        "contact": contact_address(cohort),
    }
    return render(request, "enrolment/show_place.html", context)


@never_cache
def choose_sheet(request: HttpRequest, participant: UUID) -> HttpResponse:
    place = own(request, participant)
    if not place.is_confirmed:
        raise Http404
    form_definition = place.cohort.definition.intake_form
    asked = [question for question in form_definition.flat if question.applies_to(place.role)]
    on_offer = [question for question in asked if question.in_directory == "chosen"]
    data = request.POST if request.method == "POST" else None
    form = ShownForm(data, questions=on_offer, initial={"shown": place.shown_answers})
    if data is not None and form.is_valid():
        actions.choose_shown(place, form.cleaned_data["shown"], now=timezone.now())
        messages.success(request, _("Your choice is kept. This is what the directory shows of you."))
        return redirect("enrolment:choose_sheet", participant=place.pk)
    shown = sheet_questions(form_definition, Quality.DIRECTORY, ())
    context = {
        "place": place,
        "cohort": place.cohort,
        "role": place.cohort.definition.role(place.role),
        "form": form,
        "always": [question for question in shown if question.applies_to(place.role)],
        "sheet": sheet_rows(place, Quality.DIRECTORY),
        "consent": _directory_consent(place),
    }
    return render(request, "enrolment/choose_sheet.html", context)


def _directory_consent(place: Participant) -> dict[str, object] | None:
    """Find the agreement by which a sheet enters the directory, and whether it is given."""
    for item in consents_for(place.cohort, place.role):
        if item.purpose == "directory":
            given = place.consents.filter(purpose=item.id, withdrawn_at__isnull=True).first()
            return {"item": item, "given": given}
    return None


@require_POST
def give_consent(request: HttpRequest, participant: UUID, purpose: str) -> HttpResponse:
    place = own(request, participant)
    if not place.is_confirmed:
        raise Http404
    try:
        actions.give_consent(place, purpose, language=get_language(), now=timezone.now())
    except actions.ConsentRefused as error:
        raise Http404 from error
    messages.success(request, _("Your agreement is noted. You can end it here whenever you like."))
    return _back(request, place)


@require_POST
def withdraw_consent(request: HttpRequest, participant: UUID, purpose: str) -> HttpResponse:
    place = own(request, participant)
    try:
        actions.withdraw_consent(place, purpose, now=timezone.now())
    except actions.ConsentRefused as error:
        raise Http404 from error
    messages.success(request, _("Your agreement has ended, and what it allowed has stopped."))
    return _back(request, place)


def _back(request: HttpRequest, place: Participant) -> HttpResponse:
    if request.POST.get("from") == "sheet":
        return redirect("enrolment:choose_sheet", participant=place.pk)
    return redirect("enrolment:show_place", participant=place.pk)


@never_cache
def leave_cohort(request: HttpRequest, participant: UUID) -> HttpResponse:
    place = own(request, participant)
    if request.method == "POST":
        if actions.withdraw(place, by=request.user, now=timezone.now()):
            messages.success(request, _("You have left this cohort. Thank you for having been part of it."))
        return redirect("enrolment:show_place", participant=place.pk)
    if place.state == State.WITHDRAWN:
        return redirect("enrolment:show_place", participant=place.pk)
    context = {
        "place": place,
        "cohort": place.cohort,
        "role": place.cohort.definition.role(place.role),
        "contact": contact_address(place.cohort),
    }
    return render(request, "enrolment/leave_cohort.html", context)
