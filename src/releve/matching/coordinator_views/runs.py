"""Every run that was made: what it was made of, how two differ, and whether it can be repeated."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from .. import actions
from ..aims import IN_WORDS, proved_in_words
from ..board import Narrowed, board_of
from ..comparing import compare_runs
from ..engine import Objective
from ..models import Run
from ..repeating import repeat
from ..wording.moves import moved_in_words
from .cohorts import faults_in_words, paired_by

PER_PAGE = 25


def list_runs(request: HttpRequest, cohort: UUID) -> HttpResponse:
    found = paired_by(request, cohort)
    runs = found.runs.select_related("by", "policy").defer("problem", "result", "looked_back")
    page = Paginator(runs, PER_PAGE).get_page(request.GET.get("page"))
    context = {"cohort": found, "page": page, "runs": [(run, _aim(run)) for run in page]}
    return render(request, "matching/list_runs.html", context)


def show_run(request: HttpRequest, cohort: UUID, number: int) -> HttpResponse:
    """Show what a run was made of; `?repeat=1` computes it again and compares."""
    found = paired_by(request, cohort)
    run = get_object_or_404(found.runs.select_related("by", "policy"), number=number)
    done = run.state == Run.State.DONE
    context = {
        "cohort": found,
        "run": run,
        "aim": _aim(run),
        "proved": proved_in_words(run) if done else "",
        "faults": faults_in_words(run),
        "before": found.runs.done().filter(number__lt=number).order_by("-number").values_list("number", flat=True).first(),
        "repeated": repeat(run) if done and "repeat" in request.GET else None,
    }
    return render(request, "matching/show_run.html", context)


def compare_two_runs(request: HttpRequest, cohort: UUID, number: int, other: int) -> HttpResponse:
    """Show two runs side by side: who moved, who gained, who lost."""
    found = paired_by(request, cohort)
    done = found.runs.done().defer("problem", "result")
    earlier, later = (get_object_or_404(done, number=one) for one in sorted((number, other)))
    if earlier.number == later.number:
        raise Http404
    boards = [board_of(run, Narrowed({}), reader=request.user) for run in (earlier, later)]
    own = boards[0].beside_reader | boards[1].beside_reader  # in one of the two: what is left would be read as a move
    mentees = {one.mentee for board in boards for one in [*board.fits, *board.reaches]} - own
    compared = compare_runs(boards[0].fits, boards[1].fits, mentees)
    context = {
        "cohort": found,
        "earlier": earlier,
        "later": later,
        "aims": [_aim(earlier), _aim(later)],
        "compared": compared,
        "gained": moved_in_words(found, compared.gained),
        "lost": moved_in_words(found, compared.lost),
        "moved": moved_in_words(found, compared.moved),
    }
    return render(request, "matching/compare_runs.html", context)


@require_POST
def cancel_run(request: HttpRequest, cohort: UUID, number: int) -> HttpResponse:
    found = paired_by(request, cohort)
    run = get_object_or_404(found.runs, number=number)
    if actions.cancel_run(run, by=request.user, now=timezone.now()):
        messages.success(request, _("The run was stopped. What stood before still stands."))
    else:
        messages.info(request, _("The run was over before it could be stopped."))
    return redirect("matching:show_pairing", cohort=found.pk)


def _aim(run: Run) -> str:
    title, _sentence = IN_WORDS.get(Objective(run.objective), (run.objective, ""))
    return str(title)
