"""Relationships for tests, moved by the actions that move them in life."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from django.utils import timezone

from releve.enrolment.models import Participant
from releve.people.models import Person
from releve.people.roles import Duty
from releve.programs.models import Cohort
from releve.relationships import actions
from releve.relationships.models import Membership, Relationship, State
from tests.factories import programs
from tests.factories.enrolment import MENTEE, MENTOR, participant

SIGNED = "sign:commitment"


def two(cohort: Cohort, mentor: str = "Benoît Dufour", mentee: str = "Chloé Bergeron") -> tuple[Participant, Participant]:
    """Register a mentor and a mentee."""
    return participant(cohort, MENTOR, name=mentor), participant(cohort, MENTEE, name=mentee)


def prepared(
    cohort: Cohort | None = None,
    members: Iterable[Participant] = (),
    *,
    now: dt.datetime | None = None,
) -> Relationship:
    """Prepare a pair by a committee member who is not one of the two."""
    cohort = cohort or programs.cohort()
    people = list(members) or list(two(cohort))
    by = programs.staff(cohort, Duty.COMMITTEE, name="Amina Diallo")
    return actions.form_relationship(cohort, [(p, p.role) for p in people], by=by, now=now or timezone.now())


def introduced(cohort: Cohort | None = None, members: Iterable[Participant] = (), *, now: dt.datetime | None = None) -> Relationship:
    """Introduce a pair: both know, nobody has answered."""
    now = now or timezone.now()
    relationship = prepared(cohort, members, now=now)
    actions.introduce(relationship, by=None, now=now)
    return relationship


def accepted(cohort: Cohort | None = None, members: Iterable[Participant] = (), *, now: dt.datetime | None = None) -> Relationship:
    """Make a pair that suits both."""
    now = now or timezone.now()
    relationship = introduced(cohort, members, now=now)
    for membership in memberships(relationship):
        actions.answer_contact(membership, True, now=now)
    actions.settle_contacts(now)
    relationship.refresh_from_db()
    return relationship


def confirmed(cohort: Cohort | None = None, members: Iterable[Participant] = (), *, now: dt.datetime | None = None) -> Relationship:
    """Make a pair of which both have signed."""
    now = now or timezone.now()
    relationship = accepted(cohort, members, now=now)
    for membership in memberships(relationship):
        actions.record_requirement(membership, SIGNED, now=now)
    relationship.refresh_from_db()
    return relationship


def memberships(relationship: Relationship) -> list[Membership]:
    """Return the mentor's membership, then the mentee's."""
    found = relationship.memberships.select_related("participant__person", "participant__cohort__version", "relationship")
    return sorted(found, key=lambda membership: membership.role == MENTEE)


class Pair(NamedTuple):
    """A relationship with its two memberships: Benoît mentors, Chloé learns."""

    relationship: Relationship
    mentor: Membership
    mentee: Membership

    @property
    def benoit(self) -> Person:
        return self.mentor.participant.person

    @property
    def chloe(self) -> Person:
        return self.mentee.participant.person


def pair(state: str = State.CONFIRMED, cohort: Cohort | None = None, members: Iterable[Participant] = ()) -> Pair:
    """Make a pair that was brought together sixty days ago and stands in a state since."""
    since = timezone.now() - dt.timedelta(days=60)
    make = {State.PROPOSED: prepared, State.INTRODUCED: introduced, State.DISSOLVED: introduced, State.ACCEPTED: accepted}
    relationship = make.get(State(state), confirmed)(cohort, members, now=since)
    mentor, mentee = memberships(relationship)
    by, yesterday = mentor.participant.person, timezone.now() - dt.timedelta(days=1)
    if state == State.PAUSED:
        actions.pause(relationship, by=by, now=yesterday)
    elif state == State.ENDED:
        actions.end_early(relationship, "goals_met", by=by, now=yesterday)
    elif state == State.COMPLETED:
        actions.complete(relationship, by=by, now=yesterday)
    elif state == State.DISSOLVED:
        actions.release(relationship, by=None, now=yesterday)
    relationship.refresh_from_db()
    mentor, mentee = memberships(relationship)
    return Pair(relationship, mentor, mentee)
