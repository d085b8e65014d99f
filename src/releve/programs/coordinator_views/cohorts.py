"""A cohort: prepared, dated, set, opened and closed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from releve.people.roles import Permission
from releve.programs import actions
from releve.programs.forms.days import DatesForm, NewCohortForm
from releve.programs.forms.fields import contest
from releve.programs.forms.settings import SettingsForm
from releve.programs.models import Cohort, Program
from releve.programs.offers import offered
from releve.programs.opening import problems_with_opening
from releve.programs.queries import newest_version

from .ways import cohort_where_may, page, sent


def create_cohort(request: HttpRequest, slug: str) -> HttpResponse:
    program = get_object_or_404(Program.objects.where_may(request.user, Permission.OPEN_COHORT), slug=slug)
    definition = newest_version(program).definition
    form = NewCohortForm(sent(request), definition=definition)
    if form.is_valid():
        name = form.cleaned_data["name"]
        days = {"starts_on": form.cleaned_data["starts_on"], "ends_on": form.cleaned_data["ends_on"]}
        try:
            cohort = actions.create_cohort(program, name=name, slug=actions.slug_for(name), **days, by=request.user)
        except actions.NameTaken:
            form.add_error("name", _("This program has a cohort of this name already. Add what sets this one apart."))
        else:
            done = _("The cohort is in preparation. Nobody outside sees it before you open it. Look at its dates first.")
            messages.success(request, done)
            return redirect("programs:edit_dates", cohort=cohort.pk)
    return render(request, "programs/create_cohort.html", {"program": program, "form": form})


def edit_dates(request: HttpRequest, cohort) -> HttpResponse:
    found = cohort_where_may(request, Permission.DESIGN_PROGRAM, cohort)
    form = DatesForm(sent(request), cohort=found)
    if form.is_valid():
        days = {name: form.cleaned_data[name] for name in ("name", "starts_on", "ends_on", "revision")}
        try:
            actions.change_dates(found, **days, chosen=form.chosen, by=request.user)
        except actions.ChangedMeanwhile:
            contest(form, form.present, revision=found.revision)
        else:
            messages.success(request, _("The dates are saved."))
            return redirect("programs:edit_dates", cohort=found.pk)
    return page(request, found, "edit_dates", {"form": form})


def edit_settings(request: HttpRequest, cohort) -> HttpResponse:
    found = cohort_where_may(request, Permission.DESIGN_PROGRAM, cohort)
    form = SettingsForm(sent(request), cohort=found)
    if form.is_valid():
        try:
            actions.change_settings(found, form.values, by=request.user, revision=form.cleaned_data["revision"])
        except actions.ChangedMeanwhile:
            contest(form, {setting.id: found.setting(setting.id) for setting in form.declared}, revision=found.revision)
        else:
            messages.success(request, _("The settings are saved."))
            return redirect("programs:edit_settings", cohort=found.pk)
    return page(request, found, "edit_settings", {"form": form})


def open_cohort(request: HttpRequest, cohort) -> HttpResponse:
    found = cohort_where_may(request, Permission.OPEN_COHORT, cohort)
    if found.state != Cohort.State.DRAFT:
        return redirect("home:show_board", cohort=found.pk)
    obstacles = problems_with_opening(found)
    if request.method == "POST":
        try:
            actions.open_cohort(found, by=request.user, now=timezone.now())
        except actions.OpeningRefused as refused:
            obstacles = refused.obstacles
        except actions.StateRefused:
            messages.info(request, _("Somebody has opened this cohort meanwhile."))
            return redirect("home:show_board", cohort=found.pk)
        else:
            messages.success(request, _("The cohort is open, and its public page with it."))
            return redirect("home:show_board", cohort=found.pk)
    context = {"obstacles": obstacles, "offered": offered(found, timezone.localdate(), as_if_open=True)}
    return page(request, found, "open_cohort", context)


def close_cohort(request: HttpRequest, cohort) -> HttpResponse:
    found = cohort_where_may(request, Permission.OPEN_COHORT, cohort)
    if found.state == Cohort.State.DRAFT:
        return redirect("programs:open_cohort", cohort=found.pk)
    if request.method == "POST":
        try:
            actions.close_cohort(found, by=request.user, now=timezone.now())
        except actions.StateRefused:
            messages.info(request, _("This cohort was closed already."))
        else:
            messages.success(request, _("The cohort is closed. Its people keep what is theirs, and its figures stay."))
    if found.state == Cohort.State.CLOSED or request.method == "POST":
        return redirect("home:show_board", cohort=found.pk)
    return page(request, found, "close_cohort", {"back_url": reverse("home:show_board", args=[found.pk])})
