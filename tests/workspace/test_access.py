"""Who opens what members write together, and how it is shown."""

import json

import pytest
from django.test import Client
from django.utils import timezone

from releve.people.roles import Duty
from releve.relationships.models import State
from tests.factories import programs, workspace
from tests.factories.people import person
from tests.factories.relationships import pair

from .pages import as_, hidden, page, paper, together

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    return pair(State.ACCEPTED)


# --- who gets in


def every_page(two):
    goal = workspace.goal(two.mentee)
    workspace.joint_page(two.mentee)
    workspace.signed(two.mentor)
    return [
        paper(two),
        page("list_goals", two.relationship.pk),
        page("add_goal", two.relationship.pk),
        page("change_goal", goal.pk),
        together(two),
        together(two, "reflection"),
    ]


@pytest.mark.parametrize("state", list(State))
def test_nobody_but_the_members_opens_any_page(two, state):
    addresses = every_page(two)
    two.relationship.state, two.relationship.ended_at = state, timezone.now()
    two.relationship.confirmed_at = timezone.now()
    two.relationship.save()
    others = [
        person("Dan"),
        programs.staff(two.relationship.program, Duty.COORDINATOR),
        programs.staff(two.relationship.program, Duty.COMMITTEE, name="Zoé"),
        pair().chloe,
    ]
    for address in addresses:
        for someone in others:
            for answer in (as_(someone).get(address), as_(someone).post(address, {"goal": "Intrus", "name": "Intrus"})):
                assert (address, answer.status_code) == (address, 404)
        assert Client().get(address).status_code == 302
    for someone in (two.chloe, two.benoit):
        found = {as_(someone).get(address).status_code for address in addresses}
        assert found == ({404} if state == State.PROPOSED else {200} if state in WORKING else {200, 302})


WORKING = {State.ACCEPTED, State.CONFIRMED, State.PAUSED}


def test_pages_are_kept_by_no_cache_and_say_who_reads_them(two):
    for address in every_page(two):
        answer = as_(two.chloe).get(address)
        assert "no-store" in answer["Cache-Control"]
        assert "You and Benoît" in answer.content.decode()


def test_what_people_write_is_never_taken_for_markup_and_says_its_language(two):
    two.relationship.language = "fr"
    two.relationship.save()
    hostile = "<script>alert(1)</script>"
    workspace.added(two.mentor, hostile)
    workspace.goal(two.mentor, goal=hostile, why=hostile)
    workspace.joint_page(two.mentor, rhythm=hostile)
    for address in (paper(two), page("list_goals", two.relationship.pk), together(two)):
        assert hostile not in as_(two.chloe).get(address).content.decode()
    assert 'lang="fr">&lt;script' in as_(two.chloe).get(paper(two)).content.decode()


def test_goals_take_the_same_queries_for_one_as_for_twelve(two, django_assert_max_num_queries):
    client, address = as_(two.chloe), page("list_goals", two.relationship.pk)
    workspace.goal(two.mentee)
    client.get(address)
    with django_assert_max_num_queries(60) as captured:
        client.get(address)
    few = len(captured)
    for number in range(11):
        workspace.goal(two.mentee, goal=f"Objectif {number}")
    with django_assert_max_num_queries(few):
        client.get(address)


def test_page_carries_no_answer_in_its_fingerprints(two):
    workspace.joint_page(two.mentee)
    base = json.loads(hidden(as_(two.chloe).get(together(two)))["_base"])
    assert (list(base), workspace.SECRET_HOPE in str(base)) == (["mentee_hopes"], False)
