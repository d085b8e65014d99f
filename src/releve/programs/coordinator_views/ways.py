"""The way from one page of a cohort's preparation to the next, for those who may open each."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import pgettext, pgettext_lazy

from releve.core.frame import Link
from releve.people.roles import Permission
from releve.people.roles import may as duties_allow
from releve.programs.models import Cohort
from releve.programs.queries import duties_of

PAGES = (
    ("edit_dates", Permission.DESIGN_PROGRAM, pgettext_lazy("page", "Dates")),
    ("edit_contacts", Permission.DESIGN_PROGRAM, pgettext_lazy("page", "Contacts")),
    ("edit_settings", Permission.DESIGN_PROGRAM, pgettext_lazy("page", "Settings")),
    ("list_texts", Permission.DESIGN_PROGRAM, pgettext_lazy("page", "Texts")),
    ("list_letters", Permission.DESIGN_PROGRAM, pgettext_lazy("page", "Letters")),
    ("show_definition", Permission.DESIGN_PROGRAM, pgettext_lazy("page", "Definition")),
    ("list_staff", Permission.APPOINT_STAFF, pgettext_lazy("page", "Committee")),
)


def cohort_where_may(request: HttpRequest, permission: Permission, cohort: Any) -> Cohort:
    """Find a cohort for somebody whose duty allows something; a page that does not exist for the others."""
    found = Cohort.objects.where_may(request.user, permission).select_related("program", "version")
    return get_object_or_404(found, pk=cohort)


def sent(request: HttpRequest) -> QueryDict | None:
    """Give what a form sent, even an empty one; None when the page was only opened."""
    return request.POST if request.method == "POST" else None


def page(request: HttpRequest, cohort: Cohort, name: str, context: dict[str, Any], *, tab: str = "", status: int = 200) -> HttpResponse:
    """Show a page of a cohort's preparation, with the links to the others."""
    links = _tabs(request, cohort, tab or name)
    return render(request, f"programs/{name}.html", {"cohort": cohort, "program": cohort.program, "tabs": links} | context, status=status)


def _tabs(request: HttpRequest, cohort: Cohort, here: str) -> list[Link]:
    duties = duties_of(request.user, cohort.program)
    pages = list(PAGES)
    if cohort.state == Cohort.State.DRAFT:
        pages.append(("open_cohort", Permission.OPEN_COHORT, pgettext("page", "Opening")))
    elif cohort.state == Cohort.State.OPEN:
        pages.append(("close_cohort", Permission.OPEN_COHORT, pgettext("page", "Closing")))
    return [
        Link(reverse(f"programs:{name}", args=[cohort.pk]), str(label), current=name == here)
        for name, permission, label in pages
        if duties_allow(duties, permission)
    ]
