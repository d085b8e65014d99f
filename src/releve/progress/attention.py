"""Pairs that need care, from facts that staff may see: states, dates, counts. Nothing that members wrote."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from releve.meetings.queries import last_held
from releve.people.models import Person
from releve.programs.models import Cohort
from releve.relationships.models import HelpRequest, Relationship, State
from releve.relationships.queries import followed_in


class Need(StrEnum):
    """Why somebody should look at a pair, most urgent first."""

    HELP_ASKED = "help_asked"
    NO_OUTCOME = "no_outcome"
    NO_ANSWER = "no_answer"  # introduced, the date is near, not everybody has answered
    NOT_SIGNED = "not_signed"  # suits all, but not confirmed by the date
    SILENT = "silent"  # confirmed, and no meeting noted for long


URGENCY = {need: rank for rank, need in enumerate(Need)}
NEAR_DAYS = 5
SIGNING_DAYS = 30


@dataclass(frozen=True)
class Concern:
    """One pair and the reason to look at it. `since` is when the reason began."""

    relationship: Relationship
    need: Need
    since: datetime


def concerns_in(cohort: Cohort, person: Person, now: datetime) -> list[Concern]:
    """Return the pairs of a cohort that need care, for somebody who follows them. Order: most urgent, then oldest.

    Their own relationships never appear: staff who take part are members there and nothing more.
    """
    open_ones = list(followed_in(cohort, person).still_open())
    ids = [relationship.pk for relationship in open_ones]
    asked = _unanswered_requests(ids)
    met = last_held(ids)
    silence = timedelta(days=int(cohort.definition.value(cohort.definition.contact.silence_days, cohort.settings)))
    found = []
    for relationship in open_ones:
        concern = _concern(relationship, asked.get(relationship.pk), met.get(relationship.pk), silence, now)
        if concern is not None:
            found.append(concern)
    return sorted(found, key=lambda concern: (URGENCY[concern.need], concern.since))


def silent_pairs(relationships: Iterable[Relationship], silence: timedelta, now: datetime) -> list[Concern]:
    """Return the confirmed pairs that noted no meeting for longer than the program allows."""
    confirmed = [relationship for relationship in relationships if relationship.state == State.CONFIRMED]
    met = last_held([relationship.pk for relationship in confirmed])
    concerns = (_silence(relationship, met.get(relationship.pk), silence, now) for relationship in confirmed)
    return [concern for concern in concerns if concern is not None]


def _concern(relationship: Relationship, asked: datetime | None, met: datetime | None, silence: timedelta, now: datetime) -> Concern | None:
    if asked is not None:
        return Concern(relationship, Need.HELP_ASKED, asked)
    if relationship.state == State.INTRODUCED and relationship.introduced_at:
        if relationship.answer_by is None:
            return Concern(relationship, Need.NO_OUTCOME, relationship.introduced_at)
        if relationship.answer_by - now < timedelta(days=NEAR_DAYS):
            return Concern(relationship, Need.NO_ANSWER, relationship.introduced_at)
    accepted = relationship.accepted_at
    if relationship.state == State.ACCEPTED and accepted and now - accepted > timedelta(days=SIGNING_DAYS):
        return Concern(relationship, Need.NOT_SIGNED, accepted)
    return _silence(relationship, met, silence, now)


def _silence(relationship: Relationship, met: datetime | None, silence: timedelta, now: datetime) -> Concern | None:
    since = met or relationship.confirmed_at
    if relationship.state != State.CONFIRMED or since is None or now - since <= silence:
        return None
    return Concern(relationship, Need.SILENT, since)


def _unanswered_requests(relationships: list) -> dict:
    """Return when the oldest unanswered request of each relationship came."""
    rows = HelpRequest.objects.filter(membership__relationship__in=relationships, answered_at__isnull=True)
    oldest: dict = defaultdict(lambda: None)
    for relationship, moment in rows.order_by("-created_at").values_list("membership__relationship", "created_at"):
        oldest[relationship] = moment
    return oldest


def silence_of(relationship: Relationship) -> datetime | None:
    """Say since when a relationship has noted no meeting."""
    return last_held([relationship.pk]).get(relationship.pk) or relationship.confirmed_at
