"""The board: what the newest run gives, and what the committee changes in it."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from releve.enrolment.filters import chosen_facets
from releve.programs.models import Cohort
from releve.relationships.queries import count_free

from .. import actions
from ..aims import IN_WORDS, aims, proved_in_words, takes_part
from ..board import BEST, ORDERS, Board, Narrowed, Row, board_of, fairness_for, rows_of
from ..fairness import SMALLEST_GROUP, Fairness
from ..forms import LONGEST_REASON, BoardFilters
from ..inputs import policy_of
from ..models import Adjustment, Policy, Run
from ..queries import has_moved_on, latest_run, newest_number, switched_on
from ..wording.board import parts_in_words, reach_in_words
from ..wording.reasons import groups_in_words, reasons
from .cohorts import back_to_board, faults_in_words, pair_in, paired_by, refused_in_words, say_moved, seen_in

PER_PAGE = 25


def show_pairing(request: HttpRequest, cohort: UUID) -> HttpResponse:
    found = paired_by(request, cohort)
    run = latest_run(found)
    filters = BoardFilters(request.GET, definition=found.definition)
    board = board_of(run, _narrowed(request, filters), reader=request.user) if run else None
    page = Paginator(board.said if board else [], PER_PAGE).get_page(request.GET.get("page"))
    newest = newest_number(found)
    failed = found.runs.filter(state=Run.State.FAILED, number=newest).first()
    context = {
        "cohort": found,
        "run": run,
        "board": board,
        "page": page,
        "filters": filters,
        "rows": [_in_words(found, row) for row in rows_of(board, page.object_list)] if board else [],
        "narrowed": request.GET.urlencode(),
        "waiting": count_free(found, but=request.user),
        "switched_on": len(switched_on(found, but=request.user)),
        "under_way": found.runs.under_way().order_by("-number").first(),
        "failed": failed,
        "faults": faults_in_words(failed) if failed else [],
        "seen": newest,
        "standing": _standing(found, request),
    }
    return render(request, "matching/show_pairing.html", context | _whole(found, run, board, request))


def _whole(cohort: Cohort, run: Run | None, board: Board | None, request: HttpRequest) -> dict[str, Any]:
    """Say of the whole run what it is best at, what it is proved to be, and whom it serves well."""
    if run is None or board is None:
        return {}
    fairness = fairness_for(board)
    return {
        "aims": aims(cohort, run, reader=request.user),
        "hides_totals": takes_part(run, request.user),
        "has_moved_on": has_moved_on(run, reader=request.user),
        "proved": proved_in_words(run),
        "fairness": fairness,
        **_groups(cohort, fairness),
    }


def _groups(cohort: Cohort, fairness: Fairness) -> dict[str, Any]:
    """Set groups from which something can be concluded apart from the others."""
    groups = groups_in_words(cohort.definition, fairness)
    return {
        "large": [group for group in groups if group.mentees >= SMALLEST_GROUP],
        "small": [group for group in groups if group.mentees < SMALLEST_GROUP],
        "small_title": _("Groups of fewer than %(count)d mentees, too small to conclude anything") % {"count": SMALLEST_GROUP},
    }


def _narrowed(request: HttpRequest, filters: BoardFilters) -> Narrowed:
    facets = chosen_facets(filters)
    order = request.GET.get("sort", "")
    return Narrowed(facets, filters.cleaned_data.get("shown", ""), order if order in ORDERS else BEST)


def _in_words(cohort: Cohort, row: Row) -> dict[str, Any]:
    definition = cohort.definition
    if row.fit is None:
        return {"row": row, "reasons": reach_in_words(definition, row.reach) if row.reach else []}
    return {"row": row, "chips": reasons(definition, row.fit), "parts": parts_in_words(definition, row.fit)}


def _standing(cohort: Cohort, request: HttpRequest) -> list[Adjustment]:
    """List what the committee keeps together or apart, the newest first; never the reader's own."""
    people = ("mentee__person", "mentor__person", "by")
    return list(
        cohort.adjustments.standing().exclude(mentee__person=request.user).exclude(mentor__person=request.user).select_related(*people)
    )


@require_POST
def suggest_pairs(request: HttpRequest, cohort: UUID) -> HttpResponse:
    found = paired_by(request, cohort)
    change = partial(actions.run_again, found, seen=seen_in(request), by=request.user, now=timezone.now())
    return _changed(request, found, change, _("Suggestions are ready. Nobody is paired until you decide."))


@require_POST
def choose_aim(request: HttpRequest, cohort: UUID) -> HttpResponse:
    """Run again with another aim; weights and rules stay as they are."""
    found = paired_by(request, cohort)
    objective = request.POST.get("objective", "")
    if objective not in {aim.value for aim in IN_WORDS}:
        messages.error(request, _("Choose one of the aims."))
        return back_to_board(request, found)
    before = policy_of(found)
    policy = Policy(objective=objective, weights=before.weights if before else {}, rules_off=before.rules_off if before else [])
    change = partial(actions.change_policy, found, policy, seen=seen_in(request), by=request.user, now=timezone.now())
    return _changed(request, found, change, _("This is what the board looks like with this aim."))


@require_POST
def adjust_pair(request: HttpRequest, cohort: UUID) -> HttpResponse:
    """Keep two people together or apart, and run again around it."""
    found = paired_by(request, cohort)
    verb: dict[str, Callable[..., Run]] = {"lock": actions.keep_together, "forbid": actions.keep_apart}
    said = {
        "lock": _("These two stay together in every run, until you undo it."),
        "forbid": _("These two are kept apart, until you undo it."),
    }
    kind, _colon, pair = request.POST.get("adjust", "").partition(":")
    if kind not in verb:
        messages.error(request, _("Choose a pair of the board, and what to do with it."))
        return back_to_board(request, found)
    two = pair_in(found, pair)
    reason = request.POST.get("reason", "")[:LONGEST_REASON]
    change = partial(verb[kind], found, two, seen=seen_in(request), reason=reason, by=request.user, now=timezone.now())
    return _changed(request, found, change, said[kind])


@require_POST
def swap_pairs(request: HttpRequest, cohort: UUID) -> HttpResponse:
    found = paired_by(request, cohort)
    ticked = request.POST.getlist("pair")
    if len(ticked) != 2:
        messages.error(request, _("Tick two pairs, no more and no fewer, then swap their mentors."))
        return back_to_board(request, found)
    one, other = (pair_in(found, pair) for pair in ticked)
    change = partial(actions.swap, found, one, other, seen=seen_in(request), by=request.user, now=timezone.now())
    return _changed(request, found, change, _("The two mentees have each other’s mentor now, and stay so until you undo it."))


@require_POST
def undo_adjustment(request: HttpRequest, cohort: UUID, adjustment: UUID) -> HttpResponse:
    found = paired_by(request, cohort)
    one = get_object_or_404(found.adjustments.select_related("cohort__program", "mentee", "mentor"), pk=adjustment)
    change = partial(actions.undo, one, seen=seen_in(request), by=request.user, now=timezone.now())
    return _changed(request, found, change, _("Undone: the engine decides about these two again."))


def _changed(request: HttpRequest, cohort: Cohort, change: Callable[[], Run], said: str) -> HttpResponse:
    """Make one change of the board and say what became of it."""
    try:
        run = change()
    except PermissionDenied as error:
        raise Http404 from error
    except actions.BoardMoved:
        say_moved(request)
    except actions.PairingRefused as refused:
        messages.error(request, refused_in_words(refused, cohort))
    else:
        if run.state == Run.State.DONE:
            messages.success(request, said)
    return back_to_board(request, cohort)
