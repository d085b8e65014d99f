"""The year in figures, on a page and as a file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from releve.enrolment.exporting import export_table
from releve.people.roles import Permission
from releve.programs.models import Cohort
from releve.programs.queries import may

from .figures import Figure, figures_of


def show_figures(request: HttpRequest, cohort) -> HttpResponse:
    found = _cohort(request, cohort)
    limit = found.definition.privacy.small_cell_limit
    groups = figures_of(found, request.user)
    counts = [figure.count for group in groups for figure in group.figures if figure.count != 0]
    context = {
        "cohort": found,
        "groups": groups,
        "limit": limit,
        "mostly_hidden": counts.count(None) > len(counts) / 2,
        "has_board": may(request.user, Permission.FOLLOW_PAIRS, found.program),
    }
    return render(request, "reports/show_figures.html", context)


def export_figures(request: HttpRequest, cohort, file_format: str) -> HttpResponse:
    found = _cohort(request, cohort)
    rows = [
        [group.title, _named(figure), "" if figure.count is None else figure.count]
        for group in figures_of(found, request.user)
        for figure in group.figures
    ]
    return export_table([_("Question"), _("Figure"), _("Count")], rows, file_format, name=f"{found.slug}-figures")


def _named(figure: Figure) -> str:
    """Name a figure with its unit, for a file that shows numbers alone."""
    return _("%(figure)s (minutes)") % {"figure": figure.label} if figure.is_time else figure.label


def _cohort(request: HttpRequest, cohort) -> Cohort:
    found = Cohort.objects.where_may(request.user, Permission.READ_TOTALS).select_related("program", "version")
    return get_object_or_404(found, pk=cohort)
