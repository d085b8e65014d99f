"""Pairs that need care, from facts that staff may see: states, dates, counts. Nothing that members wrote."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from django.db.models import Case, Min, Q, QuerySet, Value, When

from releve.audit.queries import last_moments
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
    """One pair and the reason to look at it. `since` is when the reason began; for answers that are due, when they are."""

    relationship: Relationship
    need: Need
    since: datetime


def pairs_needing_care(cohort: Cohort, person: Person, now: datetime) -> list[Care]:
    """Return the pairs of a cohort that need care, for somebody who follows them. Order: most urgent, then oldest.

    Their own relationships never appear: staff who take part are members there and nothing more.
    """
    found = _with_needs(followed_in(cohort, person).still_open(), cohort, now).filter(urgency__isnull=False)
    rows = list(found.order_by().values("pk", "urgency", "introduced_at", "answer_by", "accepted_at", "confirmed_at"))
    asked, met = _asked_in(cohort), last_held(row["pk"] for row in rows if BY_URGENCY[row["urgency"]] is Need.SILENT)
    unanswered = last_moments("relationship.no_outcome", (row["pk"] for row in rows if BY_URGENCY[row["urgency"]] is Need.NO_OUTCOME))
    began: dict[Need, Callable[[dict], datetime]] = {
        Need.HELP_ASKED: lambda row: asked[row["pk"]],
        Need.NO_OUTCOME: lambda row: unanswered.get(row["pk"], row["introduced_at"]),
        Need.NO_ANSWER: lambda row: row["answer_by"],
        Need.NOT_SIGNED: lambda row: row["accepted_at"],
        Need.SILENT: lambda row: met.get(row["pk"], row["confirmed_at"]),
    }
    rows.sort(key=lambda row: (row["urgency"], began[BY_URGENCY[row["urgency"]]](row), row["pk"]))
    return [Care(row["pk"], need := BY_URGENCY[row["urgency"]], began[need](row)) for row in rows]


def concerns_about(found: Sequence[Care]) -> list[Concern]:
    """Read the relationships behind some of the pairs that need care, in their order."""
    pairs = with_members(Relationship.objects.all()).in_bulk([care.pair for care in found])
    return [Concern(pairs[care.pair], care.need, care.since) for care in found]


def silent_pairs(relationships: RelationshipQuerySet, cohort: Cohort, now: datetime) -> list[Concern]:
    """Return the confirmed pairs that noted no meeting for longer than the program allows."""
    silent = list(relationships.filter(_is_silent(cohort, now)))
    met = last_held(pair.pk for pair in silent)
    return [Concern(pair, Need.SILENT, met.get(pair.pk, pair.confirmed_at)) for pair in silent]


def _with_needs(relationships: RelationshipQuerySet, cohort: Cohort, now: datetime) -> RelationshipQuerySet:
    """Let the database say what each relationship needs first, if anything: `urgency` counts from the most urgent."""
    near, late = now + timedelta(days=NEAR_DAYS), now - timedelta(days=SIGNING_DAYS)
    table = {
        Need.HELP_ASKED: Q(pk__in=_open_requests(cohort).values("membership__relationship")),
        Need.NO_OUTCOME: Q(state=State.INTRODUCED, answer_by__isnull=True),
        Need.NO_ANSWER: Q(state=State.INTRODUCED, answer_by__lt=near),
        Need.NOT_SIGNED: Q(state=State.ACCEPTED, accepted_at__lt=late),
        Need.SILENT: _is_silent(cohort, now),
    }
    return relationships.annotate(urgency=Case(*(When(table[need], then=Value(rank)) for rank, need in enumerate(BY_URGENCY))))


def _is_silent(cohort: Cohort, now: datetime) -> Q:
    """Tell who has not met for long, or not at all since it was confirmed. Sets, so that no row is looked up for each pair."""
    limit = now - timedelta(days=int(cohort.definition.value(cohort.definition.contact.silence_days, cohort.settings)))
    held = Meeting.objects.filter(relationship__terms__cohort=cohort, state=Meeting.State.HELD).order_by()
    has_met, has_met_lately = Q(pk__in=held.values("relationship")), Q(pk__in=held.filter(starts_at__gte=limit).values("relationship"))
    return Q(state=State.CONFIRMED) & ~has_met_lately & (has_met | Q(confirmed_at__lt=limit))


def _open_requests(cohort: Cohort) -> QuerySet[HelpRequest]:
    return HelpRequest.objects.filter(membership__relationship__terms__cohort=cohort, answered_at__isnull=True).order_by()


def _asked_in(cohort: Cohort) -> dict[UUID, datetime]:
    """Return when the oldest unanswered request of each relationship came."""
    return dict(_open_requests(cohort).values_list("membership__relationship").annotate(Min("created_at")))


def silence_of(relationship: Relationship) -> datetime | None:
    """Say since when a relationship has noted no meeting."""
    return last_held([relationship.pk]).get(relationship.pk) or relationship.confirmed_at
