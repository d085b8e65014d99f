"""Who runs a program: appointed, told, and thanked."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from releve.people.actions import ensure_person
from releve.people.roles import Duty, Permission
from releve.programs import actions
from releve.programs.duties import duty_name
from releve.programs.forms.staff import AppointForm

from .ways import cohort_where_may, page, sent


def list_staff(request: HttpRequest, cohort) -> HttpResponse:
    found = cohort_where_may(request, Permission.APPOINT_STAFF, cohort)
    form = AppointForm(sent(request), definition=found.definition)
    if form.is_valid():
        given = form.cleaned_data
        with transaction.atomic():
            person, _is_new = ensure_person(given["email"], name=given["name"], language=given["language"])
            actions.appoint(person, Duty(given["duty"]), found.program, by=request.user)
        messages.success(request, _("%(name)s is appointed, and gets a letter that says so.") % {"name": person.name})
        return redirect("programs:list_staff", cohort=found.pk)
    appointments = found.program.appointments.current().select_related("person").order_by("person__name", "duty")
    rows = [(appointment, duty_name(Duty(appointment.duty), found.definition)) for appointment in appointments]
    return page(request, found, "list_staff", {"form": form, "rows": rows})


def end_appointment(request: HttpRequest, cohort, appointment) -> HttpResponse:
    found = cohort_where_may(request, Permission.APPOINT_STAFF, cohort)
    ending = get_object_or_404(found.program.appointments.select_related("person", "program"), pk=appointment)
    if ending.ended_at is not None:
        messages.info(request, _("%(name)s no longer has this part in the program.") % {"name": ending.person.name})
        return redirect("programs:list_staff", cohort=found.pk)
    if request.method == "POST":
        try:
            actions.end_appointment(ending, by=request.user, now=timezone.now())
        except actions.LastCoordinator:
            messages.error(request, _("A program keeps a coordinator. Appoint another one first."))
        else:
            messages.success(request, _("%(name)s no longer has this part in the program.") % {"name": ending.person.name})
        if ending.person_id == request.user.pk:
            return redirect("home:show_today")
        return redirect("programs:list_staff", cohort=found.pk)
    context = {
        "appointment": ending,
        "duty": duty_name(Duty(ending.duty), found.definition),
        "back_url": reverse("programs:list_staff", args=[found.pk]),
    }
    return page(request, found, "end_appointment", context)
