"""How many partners somebody can take, asked of a person and asked of the database: the same answer."""

import pytest

from releve.enrolment.models import Participant
from releve.relationships.queries import count_free, free_by_kind, free_participants, free_places, with_places_left
from tests.factories import programs, relationships
from tests.factories.enrolment import MENTEE, MENTOR, participant


@pytest.fixture
def cohort():
    return programs.cohort()


def rooms(cohort):
    return {one.person.name: one.room for one in with_places_left(cohort.participants.confirmed(), cohort).select_related("person")}


@pytest.mark.parametrize("offered", [None, 1, 2, 3, 99])
@pytest.mark.parametrize("role", [MENTOR, MENTEE])
def test_the_database_counts_places_as_a_participant_does(cohort, offered, role):
    one = participant(cohort, role, places=offered)
    found = Participant.objects.with_capacity(cohort).get(pk=one.pk)
    assert found.capacity == one.places
    assert one.places >= 1


def test_the_most_that_a_program_allows_bounds_what_is_offered(cohort):
    one = participant(cohort, MENTOR, places=99)
    capacity = cohort.definition.role(MENTOR).capacity
    most = capacity.most.removeprefix("setting:")
    cohort.settings = {most: 2}
    cohort.save()
    one.refresh_from_db()
    assert (one.places, Participant.objects.with_capacity(cohort).get().capacity) == (2, 2)


def test_a_pair_takes_a_place_until_it_ends(cohort):
    mentor, mentee = participant(cohort, MENTOR, name="Benoît Roy", places=2), participant(cohort, MENTEE, name="Chloé Roy")
    assert rooms(cohort) == {"Benoît Roy": 2, "Chloé Roy": 1}
    pair = relationships.introduced(cohort, [mentor, mentee])
    assert rooms(cohort) == {"Benoît Roy": 1}
    assert (free_places(mentor), free_places(mentee)) == (1, 0)
    relationships.actions.release(pair, by=None, now=pair.introduced_at)
    assert rooms(cohort) == {"Benoît Roy": 2, "Chloé Roy": 1}


def test_only_confirmed_people_are_free_and_they_come_by_name(cohort):
    participant(cohort, MENTEE, name="Zoé Roy")
    participant(cohort, MENTEE, name="Émile Roy")
    participant(cohort, MENTEE, name="Invité Roy", state="invited")
    participant(cohort, MENTEE, name="Parti Roy", state="withdrawn")
    assert [one.person.name for one in free_participants(cohort, MENTEE)] == ["Émile Roy", "Zoé Roy"]


def test_free_people_are_counted_by_kind_and_somebody_may_be_left_out(cohort):
    participant(cohort, MENTEE, name="Zoé Roy")
    mentor = participant(cohort, MENTOR, name="Benoît Roy")
    assert count_free(cohort) == {"mentee": 1, "mentor": 1}
    assert count_free(cohort, but=mentor.person) == {"mentee": 1, "mentor": 0}
    assert {kind: [one.person.name for one in found] for kind, found in free_by_kind(cohort).items()} == {
        "mentee": ["Zoé Roy"],
        "mentor": ["Benoît Roy"],
    }
