"""What a program said it would not keep longer is destroyed on its day, and nothing else."""

import datetime as dt

import pytest
from django.utils import timezone

from releve.core.vault.keys import open_key
from releve.enrolment.models import Participant
from releve.meetings.queries import agreed_minutes
from releve.privacy.retention import let_go
from releve.relationships.models import HelpRequest, Relationship
from releve.workspace.models import Goal
from tests.factories import programs, relationships
from tests.factories import workspace as shared_work

pytestmark = pytest.mark.django_db

WORDS = "Je ne sais plus comment lui parler."


@pytest.fixture
def now():
    return timezone.now()


def ended(months, now):
    """Make a cohort whose last day was so many months of thirty-one days ago, and one confirmed pair in it."""
    last = timezone.localdate(now) - dt.timedelta(days=31 * months)
    cohort = programs.cohort(starts_on=last - dt.timedelta(days=300), ends_on=last)
    pair = relationships.confirmed(cohort, now=now)
    mentor, mentee = relationships.memberships(pair)
    shared_work.goal(mentee)
    relationships.actions.ask_for_help(mentor, contact=cohort.definition.contacts[0].id, text=WORDS, spoke_first=False, now=now)
    return pair


def test_what_members_wrote_is_destroyed_a_year_after_the_cohort(now, django_capture_on_commit_callbacks):
    pair = ended(13, now)
    with django_capture_on_commit_callbacks(execute=True):
        assert let_go(now) == 1
        assert let_go(now) == 0
    assert open_key(pair.joint_key) is None
    assert Goal.objects.get().content is None
    assert [request.text for request in HelpRequest.objects.all()] == [""]
    assert Relationship.objects.get().confirmed_at is not None
    assert Participant.objects.exclude(registration=None).count() == 2
    assert agreed_minutes(relationships.memberships(pair)[0].participant) == 0


def test_nothing_goes_before_its_day(now):
    pair = ended(11, now)
    assert let_go(now) == 0
    assert open_key(pair.joint_key) is not None
    assert [request.text for request in HelpRequest.objects.all()] == [WORDS]


def test_registrations_go_after_two_years_and_the_count_of_people_stays(now, django_capture_on_commit_callbacks):
    ended(25, now)
    with django_capture_on_commit_callbacks(execute=True):
        assert let_go(now) == 3
    assert Participant.objects.exclude(registration=None).count() == 0
    assert Participant.objects.count() == 2
