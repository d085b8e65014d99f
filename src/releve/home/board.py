"""What the committee's board shows: how far the cohort is, what is due, who needs care, what to do first."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from releve.core.components import NextAction, Stage
from releve.enrolment.models import Participant
from releve.people.models import Person
from releve.people.roles import Permission
from releve.programs.models import Cohort
from releve.programs.opening import problems_with_opening
from releve.programs.queries import may
from releve.progress.attention import Concern, Need, concerns_about, pairs_needing_care
from releve.relationships.models import LIVE_STATES, Relationship, State
from releve.relationships.queries import count_free, followed_in

DUE_DAYS = 14
CONCERNS_PER_PAGE = 25


@dataclass(frozen=True)
class Due:
    """A date of the cohort that is near."""

    label: str
    day: date


@dataclass(frozen=True)
class Board:
    """Everything the board shows, read in a constant number of queries. `concerns` is one page of them."""

    stages: list[Stage]
    due: list[Due]
    concerns: Page
    next_action: NextAction | None
    free_mentees: int
    free_mentors: int


def board_of(cohort: Cohort, person: Person, now: datetime, page: str | None = None) -> Board:
    """Gather a cohort's board for somebody who follows it."""
    pairs = pairs_needing_care(cohort, person, now)
    concerns = Paginator(pairs, CONCERNS_PER_PAGE).get_page(page)
    concerns.object_list = concerns_about(concerns.object_list)
    first = concerns.object_list[:1] if concerns.number == 1 else concerns_about(pairs[:1])
    free = count_free(cohort)
    return Board(
        stages=_stages(cohort, person),
        due=_due(cohort, timezone.localdate(now)),
        concerns=concerns,
        next_action=_next_action(cohort, person, first[0] if first else None, free),
        free_mentees=free["mentee"],
        free_mentors=free["mentor"],
    )


def _stages(cohort: Cohort, person: Person) -> list[Stage]:
    people = reverse("enrolment:list_people", args=[cohort.pk])
    pairs = reverse("relationships:list_relationships", args=[cohort.pk])
    here = cohort.participants.exclude(state=Participant.State.WITHDRAWN)
    live = Relationship.objects.filter(terms__cohort=cohort, memberships__left_at__isnull=True)
    paired = _people_in(live, LIVE_STATES | {State.COMPLETED, State.ENDED})
    confirmed = _people_in(live, {State.CONFIRMED, State.PAUSED, State.COMPLETED, State.ENDED})
    return [
        Stage(_("On the list"), here.count(), people),
        Stage(_("Registered"), here.filter(confirmed_at__isnull=False).count(), people),
        Stage(_("Introduced to someone"), paired, pairs),
        Stage(_("In a confirmed pair"), confirmed, pairs),
    ]


def _people_in(relationships, states) -> int:
    found = relationships.filter(state__in=states, never_introduced=False)
    if states.isdisjoint({State.INTRODUCED}):
        found = found.filter(confirmed_at__isnull=False)
    return found.values("memberships__participant").distinct().count()


def _due(cohort: Cohort, today: date) -> list[Due]:
    labels = {named.id: str(named.label) for named in cohort.definition.calendar}
    labels |= {"cohort_starts": _("The cohort starts"), "cohort_ends": _("The cohort ends")}
    until = today + timedelta(days=DUE_DAYS)
    near = [Due(labels[key], day) for key, day in cohort.calendar.dates.items() if today <= day <= until]
    return sorted(near, key=lambda due: due.day)


def _next_action(cohort: Cohort, person: Person, worst: Concern | None, free: dict[str, int]) -> NextAction | None:
    if cohort.state == Cohort.State.DRAFT:
        return _opening(cohort, person)
    care = _care(worst) if worst else None
    if cohort.state == Cohort.State.CLOSED or (worst and worst.need in {Need.HELP_ASKED, Need.NO_OUTCOME}):
        return care
    return _invite(cohort, person) or _call(cohort, person) or _prepared(cohort, person) or _pair(cohort, free) or care


