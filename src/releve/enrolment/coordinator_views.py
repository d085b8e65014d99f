"""What staff do about the people of a cohort: list, read, add, invite, let wait, withdraw."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from releve.audit import actions as audit
from releve.core import dates, frame
from releve.notifications.queries import preview
from releve.people.roles import Permission
from releve.programs.models import Cohort
from releve.programs.queries import may
from releve.questionnaires.display import text_of

from . import actions
from .filters import chosen_facets
from .forms import AddPersonForm, PeopleFilters, WithdrawPersonForm
from .listing import facet_questions, searchable
from .models import Participant
from .queries import consents_for, count_by_state, in_order, reads_pairing_facts, registration_rows, to_invite, wishes_of, with_facets

PER_PAGE = 50
ORDERS = {
    "name": ("sort_name", "pk"),
    "role": ("role", "sort_name", "pk"),
    "state": ("state", "sort_name", "pk"),
    "confirmed": ("confirmed_at", "sort_name", "pk"),
}
COLUMNS = 3  # answers beside each name; the others are a click away
State = Participant.State


def staffed(request: HttpRequest, cohort: UUID, permission: Permission) -> Cohort:
    found = Cohort.objects.where_may(request.user, permission).select_related("program", "version")
    return get_object_or_404(found, pk=cohort)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


@never_cache
def list_people(request: HttpRequest, cohort: UUID) -> HttpResponse:
    cohort = staffed(request, cohort, Permission.READ_REGISTRATIONS)
    filters = PeopleFilters(request.GET, definition=cohort.definition)
    found = _narrowed(cohort, filters, request.GET.get("sort", ""))
    # Rows are long and a far page passes over thousands: first which, then these.
    page = Paginator(found.values_list("pk", flat=True), PER_PAGE).get_page(request.GET.get("page"))
    columns = [question for question in facet_questions(cohort.definition.intake_form) if question.type == "choice"]
    names = {role.id: str(role.name) for role in cohort.definition.roles}
    kinds = {role.id: role.kind for role in cohort.definition.roles}
    table = [
        {
            "participant": one,
            "role": names.get(one.role, one.role),
            "kind": kinds.get(one.role, ""),
            "cells": [(str(question.label), text_of(question, one.given_answers.get(question.id))) for question in columns[:COLUMNS]],
        }
        for one in in_order(cohort, list(page))
    ]
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "cohort": cohort,
        "filters": filters,
        "is_narrowed": any(request.GET.get(name) for name in filters.fields),
        "tabs": _tabs(request, cohort),
        "page": page,
        "table": table,
        "columns": [str(question.label) for question in columns[:COLUMNS]],
        "query": query.urlencode(),
        "may": {
            name.value: may(request.user, name, cohort.program)
            for name in (Permission.INVITE_PEOPLE, Permission.IMPORT_PEOPLE, Permission.EXPORT_LISTS)
        },
    }
    return render(request, "enrolment/list_people.html", context)


def _narrowed(cohort: Cohort, filters: PeopleFilters, sort: str) -> Any:
    found = with_facets(cohort.participants.all(), chosen_facets(filters), shown_only=False)
    wanted = {name: filters.cleaned_data[name] for name in ("role", "state") if filters.cleaned_data.get(name)}
    found = found.filter(**wanted)
    for word in searchable(filters.cleaned_data.get("search", "")).split():
        found = found.filter(search_text__contains=word)
    order = ORDERS.get(sort.lstrip("-"), ORDERS["name"])
    first = f"-{order[0]}" if sort.startswith("-") else order[0]
    return found.order_by(first, *order[1:])


def _tabs(request: HttpRequest, cohort: Cohort) -> list[frame.Link]:
    """One view per state that somebody is in, with how many; the other filters stay."""
    counts, current = count_by_state(cohort), request.GET.get("state", "")
    tabs = [(pgettext("people of a cohort", "All"), "", sum(counts.values()))]
    tabs += [(str(state.label), state.value, counts[state.value]) for state in State if counts.get(state.value) or state.value == current]
    return [frame.Link(_with(request, state=state), label, current=state == current, count=count) for label, state, count in tabs]


def _with(request: HttpRequest, **changes: str) -> str:
    query = {name: value for name, value in request.GET.items() if name != "page"} | changes
    return f"{request.path}?{urlencode({name: value for name, value in query.items() if value})}"


@never_cache
def show_participant(request: HttpRequest, participant: UUID) -> HttpResponse:
    # What the committee reads about somebody is no page of theirs, staff or not: they have `show_place`.
    others = Participant.objects.visible_to(request.user).exclude(person=request.user)
    one = get_object_or_404(others.select_related("cohort__version", "cohort__program", "person", "registration"), pk=participant)
    cohort, definition = one.cohort, one.cohort.definition
    reads_facts = may(request.user, Permission.READ_PAIRING_FACTS, cohort.program) and reads_pairing_facts(request.user, one)
    registration, pairing_facts = registration_rows(one)
    if reads_facts and (pairing_facts or one.wishes.exists()):
        audit.record("pairing_facts.read", by=request.user, subject=one.person, on=one, program=cohort.program)
    agreed = {consent.purpose: consent for consent in one.consents.filter(withdrawn_at__isnull=True)}
    context = {
        "participant": one,
        "cohort": cohort,
        "role": definition.role(one.role),
        "left_on": dates.day(one.withdrawn_at) if one.withdrawn_at else "",
        "rows": registration,
        "reads_facts": reads_facts,
        "pairing_facts": pairing_facts if reads_facts else [],
        "wishes": wishes_of(one) if reads_facts else [],
        "consents": [(item, agreed.get(item.id)) for item in consents_for(cohort, one.role)],
        "may_invite": may(request.user, Permission.INVITE_PEOPLE, cohort.program),
        "may_close": actions.may_close_place(one, request.user),
        "elsewhere": cohort.participants.filter(person=one.person).exclude(pk=one.pk),
        "names": {role.id: role.name for role in definition.roles},
    }
    return render(request, "enrolment/show_participant.html", context)


@never_cache
def add_person(request: HttpRequest, cohort: UUID) -> HttpResponse:
    cohort = staffed(request, cohort, Permission.IMPORT_PEOPLE)
    form = AddPersonForm(_sent(request), definition=cohort.definition)
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.add_participant(cohort, **form.cleaned_data, by=request.user, now=timezone.now())
        except actions.AlreadyTakesPart as error:
            state = error.participant.get_state_display()
            form.add_error("email", _("This person has this place already (%(state)s).") % {"state": state})
        except actions.RoleRefused:
            form.add_error("role", _("This person holds another role in this cohort, and the program does not allow both."))
        except actions.RegistrationClosed:
            form.add_error(None, _("This cohort is closed: nobody can be added to it any more."))
        else:
            messages.success(request, _("%(name)s is on the list. Nothing is sent before you invite them.") % {"name": added.person.name})
            return redirect("enrolment:show_participant", participant=added.pk)
    return render(request, "enrolment/add_person.html", {"cohort": cohort, "form": form})


@never_cache
def invite_people(request: HttpRequest, cohort: UUID) -> HttpResponse:
    cohort = staffed(request, cohort, Permission.INVITE_PEOPLE)
    chosen = _chosen(request)
    waiting = to_invite(cohort, only=chosen or None)
    if request.method == "POST" and "send" in request.POST:
        count = actions.invite(waiting, by=request.user, now=timezone.now())
        sentence = ngettext("%(count)s invitation is on its way.", "%(count)s invitations are on their way.", count)
        messages.success(request, sentence % {"count": count})
        return redirect("enrolment:list_people", cohort=cohort.pk)
    count = waiting.count()
    context = {
        "cohort": cohort,
        "count": count,
        "left_out": len(chosen) - count if chosen else 0,
        "chosen": chosen,
        "languages": _first_letters(waiting),
        "unanswered": cohort.participants.filter(state=State.INVITED, invited_at__isnull=False).count(),
        "people": waiting[:10],
        "more": max(0, count - 10),
    }
    return render(request, "enrolment/invite_people.html", context)


def _first_letters(waiting: Any) -> list[dict[str, Any]]:
    """Show one letter per language as its reader would get it; the link in it is not for other eyes."""
    letters = []
    for code in ("fr", "en"):
        first = waiting.filter(person__language=code).first()
        content = preview("invitation", {"participant": str(first.pk)}, first.person) if first else None
        if first and content:
            letters.append({"code": code, "to": first.person, "content": content, "count": waiting.filter(person__language=code).count()})
    return letters


def _chosen(request: HttpRequest) -> list[UUID]:
    """Read which rows were ticked; what is no identity is left out."""
    chosen = []
    for value in request.POST.getlist("participant"):
        try:
            chosen.append(UUID(value))
        except ValueError:
            continue
    return chosen


@require_POST
def change_waiting_list(request: HttpRequest, cohort: UUID) -> HttpResponse:
    cohort = staffed(request, cohort, Permission.INVITE_PEOPLE)
    chosen = cohort.participants.filter(pk__in=_chosen(request)).select_related("person", "cohort__program")
    if request.POST.get("to") == "registered":
        count = actions.take_off_waiting_list(chosen, by=request.user, now=timezone.now())
        sentence = ngettext("%(count)s person is off the waiting list.", "%(count)s people are off the waiting list.", count)
    else:
        count = actions.put_on_waiting_list(chosen, by=request.user, now=timezone.now())
        sentence = ngettext(
            "%(count)s person is on the waiting list, and is told.", "%(count)s people are on the waiting list, and are told.", count
        )
    messages.success(request, sentence % {"count": count})
    back = request.POST.get("back")
    if back == "participant" and len(chosen) == 1:
        return redirect("enrolment:show_participant", participant=chosen[0].pk)
    address = reverse("enrolment:list_people", args=[cohort.pk])
    return redirect(f"{address}?{request.GET.urlencode()}" if request.GET else address)


@never_cache
def withdraw_person(request: HttpRequest, participant: UUID) -> HttpResponse:
    found = Participant.objects.visible_to(request.user).select_related("cohort__version", "cohort__program", "person")
    one = get_object_or_404(found, pk=participant)
    if not actions.may_close_place(one, request.user):
        raise Http404
    form = WithdrawPersonForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        if actions.withdraw(one, by=request.user, now=timezone.now(), reason=form.cleaned_data["reason"]):
            messages.success(request, _("%(name)s no longer takes part, and is told.") % {"name": one.person.name})
        return redirect("enrolment:show_participant", participant=one.pk)
    context = {
        "participant": one,
        "cohort": one.cohort,
        "role": one.cohort.definition.role(one.role),
        "form": form,
        "back_url": reverse("enrolment:show_participant", args=[one.pk]),
    }
    return render(request, "enrolment/withdraw_person.html", context)
