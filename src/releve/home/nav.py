"""The main navigation: for visitors, for those who take part, for those who run a program; whoever is both has two hats."""

from collections.abc import Iterator
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from releve.core.frame import Link
from releve.enrolment.models import Participant
from releve.library.queries import Reader, readable
from releve.people.models import Person
from releve.people.roles import Duty, Permission
from releve.people.roles import may as duties_allow
from releve.programs.models import Appointment, Cohort
from releve.relationships.models import LIVE_STATES, Relationship, Term

# What staff go to most often: what it takes, where it leads, how it is called.
STAFF_PAGES = (
    (Permission.FOLLOW_PAIRS, "home:show_board", pgettext_lazy("navigation", "Board")),
    (Permission.READ_REGISTRATIONS, "enrolment:list_people", pgettext_lazy("page", "People")),
    (Permission.PAIR_PEOPLE, "matching:show_pairing", pgettext_lazy("page", "Pairing")),
    (Permission.FOLLOW_PAIRS, "relationships:list_relationships", pgettext_lazy("page", "Pairs")),
    (Permission.READ_TOTALS, "reports:show_figures", pgettext_lazy("page", "Figures")),
)
# Pages about one person or one pair: their addresses do not begin with that of the list they belong to.
LISTED_ON = {
    "enrolment:show_participant": "enrolment:list_people",
    "enrolment:withdraw_person": "enrolment:list_people",
    "relationships:follow_relationship": "relationships:list_relationships",
}
# Which cohort stands in front when the address names none.
FIRST_STATES = (Cohort.State.OPEN, Cohort.State.DRAFT, Cohort.State.CLOSED)


def nav_links(request: HttpRequest) -> Iterator[Link]:
    """Give the links of the main navigation, in a constant number of queries."""
    if not request.user.is_authenticated:
        yield Link(reverse("programs:list_programs"), pgettext("page", "Programs"))
        return
    staff, own = list(_staff_links(request)), list(_own_links(request.user))
    today = Link(reverse("home:show_today"), pgettext("page", "Today"))
    if not staff:
        yield from [today, *(own or [Link(reverse("programs:list_programs"), pgettext("page", "Programs"))])]
    elif not own:
        yield from staff
    elif request.path.startswith(reverse("home:list_cohorts")):
        yield from [today, *staff]
    else:
        yield from [today, *own, staff[0]]


def _own_links(person: Person) -> Iterator[Link]:
    """Give what somebody who takes part goes to: their relationship, what there is to read, their hours."""
    places = person.participations.exclude(state__in=[Participant.State.WITHDRAWN, Participant.State.REFUSED])
    newest = places.select_related("cohort__version").order_by("-cohort__starts_on", "created_at").first()
    if newest is None:
        return
    mine = Relationship.objects.of_member(person)
    living = mine.filter(state__in=LIVE_STATES).order_by("-created_at").first()
    if living is not None:
        is_group = newest.cohort.definition.relationship.shape == "group"
        label = pgettext("page", "My group") if is_group else pgettext("page", "My pair")
        yield Link(reverse("home:show_relationship", args=[living.pk]), label)
    if readable(newest.cohort.definition, Reader(person, frozenset({newest.role}))):
        yield Link(reverse("library:list_documents", args=[newest.cohort_id]), pgettext("page", "Reading"))
    if places.filter(confirmed_at__isnull=False).exists():
        yield Link(reverse("progress:show_hours"), pgettext("page", "Hours"))


def _staff_links(request: HttpRequest) -> Iterator[Link]:
    """Give what somebody who runs a program goes to, in the cohort in view."""
    duties: dict[UUID, set[Duty]] = {}
    for program, duty in Appointment.objects.current().filter(person=request.user).values_list("program", "duty"):
        duties.setdefault(program, set()).add(Duty(duty))
    if not duties:
        return
    cohorts = list(Cohort.objects.filter(program__in=duties).order_by("-starts_on").only("program", "state"))
    cohort = _in_view(request, cohorts)
    if cohort is None or len(cohorts) > 1:
        yield Link(reverse("home:list_cohorts"), _("Your programs"))
    if cohort is None:
        return
    here = LISTED_ON.get(request.resolver_match.view_name) if request.resolver_match else None
    for permission, page, label in STAFF_PAGES:
        if duties_allow(duties[cohort.program_id], permission):
            yield Link(reverse(page, args=[cohort.pk]), str(label), current=page == here)


def _in_view(request: HttpRequest, cohorts: list[Cohort]) -> Cohort | None:
    """Find the cohort that the address speaks of, else the one that most likely matters."""
    named = _named_in(request.resolver_match.kwargs if request.resolver_match else {})
    found = next((cohort for cohort in cohorts if cohort.pk == named), None)
    return found or min(cohorts, key=lambda cohort: FIRST_STATES.index(cohort.state), default=None)


def _named_in(address: dict) -> UUID | None:
    if "cohort" in address:
        return address["cohort"]
    if "relationship" in address:
        return Term.objects.filter(relationship=address["relationship"]).order_by("-created_at").values_list("cohort", flat=True).first()
    if "participant" in address:
        return Participant.objects.filter(pk=address["participant"]).values_list("cohort", flat=True).first()
    return None