def _opening(cohort: Cohort, person: Person) -> NextAction | None:
    if not may(person, Permission.OPEN_COHORT, cohort.program):
        return None
    obstacles = problems_with_opening(cohort)
    if obstacles:
        return NextAction(
            title=_("Mend what keeps the cohort closed"),
            url=reverse("programs:open_cohort", args=[cohort.pk]),
            label=_("See what is missing"),
            reason=str(obstacles[0]),
        )
    return NextAction(
        title=_("Open the cohort"),
        url=reverse("programs:open_cohort", args=[cohort.pk]),
        label=_("Check and open"),
        reason=_("Everything is in place. The public page appears as soon as you open it."),
        minutes=2,
    )


def _care(concern: Concern) -> NextAction:
    titles = {
        Need.HELP_ASKED: _("Someone asked for help"),
        Need.NO_OUTCOME: _("A pair has not answered"),
        Need.NO_ANSWER: _("Answers are due soon"),
        Need.NOT_SIGNED: _("A pair is slow to sign"),
        Need.SILENT: _("A pair has gone quiet"),
    }
    names = " · ".join(m.participant.person.name for m in concern.relationship.memberships.all())
    return NextAction(
        title=titles[concern.need],
        url=reverse("relationships:follow_relationship", args=[concern.relationship.pk]),
        label=_("Open the pair"),
        reason=names,
        minutes=5,
    )


def _invite(cohort: Cohort, person: Person) -> NextAction | None:
    if not may(person, Permission.INVITE_PEOPLE, cohort.program):
        return None
    waiting = cohort.participants.filter(state=Participant.State.INVITED, invited_at__isnull=True).count()
    if not waiting:
        return None
    title = ngettext("Invite %(count)d person to confirm", "Invite %(count)d people to confirm", waiting)
    return NextAction(
        title=title % {"count": waiting},
        url=reverse("enrolment:invite_people", args=[cohort.pk]),
        label=_("See the letters first"),
        reason=_("They were imported. Nobody is paired before they have confirmed by themselves."),
        minutes=3,
    )


def _call(cohort: Cohort, person: Person) -> NextAction | None:
    """Suggest how to bring people in, while the list is empty."""
    if cohort.participants.exists() or not may(person, Permission.IMPORT_PEOPLE, cohort.program):
        return None
    return NextAction(
        title=_("Bring the first people in"),
        url=reverse("enrolment:import_file", args=[cohort.pk]),
        label=_("Import a spreadsheet"),
        reason=_("Import the file of your form service, or share the public page: people register there by themselves."),
        due=cohort.calendar.get("registration_closes"),
        later_url=reverse("programs:show_program", args=[cohort.program.slug]),
        later_label=_("See the public page"),
    )


def _prepared(cohort: Cohort, person: Person) -> NextAction | None:
    prepared = followed_in(cohort, person).filter(state=State.PROPOSED).first()
    if prepared is None:
        return None
    return NextAction(
        title=_("Introduce a pair you prepared"),
        url=reverse("relationships:follow_relationship", args=[prepared.pk]),
        label=_("Open the pair"),
        reason=_("Its members do not know about it yet."),
        minutes=2,
    )


def _pair(cohort: Cohort, free: dict[str, int]) -> NextAction | None:
    if not free["mentee"] or not free["mentor"]:
        return None
    title = ngettext("%(count)d mentee has no mentor yet", "%(count)d mentees have no mentor yet", free["mentee"])
    reason = ngettext("%(count)d mentor still has room.", "%(count)d mentors still have room.", free["mentor"])
    return NextAction(
        title=title % {"count": free["mentee"]},
        url=reverse("matching:show_pairing", args=[cohort.pk]),
        label=_("Pair people"),
        reason=reason % {"count": free["mentor"]},
        due=cohort.calendar.get("pairing_by"),
    )
