"""The definition of a program as a file: downloaded, uploaded with everything that is wrong with it, compared, pinned."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from releve.people.roles import Permission
from releve.programs import actions
from releve.programs.definition import Definition
from releve.programs.differences import differences
from releve.programs.forms.words import UploadForm
from releve.programs.loading import load
from releve.programs.models import Cohort
from releve.programs.opening import problems_with_pinning
from releve.programs.problems import DefinitionErrors
from releve.programs.queries import parents_for
from releve.programs.texts import editable_part
from releve.programs.writing import to_yaml
from releve.programs.yaml_tree import decode

from .ways import cohort_where_may, page, sent


def show_definition(request: HttpRequest, cohort) -> HttpResponse:
    found = cohort_where_may(request, Permission.DESIGN_PROGRAM, cohort)
    form = UploadForm(sent(request), request.FILES or None)
    context: dict[str, Any] = {"form": form, "program_definition": found.definition}
    if form.is_valid():
        try:
            definition = load(decode(form.cleaned_data["file"].read()), find_parent=parents_for(request.user))
        except DefinitionErrors as errors:
            context["faults"] = _faults(errors)
            form.add_error("file", _faulty(len(errors.problems)))
        else:
            return _saved(request, found, definition, form.cleaned_data["note"])
    versions = found.program.versions.select_related("by").defer("frozen")
    context["versions"] = [(version, _rewritten(found, version.note)) for version in versions]
    return page(request, found, "show_definition", context)


def download_definition(request: HttpRequest, cohort, number: int) -> HttpResponse:
    found = cohort_where_may(request, Permission.DESIGN_PROGRAM, cohort)
    version = get_object_or_404(found.program.versions, number=number)
    name = f"{found.program.slug}-v{version.number}.yaml"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(to_yaml(version.definition), content_type="application/yaml; charset=utf-8", headers=headers)


def compare_versions(request: HttpRequest, cohort, number: int) -> HttpResponse:
    """Say what the cohort would run on instead."""
    found = cohort_where_may(request, Permission.DESIGN_PROGRAM, cohort)
    version = get_object_or_404(found.program.versions.select_related("by"), number=number)
    context = {
        "version": version,
        "changes": differences(found.definition, version.definition),
        "obstacles": problems_with_pinning(found, version),
    }
    return page(request, found, "compare_versions", context, tab="show_definition")


def pin_version(request: HttpRequest, cohort, number: int) -> HttpResponse:
    found = cohort_where_may(request, Permission.DESIGN_PROGRAM, cohort)
    version = get_object_or_404(found.program.versions, number=number)
    if request.method != "POST":
        return redirect("programs:compare_versions", cohort=found.pk, number=number)
    try:
        actions.pin_version(found, version, by=request.user)
    except actions.PinningRefused:
        messages.error(request, _("The cohort cannot run on this version. The reasons stand below."))
        return redirect("programs:compare_versions", cohort=found.pk, number=number)
    messages.success(request, _("The cohort now runs on version %(number)s.") % {"number": version.number})
    return redirect("programs:show_definition", cohort=found.pk)


def _saved(request: HttpRequest, cohort: Cohort, definition: Definition, note: str) -> HttpResponse:
    """Keep an uploaded definition, and lead to what it would change."""
    version = actions.save_version(cohort.program, definition, by=request.user, note=note)
    if version.pk == cohort.version_id:
        messages.info(request, _("This file says what version %(number)s says already. Nothing was saved.") % {"number": version.number})
        return redirect("programs:show_definition", cohort=cohort.pk)
    messages.success(
        request,
        _("Version %(number)s is saved. The cohort does not run on it yet: see what it changes, then decide.") % {"number": version.number},
    )
    return redirect("programs:compare_versions", cohort=cohort.pk, number=version.number)


def _rewritten(cohort: Cohort, note: str) -> str:
    """Name the part of the definition that a version rewrote, if that is what its note says."""
    group, _dot, part_id = note.partition(".")
    part = editable_part(cohort.definition, group, part_id)
    return part.title if part else ""


def _faults(errors: DefinitionErrors) -> list[dict[str, Any]]:
    language = get_language() or "fr"
    return [
        {"where": problem.where, "line": problem.line, "what": problem.message(language), "mend": problem.mend(language)}
        for problem in errors.problems
    ]


def _faulty(count: int) -> str:
    said = ngettext(
        "There is %(count)d thing to mend in this file: it is listed below. Nothing was saved.",
        "There are %(count)d things to mend in this file: they are listed below. Nothing was saved.",
        count,
    )
    return said % {"count": count}
