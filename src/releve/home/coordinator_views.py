"""The pages that staff open first: their cohorts, and the board of one."""

from datetime import date
from functools import partial

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from releve.core.frame import Link
from releve.people.models import Person
from releve.people.roles import Permission
from releve.people.roles import may as duties_allow
from releve.programs.models import Cohort, Program
from releve.programs.queries import duties_of, may

from .board import board_of
from .log import events_for, lines_of

LOG_LINES = 50


def list_cohorts(request: HttpRequest) -> HttpResponse:
    staffed = Cohort.objects.staffed_by(request.user).select_related("program", "version")
    # A draft holds nothing for those who only read totals.
    shown = staffed.exclude(state=Cohort.State.DRAFT) | staffed.filter(
        pk__in=Cohort.objects.where_may(request.user, Permission.FOLLOW_PAIRS)
    )
    cohorts = sorted(shown.order_by(), key=partial(_present_first, timezone.localdate()))
    if not cohorts and not Program.objects.staffed_by(request.user):
        return redirect("home:show_today")
    context = {
        "cohorts": cohorts,
        "several": len({cohort.program_id for cohort in cohorts}) > 1,
        "programs": Program.objects.where_may(request.user, Permission.OPEN_COHORT),
    }
    return render(request, "home/list_cohorts.html", context)


def _present_first(today: date, cohort: Cohort) -> tuple[int, int]:
    """Order cohorts: under way or waiting to be closed, coming (the nearest first), drafts, closed (the latest first)."""
    if cohort.state == Cohort.State.CLOSED:
        return 3, -cohort.starts_on.toordinal()
    is_draft, is_coming = cohort.state == Cohort.State.DRAFT, cohort.starts_on > today
    return 2 if is_draft else 1 if is_coming else 0, cohort.starts_on.toordinal()


def show_board(request: HttpRequest, cohort) -> HttpResponse:
    found = get_object_or_404(Cohort.objects.staffed_by(request.user).select_related("program", "version"), pk=cohort)
    if not may(request.user, Permission.FOLLOW_PAIRS, found.program):
        return redirect("reports:show_figures", cohort=found.pk)
    board = board_of(found, request.user, timezone.now(), request.GET.get("page"))
    context = {"cohort": found, "board": board, "tools": tools_for(request.user, found)}
    return render(request, "home/show_board.html", context)


def show_log(request: HttpRequest, cohort) -> HttpResponse:
    reads_log = Cohort.objects.where_may(request.user, Permission.READ_LOG).select_related("program")
    found = get_object_or_404(reads_log, pk=cohort)
    page = Paginator(events_for(found.program, request.user), LOG_LINES).get_page(request.GET.get("page"))
    return render(request, "home/show_log.html", {"cohort": found, "page": page, "lines": lines_of(page, request.user)})


# What staff find beside the board, in the order of the year: what it takes, where it leads, how it is called.
TOOLS = (
    (Permission.READ_REGISTRATIONS, "enrolment:list_people", pgettext_lazy("page", "People")),
    (Permission.IMPORT_PEOPLE, "enrolment:import_file", pgettext_lazy("page", "Import a spreadsheet")),
    (Permission.PAIR_PEOPLE, "matching:show_pairing", pgettext_lazy("page", "Pairing")),
    (Permission.FOLLOW_PAIRS, "relationships:list_relationships", pgettext_lazy("page", "Pairs")),
    (Permission.READ_EVALUATIONS, "surveys:list_evaluations", pgettext_lazy("page", "Evaluations")),
    (Permission.READ_TOTALS, "reports:show_figures", pgettext_lazy("page", "Figures")),
    (Permission.DESIGN_PROGRAM, "programs:edit_dates", pgettext_lazy("page", "Dates, texts and settings")),
    (Permission.APPOINT_STAFF, "programs:list_staff", pgettext_lazy("page", "Committee")),
    (Permission.READ_LOG, "home:show_log", pgettext_lazy("page", "Log")),
)


def tools_for(person: Person, cohort: Cohort) -> list[Link]:
    """Return links to the pages of a cohort that this person may open."""
    duties = duties_of(person, cohort.program)
    public = [Link(reverse("programs:show_program", args=[cohort.program.slug]), _("Public page"))]
    shown = public if cohort.state != Cohort.State.DRAFT else []
    shown += [Link(reverse(name, args=[cohort.pk]), str(label)) for permission, name, label in TOOLS if duties_allow(duties, permission)]
    return shown
