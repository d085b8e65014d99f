"""The pairing page: what the engine suggests, what people decide, and why."""

import secrets

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from releve.enrolment.models import Participant
from releve.enrolment.queries import Quality, sheet_rows
from releve.people.roles import Permission
from releve.programs.models import Cohort
from releve.relationships.actions import FormingRefused
from releve.relationships.queries import free_participants

from . import actions
from .forms import HandForm, ReasonForm
from .queries import latest_run, suggestion_between, suggestions_of, switched_on
from .wording import parts_in_words, reach_in_words

SEED_BITS = 32


def _cohort(request: HttpRequest, cohort) -> Cohort:
    found = Cohort.objects.where_may(request.user, Permission.PAIR_PEOPLE).select_related("program", "version")
    return get_object_or_404(found, pk=cohort)


def show_pairing(request: HttpRequest, cohort) -> HttpResponse:
    found = _cohort(request, cohort)
    run = latest_run(found)
    suggested = suggestions_of(run, reader=request.user) if run else None
    context = {
        "cohort": found,
        "run": run,
        "suggestions": [(one, parts_in_words(found.definition, one.explained)) for one in suggested.pairs] if suggested else [],
        "unpaired": [(one, reach_in_words(found.definition, one.reach)) for one in suggested.unpaired] if suggested else [],
        "waiting": _waiting(found, request),
        "switched_on": switched_on(found).count(),
    }
    return render(request, "matching/show_pairing.html", context)


def _waiting(cohort: Cohort, request: HttpRequest) -> dict[str, list[Participant]]:
    """Return the people with a place left, by kind of role; the reader's own place is not theirs to fill."""
    people: dict[str, list[Participant]] = {"mentee": [], "mentor": []}
    for role in cohort.definition.roles:
        if role.kind in people:
            free = free_participants(cohort, role.id)
            people[role.kind] += [person for person in free if person.person_id != request.user.pk]
    return people


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
    people = found.participants.confirmed().select_related("person", "registration", "cohort__version")
    two = (get_object_or_404(people, pk=mentee), get_object_or_404(people, pk=mentor))
    if request.user.pk in {person.person_id for person in two}:
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
        "sheets": [(person, sheet_rows(person, Quality.COMMITTEE)) for person in two],
        "explained": explained,
        "parts": parts_in_words(found.definition, explained) if explained else [],
    }
    return render(request, "matching/decide_pair.html", context)


def choose_by_hand(request: HttpRequest, cohort) -> HttpResponse:
    found = _cohort(request, cohort)
    waiting = _waiting(found, request)
    form = HandForm(request.GET or None, mentees=waiting["mentee"], mentors=waiting["mentor"])
    if request.GET and form.is_valid():
        return redirect(
            "matching:decide_pair",
            cohort=found.pk,
            mentee=form.cleaned_data["mentee"].pk,
            mentor=form.cleaned_data["mentor"].pk,
        )
    return render(request, "matching/choose_by_hand.html", {"cohort": found, "form": form, "waiting": waiting})
