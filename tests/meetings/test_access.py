"""Who opens the pages of meetings, and how their list is shown."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from releve.meetings.models import Meeting
from releve.people.roles import Duty
from releve.relationships.models import State
from tests.factories import meetings, programs
from tests.factories.people import person
from tests.factories.relationships import pair

from .pages import as_, entered, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    return pair()


# --- who gets in


def every_page(two):
    planned, held = meetings.planned(two.mentee), meetings.held(two.mentor)
    return [
        *(page(name, two.relationship.pk) for name in ("list_meetings", "plan_meeting", "log_meeting")),
        *(page(name, planned.pk) for name in ("change_meeting", "cancel_meeting", "report_meeting", "write_notes", "download_event")),
        page("confirm_minutes", meetings.word_of(two.mentee, held).pk),
    ]


@pytest.mark.parametrize("state", list(State))
def test_nobody_but_the_members_opens_any_page_of_meetings(state, two):
    addresses = every_page(two)
    two.relationship.state, two.relationship.ended_at = state, timezone.now()
    two.relationship.save()
    others = [
        person("Dan"),
        programs.staff(two.relationship.program, Duty.COORDINATOR),
        programs.staff(two.relationship.program, Duty.COMMITTEE, name="Zoé"),
        pair().chloe,
    ]
    for address in addresses:
        for someone in others:
            for answer in (as_(someone).get(address), as_(someone).post(address, entered())):
                assert (address, answer.status_code) == (address, 404)
        assert Client().get(address).status_code == 302


def test_members_are_not_let_in_before_they_were_introduced():
    two = pair(State.PROPOSED)
    for someone in (two.chloe, two.benoit):
        assert as_(someone).get(page("list_meetings", two.relationship.pk)).status_code == 404


def test_pages_are_kept_by_no_cache(two):
    for address in every_page(two):
        assert "no-store" in as_(two.chloe).get(address)["Cache-Control"]


def test_member_who_left_a_group_reads_only_what_was_written_while_they_were_in_it(two):
    before, left_at = meetings.held(two.mentor, days=-20), timezone.now() - dt.timedelta(days=10)
    Meeting.objects.filter(pk=before.pk).update(created_at=left_at - dt.timedelta(days=1))
    after = meetings.held(two.mentor, days=-3)
    two.mentee.left_at = left_at
    two.mentee.save()
    assert set(Meeting.objects.visible_to(two.chloe)) == {before}
    assert set(Meeting.objects.visible_to(two.benoit)) == {before, after}


# --- lists and languages


def test_list_takes_as_many_queries_for_one_meeting_as_for_thirty(two, django_assert_max_num_queries):
    client, address = as_(two.chloe), page("list_meetings", two.relationship.pk)
    meetings.confirmed(two.mentor, two.mentee, days=-1)
    client.get(address)
    with django_assert_max_num_queries(60) as captured:
        client.get(address)
    few = len(captured)
    for day in range(2, 31):
        meetings.confirmed(two.mentor, two.mentee, days=-day)
    with django_assert_max_num_queries(few):
        client.get(address)


def test_people_s_own_text_says_its_language(two):
    two.relationship.language = "fr"
    two.relationship.save()
    meetings.planned(two.mentee)
    text = as_(two.chloe).get(page("list_meetings", two.relationship.pk)).content.decode()
    assert f'lang="fr">{meetings.SECRET_PLACE}' in text
    assert f'lang="fr">{meetings.SECRET_AGENDA}' in text


def test_what_people_write_is_never_taken_for_markup(two):
    meetings.planned(two.mentee, place="<script>alert(1)</script>", agenda="<img src=x onerror=alert(1)>")
    text = as_(two.benoit).get(page("list_meetings", two.relationship.pk)).content.decode()
    assert "<script>alert" not in text
    assert "<img src=x" not in text
