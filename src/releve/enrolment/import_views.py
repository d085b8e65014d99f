"""The pages by which a spreadsheet comes in: choose the file, settle its columns, look at its rows, land them."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from releve.core.frame import Link
from releve.people.roles import Permission
from releve.programs.models import Cohort

from .import_forms import ColumnsForm, FileForm
from .importing import actions, tasks
from .importing.cards import cards_of
from .importing.preview import reader_of
from .importing.sentences import reason_sentence
from .models import Import, ImportRow

ROWS_PER_PAGE = 200
Verdict = ImportRow.Verdict
WAITING = (Import.State.CHECKING, Import.State.LANDING)
VIEWS = {
    "all": Q(),
    "mend": Q(verdict__in=actions.IN_THE_WAY) | Q(remarked=True),
    "new": Q(verdict=Verdict.NEW),
    "change": Q(verdict=Verdict.CHANGE),
    "known": Q(verdict__in=[Verdict.KNOWN, Verdict.KEPT]),
    "out": Q(verdict__in=[Verdict.MERGED, Verdict.EXCLUDED]),
}


def _cohort(request: HttpRequest, cohort: UUID) -> Cohort:
    mine = Cohort.objects.where_may(request.user, Permission.IMPORT_PEOPLE)
    return get_object_or_404(mine.select_related("program", "version"), pk=cohort)


def _sheet(request: HttpRequest, cohort: UUID, sheet: UUID) -> Import:
    return get_object_or_404(_cohort(request, cohort).imports.select_related("cohort__program", "cohort__version"), pk=sheet)


@never_cache
def import_file(request: HttpRequest, cohort: UUID) -> HttpResponse:
    found = _cohort(request, cohort)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_valid():
        name = form.cleaned_data["file"].name
        sheet = actions.start_import(found, form.table, file_name=name, by=request.user)
        return redirect("enrolment:import_columns", cohort=found.pk, sheet=sheet.pk)
    begun = found.imports.filter(state__in=actions.OPEN).order_by("-created_at")
    landed = found.imports.filter(state=Import.State.LANDED).order_by("-ended_at")[:10]
    return render(request, "enrolment/import_file.html", {"cohort": found, "form": form, "begun": begun, "landed": landed})


@never_cache
def import_columns(request: HttpRequest, cohort: UUID, sheet: UUID) -> HttpResponse:
    sheet = _sheet(request, cohort, sheet)
    if sheet.state not in actions.OPEN:
        return redirect("enrolment:import_rows", cohort=cohort, sheet=sheet.pk)
    rows = list(sheet.rows.values_list("cells", flat=True)[:50])
    form = ColumnsForm(request.POST if request.method == "POST" else None, sheet=sheet, rows=rows)
    if form.is_valid():
        try:
            actions.map_columns(sheet, form.columns, by=request.user)
            tasks.check(sheet)
        except actions.AlreadyEnded as error:
            messages.warning(request, _ended(error))
        return redirect("enrolment:import_rows", cohort=cohort, sheet=sheet.pk)
    return render(request, "enrolment/import_columns.html", {"cohort": sheet.cohort, "sheet": sheet, "form": form})


@never_cache
def import_rows(request: HttpRequest, cohort: UUID, sheet: UUID) -> HttpResponse:
    sheet = _sheet(request, cohort, sheet)
    if request.method == "POST":
        return _take(request, sheet)
    if sheet.state == Import.State.MAPPING:
        return redirect("enrolment:import_columns", cohort=cohort, sheet=sheet.pk)
    context = {"cohort": sheet.cohort, "sheet": sheet}
    if sheet.state in WAITING:
        return render(request, "enrolment/import_wait.html", context)
    if sheet.state != Import.State.PREVIEW:
        left = [(number, reason_sentence(code)) for number, code in sheet.outcome.get("left", [])]
        return render(request, "enrolment/import_end.html", context | {"left": left})
    counts = _counts(sheet)
    show = request.GET.get("show", "")
    show = show if show in VIEWS else "mend" if counts["mend"] else "all"
    page: Page = Paginator(_rows(sheet, show), ROWS_PER_PAGE).get_page(request.GET.get("page"))
    edit = request.GET.get("edit", "")
    cards = cards_of(sheet, page.object_list, edit=int(edit) if edit.isdecimal() and len(edit) < 9 else None)
    context |= {"counts": counts, "show": show, "page": page, "cards": cards, "views": _tabs(sheet, counts, show)}
    return render(request, "enrolment/import_rows.html", context | {"missing": _missing(sheet)})


def _rows(sheet: Import, show: str) -> QuerySet[ImportRow]:
    return sheet.rows.filter(VIEWS[show])


def _counts(sheet: Import) -> dict[str, int]:
    numbers = {name: Count("pk", filter=condition) if condition else Count("pk") for name, condition in VIEWS.items()}
    return sheet.rows.aggregate(**numbers, in_the_way=Count("pk", filter=Q(verdict__in=actions.IN_THE_WAY)))


def _tabs(sheet: Import, counts: dict[str, int], show: str) -> list[Link]:
    names = {
        "mend": pgettext("rows of a file", "To look at"),
        "new": pgettext("rows of a file", "Coming in"),
        "change": pgettext("rows of a file", "Known, with other answers"),
        "known": pgettext("rows of a file", "Known"),
        "out": pgettext("rows of a file", "Not coming in"),
        "all": pgettext("rows of a file", "All"),
    }
    shown = [name for name in names if counts[name] or name in {"mend", "all"}]
    return [Link(f"?show={name}", f"{names[name]} ({counts[name]})", current=name == show) for name in shown]


def _missing(sheet: Import) -> list[tuple[str, list[str]]]:
    """List, for each role, the required answers that no column holds."""
    reader = reader_of(sheet)
    missing = [(str(role.plural), [str(question.text) for question in reader.missing_columns(role.id)]) for role in reader.roles]
    return [(role, questions) for role, questions in missing if questions]


def _take(request: HttpRequest, sheet: Import) -> HttpResponse:
    """Take corrections and decisions; land if that was asked for and nothing moved since the page was made."""
    try:
        changed = actions.correct_rows(sheet, *_written(request, sheet), by=request.user)
        if changed:
            tasks.check(sheet)
        if "land" in request.POST:
            if changed:
                messages.info(request, _("Your corrections are kept. Look at the result, then bring people in."))
            else:
                _land(request, sheet)
        elif changed:
            messages.success(request, _("Your corrections are kept, and every row was looked at again."))
    except actions.AlreadyEnded as error:
        messages.warning(request, _ended(error))
    return redirect(_back(request, sheet))


def _land(request: HttpRequest, sheet: Import) -> None:
    revision = request.POST.get("revision", "")
    try:
        tasks.land(
            sheet,
            revision=int(revision) if revision.isdecimal() and len(revision) < 9 else -1,
            all_or_none=request.POST.get("which") == "all",
            by=request.user,
            now=timezone.now(),
        )
    except actions.NewerPreview:
        messages.warning(request, _("Something changed since this page was made, and nobody came in. Look at the rows again."))
    except actions.ProblemsRemain as error:
        sentence = ngettext(
            "Nobody came in: %(count)s row is still to mend or to leave out.",
            "Nobody came in: %(count)s rows are still to mend or to leave out.",
            error.count,
        )
        messages.error(request, sentence % {"count": error.count})


def _written(request: HttpRequest, sheet: Import) -> tuple[dict[int, dict[int, str]], dict[int, str]]:
    """Read the fields of the page: `cell-ROW-COLUMN`, `decide-ROW` for the rows listed in `boxes`."""
    corrections: dict[int, dict[int, str]] = {}
    for name in request.POST:
        kind, _dash, rest = name.partition("-")
        row, _dash, place = rest.partition("-")
        if kind == "cell" and row.isdecimal() and place.isdecimal() and len(rest) < 16:
            corrections.setdefault(int(row), {})[int(place)] = "\n".join(text for text in request.POST.getlist(name) if text)
    shown = [int(number) for number in request.POST.get("boxes", "").split(",") if number.isdecimal() and len(number) < 9]
    return corrections, {number: request.POST.get(f"decide-{number}", "") for number in shown}


def _back(request: HttpRequest, sheet: Import) -> str:
    address = reverse("enrolment:import_rows", kwargs={"cohort": sheet.cohort_id, "sheet": sheet.pk})
    here = {name: request.POST[name] for name in ("show", "page") if request.POST.get(name, "").isalnum()}
    return f"{address}?{urlencode(here)}" if here and sheet.state == Import.State.PREVIEW else address


def _ended(error: actions.AlreadyEnded) -> str:
    if error.state in {Import.State.LANDED, Import.State.LANDING}:
        return _("This file has already come in, perhaps from another window. Nothing was done twice.")
    return _("This file was given up, perhaps from another window.")


@require_POST
def drop_import(request: HttpRequest, cohort: UUID, sheet: UUID) -> HttpResponse:
    sheet = _sheet(request, cohort, sheet)
    try:
        actions.drop_import(sheet, by=request.user, now=timezone.now())
        messages.success(request, _("The file was given up. Nothing of it stays here."))
    except actions.AlreadyEnded as error:
        messages.warning(request, _ended(error))
    return redirect("enrolment:import_file", cohort=cohort)
