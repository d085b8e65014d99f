"""Relationships for tests, moved by the actions that move them in life."""

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from releve.enrolment.models import Participant
from releve.people.roles import Duty
from releve.programs.models import Cohort
from releve.relationships import actions
from releve.relationships.models import Membership, Relationship
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
