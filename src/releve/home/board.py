"""What the committee's board shows: how far the cohort is, what is due, who needs care."""

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
from releve.programs.models import Cohort
from releve.progress.attention import concerns_about, pairs_needing_care
from releve.relationships.models import LIVE_STATES, Relationship, State
from releve.relationships.queries import count_free

from .committee import next_step

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
    free: str


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
        next_action=next_step(cohort, person, now, worst=first[0] if first else None, free=free),
        free=_free_in_words(cohort, free, timezone.localdate(now)),
    )


def _free_in_words(cohort: Cohort, free: dict[str, int], today: date) -> str:
    """Say who waits for whom, while people can still be paired."""
    if cohort.state != Cohort.State.OPEN or (cohort.ends_on and cohort.ends_on < today):
        return ""
    waiting = ngettext("%(count)d mentee waits for a mentor.", "%(count)d mentees wait for a mentor.", free["mentee"])
    room = ngettext("%(count)d mentor still has room.", "%(count)d mentors still have room.", free["mentor"])
    return " ".join(words % {"count": count} for words, count in ((waiting, free["mentee"]), (room, free["mentor"])) if count)


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
