"""Whatever members say, in whatever order: time counts if and only if all said the same and were there."""

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from releve.meetings import actions
from releve.meetings.models import Meeting
from releve.meetings.queries import agreed_minutes
from tests.factories import meetings
from tests.factories.relationships import pair

pytestmark = pytest.mark.django_db

LENGTHS = st.sampled_from([0, 5, 60, 90, 720])
said = st.lists(st.tuples(st.sampled_from(["mentor", "mentee"]), LENGTHS), max_size=6)


@given(st.lists(st.none() | LENGTHS, min_size=1, max_size=5))
def test_length_is_agreed_if_and_only_if_all_are_equal_and_above_nought(words):
    agreed = actions.agreed_length(words)
    assert (agreed is not None) == (len(set(words)) == 1 and bool(words[0]))
    assert agreed is None or agreed == words[0]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said)
def test_any_sequence_of_confirmations_gives_hours_if_and_only_if_all_say_the_same(two, sequence):
    Meeting.objects.all().delete()
    meeting = meetings.held(two.mentor, minutes=90)
    words = {"mentor": 90, "mentee": None}
    for who, minutes in sequence:
        actions.confirm_minutes(meetings.word_of(getattr(two, who), meeting), minutes=minutes, now=timezone.now())
        words[who] = minutes
        agreed = Meeting.objects.get(pk=meeting.pk).agreed_minutes
        expected = words["mentor"] if words["mentor"] == words["mentee"] and words["mentor"] else None
        assert agreed == expected
        assert agreed_minutes(two.mentee.participant) == agreed_minutes(two.mentor.participant) == (expected or 0)


@pytest.fixture
def two():
    return pair()
