"""Every move from every state by every kind of actor, against a table written by hand from the requirements."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from releve.people.roles import Duty
from releve.relationships import actions
from releve.relationships.lifecycle import MOVES, Actor
from releve.relationships.models import NotAgain, Relationship, State
from tests.factories import programs, relationships
from tests.factories.people import person

pytestmark = pytest.mark.django_db

# move -> (states it leaves, state it reaches, who may); S1.9, S1.11, S1.17, S1.18, S1.21
EXPECTED = {
    "introduce": ({"proposed"}, "introduced", {"staff", "rules"}),
    "withdraw": ({"proposed"}, "dissolved", {"staff", "rules"}),
    "accept": ({"introduced"}, "accepted", {"rules"}),
    "decline": ({"introduced"}, "dissolved", {"rules"}),
    "release": ({"introduced", "accepted"}, "dissolved", {"staff", "rules"}),
    "confirm": ({"accepted"}, "confirmed", {"rules"}),
    "pause": ({"confirmed"}, "paused", {"member", "staff"}),
    "resume": ({"paused"}, "confirmed", {"member", "staff"}),
    "end_early": ({"accepted", "confirmed", "paused"}, "ended", {"member", "staff", "rules"}),
    "complete": ({"confirmed", "paused"}, "completed", {"member", "staff", "rules"}),
}


def test_the_table_of_moves_is_the_one_that_the_requirements_ask_for():
    found = {name: (set(move.sources), move.target, set(move.may)) for name, move in MOVES.items()}
    assert found == EXPECTED


@pytest.fixture
def pair():
    return relationships.confirmed()


def actors(relationship):
    """Give one person of each quality, and an outsider; the rules act without a person."""
    return {
        Actor.MEMBER: relationships.memberships(relationship)[0].participant.person,
        Actor.STAFF: programs.staff(relationship.program, Duty.COMMITTEE, name="Zoé Roy"),
        Actor.RULES: None,
        "outsider": person("Dan"),
        "reader": programs.staff(relationship.program, Duty.READER, name="Rita Lavoie"),
        "elsewhere": programs.staff(programs.program(), Duty.COORDINATOR, name="Ève Morin"),
    }


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("name", list(EXPECTED))
def test_a_move_goes_through_only_for_who_may_and_from_where_it_starts(pair, name, state):
    sources, target, may = EXPECTED[name]
    now = timezone.now()
    ended = now if state in {State.ENDED, State.COMPLETED, State.DISSOLVED} else None
    for actor, by in actors(pair).items():
        Relationship.objects.filter(pk=pair.pk).update(state=state, ended_at=ended, confirmed_at=now)
        pair.refresh_from_db()
        if actor not in may:
            with pytest.raises(PermissionDenied):
                actions._move(pair, name, by=by, now=now)
            expected = state
        elif state not in sources:
            with pytest.raises(actions.MoveRefused):
                actions._move(pair, name, by=by, now=now)
            expected = state
        else:
            actions._move(pair, name, by=by, now=now)
            expected = target
        pair.refresh_from_db()
        assert pair.state == expected, (name, state, actor)


def test_of_two_moves_at_once_one_wins_and_the_other_is_refused(pair):
    mentor, mentee = relationships.memberships(pair)
    stale = Relationship.objects.get(pk=pair.pk)
    actions.end_early(pair, "goals_met", by=mentor.participant.person, now=timezone.now())
    with pytest.raises(actions.MoveRefused):
        actions.end_early(stale, "not_working", by=mentee.participant.person, now=timezone.now())
    stale.refresh_from_db()
    assert (stale.state, stale.ending) == (State.ENDED, "goals_met")


@pytest.mark.parametrize(("reason", "apart"), [("not_working", 1), ("goals_met", 0)])
def test_two_people_are_kept_apart_only_when_it_did_not_work(pair, reason, apart):
    member = relationships.memberships(pair)[0]
    actions.end_early(pair, reason, by=member.participant.person, now=timezone.now())
    assert NotAgain.objects.filter(program=pair.program).count() == apart


def test_history_shows_no_author_for_what_the_rules_decided(pair):
    assert [(change.move, change.by_id) for change in pair.changes.all()][1:] == [
        ("introduce", None),
        ("accept", None),
        ("confirm", None),
    ]


def test_a_pair_is_confirmed_only_once_every_member_has_signed():
    pair = relationships.accepted()
    mentor, mentee = relationships.memberships(pair)
    actions.record_requirement(mentor, relationships.SIGNED, now=timezone.now())
    pair.refresh_from_db()
    assert pair.state == State.ACCEPTED
    actions.record_requirement(mentor, relationships.SIGNED, now=timezone.now())
    pair.refresh_from_db()
    assert pair.state == State.ACCEPTED
    actions.record_requirement(mentee, relationships.SIGNED, now=timezone.now())
    pair.refresh_from_db()
    assert pair.state == State.CONFIRMED


def test_nobody_signs_before_the_pairing_suits_both():
    pair = relationships.introduced()
    with pytest.raises(actions.MoveRefused):
        actions.record_requirement(relationships.memberships(pair)[0], relationships.SIGNED, now=timezone.now())


def test_a_silence_is_no_outcome_and_can_be_given_more_time():
    now = timezone.now()
    pair = relationships.introduced(now=now)
    mentor, _mentee = relationships.memberships(pair)
    actions.answer_contact(mentor, False, now=now)
    assert actions.settle_contacts(now + dt.timedelta(days=20)) == 0
    assert actions.settle_contacts(now + dt.timedelta(days=22)) == 1
    pair.refresh_from_db()
    assert (pair.state, pair.answer_by) == (State.INTRODUCED, None)
    with pytest.raises(actions.MoveRefused):
        actions.answer_contact(mentor, True, now=now)
    staff = programs.staff(pair.program, Duty.COMMITTEE, name="Zoé Roy")
    actions.give_more_time(pair, by=staff, now=now + dt.timedelta(days=23))
    pair.refresh_from_db()
    assert pair.answer_by == now + dt.timedelta(days=44)
