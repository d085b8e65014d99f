"""Leaving a cohort ends what one holds in it, as far as it has come."""

import pytest
from django.utils import timezone

from releve.enrolment import actions as enrolment
from releve.notifications.models import Letter
from releve.notifications.queries import preview
from releve.relationships.models import ContactAnswer, NotAgain, State
from tests.factories import programs, relationships


@pytest.mark.parametrize(
    ("made", "state", "letter"),
    [
        (relationships.prepared, State.DISSOLVED, None),
        (relationships.introduced, State.DISSOLVED, "relationship_unsuited"),
        (relationships.accepted, State.ENDED, "relationship_ended"),
        (relationships.confirmed, State.ENDED, "relationship_ended"),
    ],
)
def test_leaving_ends_a_pair_and_tells_the_partner_alone(made, state, letter):
    relationship = made()
    mentor, mentee = relationships.memberships(relationship)
    leaver, partner = mentor.participant, mentee.participant
    Letter.objects.all().delete()
    enrolment.withdraw(leaver, by=leaver.person, now=timezone.now())
    relationship.refresh_from_db()
    assert (relationship.state, relationship.never_introduced) == (state, made is relationships.prepared)
    told = [item.person_id for item in Letter.objects.filter(kind=letter) if preview(item.kind, item.ids, item.person) is not None]
    assert told == ([partner.person_id] if letter else [])
    assert not ContactAnswer.objects.exists()
    assert not NotAgain.objects.exists()  # nobody said no


def test_a_coordinator_who_closes_a_place_ends_the_pair():
    cohort = programs.cohort()
    relationship = relationships.confirmed(cohort)
    amina = programs.staff(cohort, name="Coordinator")
    enrolment.withdraw(relationships.memberships(relationship)[1].participant, by=amina, now=timezone.now(), reason="Moved away.")
    relationship.refresh_from_db()
    assert (relationship.state, relationship.ending) == (State.ENDED, "withdrawal")


def test_a_pair_that_is_over_stays_as_it_was():
    relationship = relationships.confirmed()
    mentor, mentee = relationships.memberships(relationship)
    enrolment.withdraw(mentor.participant, by=mentor.participant.person, now=timezone.now())
    relationship.refresh_from_db()
    ended_at = relationship.ended_at
    enrolment.withdraw(mentee.participant, by=mentee.participant.person, now=timezone.now())
    relationship.refresh_from_db()
    assert relationship.ended_at == ended_at
