"""Pairs that need care, from facts that staff may see: states, dates, counts. Nothing that members wrote."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from releve.meetings.models import Meeting
from releve.meetings.queries import last_held
from releve.people.models import Person
from releve.programs.models import Cohort
from releve.relationships.models import HelpRequest, Relationship, RelationshipQuerySet, State
from releve.relationships.queries import followed_in, with_members


class Need(StrEnum):
    """Why somebody should look at a pair, most urgent first."""

    HELP_ASKED = "help_asked"
    NO_OUTCOME = "no_outcome"
    NO_ANSWER = "no_answer"  # introduced, the date is near, not everybody has answered
    NOT_SIGNED = "not_signed"  # suits all, but not confirmed by the date
    SILENT = "silent"  # confirmed, and no meeting noted for long


NEAR_DAYS = 5
SIGNING_DAYS = 30
BY_URGENCY = tuple(Need)


class Care(NamedTuple):
    """One pair that needs care, before anything else of it is read."""

    pair: UUID
    need: Need
    since: datetime


@dataclass(frozen=True)
class Concern:
    """One pair and the reason to look at it. `since` is when the reason began."""

    relationship: Relationship
    need: Need
    since: datetime


def pairs_needing_care(cohort: Cohort, person: Person, now: datetime) -> list[Care]:
    """Return the pairs of a cohort that need care, for somebody who follows them. Order: most urgent, then oldest.

    Their own relationships never appear: staff who take part are members there and nothing more.
    """
    found = _with_needs(followed_in(cohort, person).still_open(), cohort, now).filter(urgency__isnull=False)
    rows = found.order_by("urgency", "need_since", "pk").values_list("pk", "urgency", "need_since")
    return [Care(pair, BY_URGENCY[urgency], since) for pair, urgency, since in rows]


def concerns_about(found: Sequence[Care]) -> list[Concern]:
    """Read the relationships behind some of the pairs that need care, in their order."""
    pairs = with_members(Relationship.objects.all()).in_bulk([care.pair for care in found])
    return [Concern(pairs[care.pair], care.need, care.since) for care in found]


def silent_pairs(relationships: RelationshipQuerySet, cohort: Cohort, now: datetime) -> list[Concern]:
    """Return the confirmed pairs that noted no meeting for longer than the program allows."""
    silent = _with_last_moment(relationships).filter(_is_silent(cohort, now))
    return [Concern(pair, Need.SILENT, pair.last_moment) for pair in silent]


def _with_needs(relationships: RelationshipQuerySet, cohort: Cohort, now: datetime) -> RelationshipQuerySet:
    """Let the database say of each relationship what it needs first, if anything, and since when."""
    near, late = now + timedelta(days=NEAR_DAYS), now - timedelta(days=SIGNING_DAYS)
    table = {
        Need.HELP_ASKED: (Q(asked_at__isnull=False), "asked_at"),
        Need.NO_OUTCOME: (Q(state=State.INTRODUCED, answer_by__isnull=True), "introduced_at"),
        Need.NO_ANSWER: (Q(state=State.INTRODUCED, answer_by__lt=near), "introduced_at"),
        Need.NOT_SIGNED: (Q(state=State.ACCEPTED, accepted_at__lt=late), "accepted_at"),
        Need.SILENT: (_is_silent(cohort, now), "last_moment"),
    }
    asked = HelpRequest.objects.filter(membership__relationship=OuterRef("pk"), answered_at__isnull=True).order_by("created_at")
    known = _with_last_moment(relationships).annotate(asked_at=Subquery(asked.values("created_at")[:1]))
    return known.annotate(
        urgency=Case(*(When(table[need][0], then=Value(rank)) for rank, need in enumerate(BY_URGENCY))),
        need_since=Case(*(When(table[need][0], then=F(table[need][1])) for need in BY_URGENCY)),
    )


def _with_last_moment(relationships: RelationshipQuerySet) -> RelationshipQuerySet:
    """Annotate when each relationship last met, or else was confirmed. Reads nothing that its members wrote."""
    held = Meeting.objects.filter(relationship=OuterRef("pk"), state=Meeting.State.HELD).order_by("-starts_at")
    return relationships.annotate(last_moment=Coalesce(Subquery(held.values("starts_at")[:1]), F("confirmed_at")))


def _is_silent(cohort: Cohort, now: datetime) -> Q:
    days = int(cohort.definition.value(cohort.definition.contact.silence_days, cohort.settings))
    return Q(state=State.CONFIRMED, last_moment__lt=now - timedelta(days=days))


def silence_of(relationship: Relationship) -> datetime | None:
    """Say since when a relationship has noted no meeting."""
    return last_held([relationship.pk]).get(relationship.pk) or relationship.confirmed_at
