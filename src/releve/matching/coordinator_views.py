"""The pairing page: what the engine suggests, what people decide, and why."""

import secrets

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from releve.enrolment.models import ParticipantQuerySet
from releve.enrolment.queries import Quality, sheet_rows
from releve.people.roles import Permission
from releve.programs.models import Cohort
from releve.relationships.actions import FormingRefused
from releve.relationships.queries import count_free, free_by_kind

from . import actions
from .forms import HandForm, ReasonForm
from .looking_back import Fit, fit_of
from .queries import latest_run, still_waiting, suggestion_between, switched_on, with_people
from .wording.board import parts_in_words, reach_in_words, side_by_side

SEED_BITS = 32
PER_PAGE = 25
KINDS = ["mentee", "mentor"]  # in the order of the address


def _cohort(request: HttpRequest, cohort) -> Cohort:
    found = Cohort.objects.where_may(request.user, Permission.PAIR_PEOPLE).select_related("program", "version")
    return get_object_or_404(found, pk=cohort)


def show_pairing(request: HttpRequest, cohort) -> HttpResponse:
    found = _cohort(request, cohort)
    run = latest_run(found)
    open_to = switched_on(found, but=request.user)
    said = still_waiting(run, open_to) if run else []
    page = Paginator(said, PER_PAGE).get_page(request.GET.get("page"))
    suggested = with_people(run, page.object_list) if run else None
    context = {
        "cohort": found,
        "run": run,
        "page": page,
        "count": sum(isinstance(one, Fit) for one in said),
        "suggestions": [(one, parts_in_words(found.definition, one.fit)) for one in suggested.pairs] if suggested else [],
        "unpaired": [(one, reach_in_words(found.definition, one.reach)) for one in suggested.unpaired] if suggested else [],
        "waiting": count_free(found, but=request.user),
        "switched_on": len(open_to),
    }
    return render(request, "matching/show_pairing.html", context)


def _waiting(cohort: Cohort, request: HttpRequest) -> dict[str, ParticipantQuerySet]:
    """Return the people with a place left, by kind of role; the reader's own place is not theirs to fill."""
    return {kind: people.exclude(person=request.user) for kind, people in free_by_kind(cohort).items()}


@require_POST
def suggest_pairs(request: HttpRequest, cohort) -> HttpResponse:
    found = _cohort(request, cohort)
    try:
        run = actions.run_suggestions(found, by=request.user, seed=secrets.randbits(SEED_BITS), now=timezone.now())
    except actions.NobodyToPair:
        messages.error(request, _("Suggestions need a mentee and a mentor who switched them on and have a place left."))
    else:
        messages.success(request, _("Suggestions are ready. Nobody is paired until you decide."))
        return redirect("matching:show_pairing", cohort=run.cohort_id)
    return redirect("matching:show_pairing", cohort=found.pk)


def decide_pair(request: HttpRequest, cohort, mentee, mentor) -> HttpResponse:
    """Show two people side by side, with the engine's view where it has one, and ask for the reason."""
    found = _cohort(request, cohort)
    people = found.participants.confirmed().select_related("person", "registration")
    two = (get_object_or_404(people, pk=mentee), get_object_or_404(people, pk=mentor))
    if request.user.pk in {person.person_id for person in two} or [found.definition.role(one.role).kind for one in two] != KINDS:
        raise Http404
    run, explained = suggestion_between(found, *two)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = actions.Chosen(
            mentee=two[0],
            mentor=two[1],
            reason=form.cleaned_data["reason"],
            run=run,
            score=explained.shown if explained else None,
        )
        try:
            relationship = actions.pair(found, chosen, by=request.user, now=timezone.now())
        except FormingRefused as refused:
            for problem in refused.problems:
                form.add_error(None, problem.message)
        except PermissionDenied as error:
            raise Http404 from error
        else:
            messages.success(request, _("They have been introduced. Both receive a letter with the other’s sheet."))
            return redirect("relationships:follow_relationship", relationship=relationship.pk)
    context = {
        "cohort": found,
        "form": form,
        "mentee": two[0],
        "mentor": two[1],
        "lines": side_by_side(*(sheet_rows(person, Quality.COMMITTEE) for person in two)),
        "explained": explained,
        "parts": parts_in_words(found.definition, fit_of(explained)) if explained else [],
    }
    return render(request, "matching/decide_pair.html", context)


def choose_by_hand(request: HttpRequest, cohort) -> HttpResponse:
    found = _cohort(request, cohort)
    waiting = _waiting(found, request)
    is_choosing = bool(request.GET) and "search" not in request.GET
    form = HandForm(request.GET if is_choosing else None, initial=request.GET.dict(), people=waiting)
    if is_choosing and form.is_valid():
        return redirect(
            "matching:decide_pair",
            cohort=found.pk,
            mentee=form.cleaned_data["mentee"].pk,
            mentor=form.cleaned_data["mentor"].pk,
        )
    context = {"cohort": found, "form": form, "can_choose": all(people.exists() for people in waiting.values())}
    return render(request, "matching/choose_by_hand.html", context)
