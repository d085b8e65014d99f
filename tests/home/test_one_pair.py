"""The page of one pair, after it was over as well."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from releve.relationships import actions
from tests.factories import programs, relationships
from tests.factories.enrolment import MENTEE, participant

pytestmark = pytest.mark.django_db


def test_a_pair_that_a_newer_one_replaced_keeps_what_was_written_and_asks_for_nothing(client):
    now = timezone.now()
    cohort = programs.cohort()
    mentor, mentee = relationships.two(cohort)
    first = relationships.confirmed(cohort, [mentor, mentee], now=now - dt.timedelta(days=60))
    actions.end_early(first, "not_working", by=mentee.person, now=now)
    relationships.accepted(cohort, [mentor, participant(cohort, MENTEE, name="Dan Cyr")], now=now)
    client.force_login(mentor.person)
    page = client.get(reverse("home:show_relationship", args=[first.pk]))
    assert page.context["names"] == ["Chloé"]
    assert (page.context["next_action"], page.context["later"]) == (None, [])
    labels = [shown.url for shown in page.context["pages"]]
    assert reverse("workspace:list_goals", args=[first.pk]) in labels
    assert {step.state for step in page.context["thread"]} == {"done", "skipped"}
