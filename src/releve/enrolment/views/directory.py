"""The directory: sheets people chose to show, and whom a participant would like to be paired with."""

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
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from releve.core import frame
from releve.enrolment import actions
from releve.enrolment.filters import chosen_facets
from releve.enrolment.forms import DirectoryFilters
from releve.enrolment.listing import searchable
from releve.enrolment.models import Participant
from releve.enrolment.queries import (
    Quality,
    card_rows,
    find_sheet,
    in_directory,
    other_roles,
    participation_of,
    public_cohorts,
    sheet_rows,
    still_shown,
    wishes_of,
    with_facets,
)
from releve.programs.models import Cohort

from .place import own

PER_PAGE = 24


@never_cache
def browse_sheets(request: HttpRequest, cohort: UUID) -> HttpResponse:
    cohort = get_object_or_404(public_cohorts(), pk=cohort)
    held = participation_of(request.user, cohort)
    places = [place for place in held if place.is_confirmed]
    if held and not places:
        return redirect("enrolment:show_place", participant=held[0].pk)
    readers = {role: place for place in places for role in other_roles(cohort.definition, place.role)}
    if not readers:
        raise Http404
    role = request.GET.get("role") if request.GET.get("role") in readers else next(iter(readers))
    filters = DirectoryFilters(request.GET, definition=cohort.definition, role=role)
    sheets = with_facets(in_directory(cohort, request.user, role), chosen_facets(filters), shown_only=True)
    for word in searchable(filters.cleaned_data.get("search", "")).split():
        sheets = sheets.filter(sheet_text__contains=word)
    page = Paginator(sheets, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "cohort": cohort,
        "place": readers[role],
        "role": cohort.definition.role(role),
        "tabs": _tabs(request, cohort, list(readers), role),
        "filters": filters,
        "is_narrowed": any(request.GET.get(name) for name in filters.fields),
        "page": page,
        "cards": [(sheet, card_rows(sheet)) for sheet in page],
    }
    return render(request, "enrolment/browse_sheets.html", context | _wishes(readers[role]))


def _tabs(request: HttpRequest, cohort: Cohort, roles: list[str], current: str) -> list[frame.Link]:
    if len(roles) < 2:
        return []
    address = reverse("enrolment:browse_sheets", args=[cohort.pk])
    names = {role: str(cohort.definition.role(role).plural) for role in roles}
    return [frame.Link(f"{address}?{urlencode({'role': role})}", names[role], current=role == current) for role in roles]


def _wishes(place: Participant) -> dict[str, Any]:
    """Gather the wishes of somebody who may name some."""
    rule = place.cohort.definition.pairing.wishes
    if rule is None or place.role not in rule.by:
        return {"takes_wishes": False}
    wished = wishes_of(place)
    return {
        "takes_wishes": True,
        "wishes": wished,
        "wished_ids": {item.pk for item in wished},
        "shown_ids": still_shown(place, wished),
        "most": rule.most,
        "is_full": len(wished) >= rule.most,
    }


@never_cache
def show_sheet(request: HttpRequest, participant: UUID) -> HttpResponse:
    sheet = find_sheet(request.user, participant)
    if sheet is None:
        raise Http404
    cohort = sheet.cohort
    place = next(place for place in participation_of(request.user, cohort) if sheet.role in other_roles(cohort.definition, place.role))
    context = {
        "sheet": sheet,
        "cohort": cohort,
        "place": place,
        "role": cohort.definition.role(sheet.role),
        "rows": sheet_rows(sheet, Quality.DIRECTORY),
    }
    return render(request, "enrolment/show_sheet.html", context | _wishes(place))


@require_POST
def change_wishes(request: HttpRequest, participant: UUID) -> HttpResponse:
    """Add, move or take out one wish, and go back to where the button was."""
    place = own(request, participant)
    item, anchor = _find_wished(request, place), "wishes"
    try:
        if item is not None:
            wanted, anchor = _moved(wishes_of(place), item, request.POST.get("move", ""))
            actions.set_wishes(place, wanted, now=timezone.now())
        is_kept = item is not None
    except actions.EnrolmentRefused:
        is_kept = False
    if not is_kept:
        messages.error(request, _("Your wishes stay as they were: the list is full, or this sheet is no longer shown."))
    address = reverse("enrolment:browse_sheets", args=[place.cohort_id])
    query = request.GET.urlencode()
    return redirect(f"{address}?{query}#{anchor}" if query else f"{address}#{anchor}")


def _find_wished(request: HttpRequest, place: Participant) -> Participant | None:
    """Find the participant that the button names: somebody shown, or somebody already wished for."""
    try:
        wanted = UUID(request.POST.get("wished", ""))
    except ValueError:
        return None
    return next((item for item in wishes_of(place) if item.pk == wanted), None) or find_sheet(request.user, wanted)


def _moved(wished: list[Participant], item: Participant, move: str) -> tuple[list[Participant], str]:
    """Give the list after one move, and the part of the page to go back to."""
    others = [other for other in wished if other.pk != item.pk]
    if move == "remove":
        return others, "wishes"
    if item.pk not in {other.pk for other in wished}:
        return [*wished, item], f"sheet_{item.pk}"
    place = [other.pk for other in wished].index(item.pk)
    target = {"up": max(0, place - 1), "down": place + 1}.get(move, place)
    return [*others[:target], item, *others[target:]], "wishes"
