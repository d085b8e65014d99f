"""Two people side by side, pairs by hand, and several introduced at once: what people decide, and why."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from releve.enrolment.models import ParticipantQuerySet
from releve.enrolment.queries import Quality, sheet_rows
from releve.programs.models import Cohort
from releve.relationships.actions import FormingRefused
from releve.relationships.queries import free_by_kind

from .. import actions
from ..engine import PairExplained
from ..forms import HandForm, ReasonForm
from ..looking_back import fit_of
from ..models import Run
from ..queries import newest_number, suggestion_between
from ..wording.board import parts_in_words, side_by_side
from .cohorts import KINDS, back_to_board, pair_in, paired_by


def _waiting(cohort: Cohort, request: HttpRequest) -> dict[str, ParticipantQuerySet]:
    """Return the people with a place left, by kind of role; the reader's own place is not theirs to fill."""
    return {kind: people.exclude(person=request.user) for kind, people in free_by_kind(cohort).items()}


def decide_pair(request: HttpRequest, cohort: UUID, mentee: UUID, mentor: UUID) -> HttpResponse:
    """Show two people side by side, with the engine's view where it has one, and ask for the reason."""
    found = paired_by(request, cohort)
    people = found.participants.confirmed().select_related("person", "registration")
    two = (get_object_or_404(people, pk=mentee), get_object_or_404(people, pk=mentor))
    if request.user.pk in {person.person_id for person in two} or [found.definition.role(one.role).kind for one in two] != KINDS:
        raise Http404
    run, explained = suggestion_between(found, *two)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = _chosen(two, form.cleaned_data["reason"], run, explained)
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
        "seen": newest_number(found),
    }
    return render(request, "matching/decide_pair.html", context)


def _chosen(two: actions.Two, reason: str, run: Run | None, explained: PairExplained | None) -> actions.Chosen:
    return actions.Chosen(mentee=two[0], mentor=two[1], reason=reason, run=run, score=explained.shown if explained else None)


@require_POST
def propose_pairs(request: HttpRequest, cohort: UUID) -> HttpResponse:
    """Ask once more, then introduce all the pairs ticked, or none."""
    found = paired_by(request, cohort)
    pairs = [pair_in(found, pair) for pair in dict.fromkeys(request.POST.getlist("pair"))]
    if any(request.user.pk == one.person_id for two in pairs for one in two):
        raise Http404
    if not pairs:
        messages.error(request, _("Tick at least one pair to introduce."))
        return back_to_board(request, found)
    form = ReasonForm(request.POST if "confirm" in request.POST else None, pairs=len(pairs))
    problems: Mapping[int, Sequence[str]] = {}
    if form.is_valid():
        seen = [suggestion_between(found, *two) for two in pairs]
        chosen = [_chosen(two, form.cleaned_data["reason"], *one) for two, one in zip(pairs, seen, strict=True)]
        try:
            actions.pair_all(found, chosen, by=request.user, now=timezone.now())
        except actions.PairsRefused as refused:
            problems = refused.problems
            form.add_error(None, _("Nobody was introduced: something changed since. Take out the pairs marked below, then send again."))
        else:
            said = ngettext("%(count)d pair has been introduced.", "%(count)d pairs have been introduced.", len(pairs))
            messages.success(request, said % {"count": len(pairs)})
            return back_to_board(request, found)
    context = {
        "cohort": found,
        "form": form,
        "pairs": [(*two, problems.get(index, ())) for index, two in enumerate(pairs)],
        "narrowed": request.POST.get("narrowed", ""),
    }
    return render(request, "matching/propose_pairs.html", context)


def choose_by_hand(request: HttpRequest, cohort: UUID) -> HttpResponse:
    found = paired_by(request, cohort)
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
