"""What the tick tells people, once, computed from rows."""

import datetime as dt

import pytest
from django.utils import timezone

from releve.notifications.models import Letter
from releve.progress.reminders import close_terms, send_reminders
from releve.relationships.models import Relationship, State
from tests.factories import programs, relationships

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def cohort(now):
    return programs.cohort(starts_on=timezone.localdate(now) - 60 * DAY)


def kinds():
    return sorted(Letter.objects.values_list("kind", flat=True))


def told(kind):
    return sorted(Letter.objects.filter(kind=kind).values_list("person__name", flat=True))


def twice(job, moment):
    """Run a job as the tick does, again and again: what was told is not told anew."""
    job(moment)
    once = kinds()
    job(moment)
    assert kinds() == once


def test_only_those_who_have_not_answered_are_reminded_shortly_before_the_date(cohort, now):
    pair = relationships.introduced(cohort, now=now)
    relationships.actions.answer_contact(relationships.memberships(pair)[0], True, now=now)
    twice(send_reminders, now + 10 * DAY)
    assert told("contact_reminder") == []
    twice(send_reminders, now + 17 * DAY)
    assert told("contact_reminder") == ["Chloé Bergeron"]


def test_a_missing_signature_is_recalled_after_a_week_and_once_more_when_late(cohort, now):
    relationships.accepted(cohort, now=now)
    twice(send_reminders, now + 6 * DAY)
    assert told("sign_soon") == []
    twice(send_reminders, now + 8 * DAY)
    assert told("sign_soon") == ["Benoît Dufour", "Chloé Bergeron"]
    twice(send_reminders, now + 31 * DAY)
    assert told("sign_soon") == ["Benoît Dufour", "Benoît Dufour", "Chloé Bergeron", "Chloé Bergeron"]


def test_a_silent_pair_is_asked_how_things_go_once_per_silence(cohort, now):
    relationships.confirmed(cohort, now=now)
    twice(send_reminders, now + 44 * DAY)
    assert told("silence_check") == []
    twice(send_reminders, now + 46 * DAY)
    assert told("silence_check") == ["Benoît Dufour", "Chloé Bergeron"]


def test_a_paused_pair_is_left_in_peace(cohort, now):
    pair = relationships.confirmed(cohort, now=now)
    relationships.actions.pause(pair, by=relationships.memberships(pair)[0].participant.person, now=now)
    before = kinds()
    send_reminders(now + 60 * DAY)
    assert kinds() == before


def test_the_closing_is_announced_from_its_day(cohort, now):
    relationships.confirmed(cohort, now=now)
    send_reminders(now)
    assert told("closing") == []
    opens = cohort.calendar.get("closing_opens")
    twice(send_reminders, now + (opens - timezone.localdate(now)))
    assert told("closing") == ["Benoît Dufour", "Chloé Bergeron"]


def test_pairs_are_completed_and_thanked_the_day_after_the_last(cohort, now):
    pair = relationships.confirmed(cohort, now=now)
    last = now + (cohort.ends_on - timezone.localdate(now))
    twice(close_terms, last)
    assert Relationship.objects.get(pk=pair.pk).state == State.CONFIRMED
    twice(close_terms, last + DAY)
    assert Relationship.objects.get(pk=pair.pk).state == State.COMPLETED
    assert told("thanks") == ["Benoît Dufour", "Chloé Bergeron"]
