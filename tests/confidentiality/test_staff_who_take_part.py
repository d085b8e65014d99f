"""A committee member who mentors and a coordinator who mentors: in their own pair they are members, and nothing more.

What must stay hidden is changed, and everything they can see must stay as it was. A colleague who takes no part
sees the change, so that there was something to hide.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from releve.enrolment import actions as enrolment
from releve.matching import actions as matching
from releve.matching.models import Decision
from releve.relationships import actions as relationships
from releve.relationships.models import HelpRequest, Relationship, State
from releve.surveys.models import SurveyResponse
from tests.confidentiality import cast, story
from tests.confidentiality.comparing import Course, Observer
from tests.confidentiality.covering import cover
from tests.confidentiality.visits import taken_back, tick
from tests.confidentiality.world import NOW
from tests.factories import enrolment as factory
from tests.factories.relationships import memberships

SELF_INVOLVED = {"karim": "staff", "paule": "coordinator"}
CROWD = 6  # more pairs than a small cell, so that totals are shown
DAY = cast.DAY


@pytest.fixture
def observer(world, clock) -> Observer:
    """Add pairs that ended as badly as theirs and evaluated the year, so that nobody stands out by numbers alone."""
    by = world.people["helene"]
    clock.move_to(NOW - 30 * DAY)
    for _number in range(CROWD):
        two = (factory.mentor(world.year), factory.mentee(world.year))
        pair = story.decide(world.year, *two, pair="", by=by, now=NOW - 30 * DAY)
        story.confirm(pair, "", by=by, now=NOW - 30 * DAY)
        relationships.end_early(pair, "not_working", by=two[1].person, now=NOW - 20 * DAY)
        world.things[f"crowd.{_number}"] = pair
    clock.move_to(NOW)
    tick(NOW)
    for _number in range(CROWD):
        for membership in memberships(world.things[f"crowd.{_number}"]):
            story.evaluate(membership, "evaluation.crowd", now=NOW)
    mail.outbox.clear()
    return Observer(world)


def look(observer: Observer, people: list[str], change: Callable[[], Any]) -> Course:
    mail.outbox.clear()
    with taken_back():
        change()
        return Course(pages=observer.pages(people))


def nothing() -> None:
    pass


def other_evaluation(observer: Observer, pair: str) -> None:
    """Let the mentee have given the lowest mark, in other words."""
    found = SurveyResponse.objects.get(
        receipt__membership=observer.world.membership(pair, {"staff": "lise", "coordinator": "quentin"}[pair])
    )
    found.response.answers = dict(found.response.answers) | {
        "overall": 0,
        "change": "Tout.",
        "goals_met": "not_met",
        "helped": ["regularity"],
    }
    found.response.save()


def no_request_for_help(observer: Observer, pair: str) -> None:
    HelpRequest.objects.filter(membership__relationship=observer.world.pairs[pair]).delete()


def other_decision(observer: Observer, pair: str) -> None:
    Decision.objects.filter(relationship=observer.world.pairs[pair]).update(reason="Une tout autre raison.", score=12)


def other_matching_facts(observer: Observer, pair: str) -> None:
    """Let the mentee have named somebody else to avoid, and another line manager."""
    mentee = memberships(observer.world.pairs[pair])[1].participant
    mentee.registration.answers = dict(mentee.registration.answers) | {
        "conflicts": "Karim Haddad, Paule Simard",
        "line_manager": "x@example.org",
    }
    mentee.registration.save()


CHANGES = [other_evaluation, no_request_for_help, other_decision, other_matching_facts]


def test_what_concerns_their_own_pair_changes_nothing_they_see(observer, record_property):
    seen = [tell_apart(observer, who, CHANGES) for who in SELF_INVOLVED]
    pages = [address for course in seen for of_one in course.pages.values() for address in of_one]
    figures = sum("/figures/" in address for address in pages)
    cover(record_property, "staff who take part", people=len(SELF_INVOLVED), pages=len(pages), figures=figures)


@pytest.mark.every
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_not_one_thing_that_concerns_their_own_pair_changes_what_they_see(observer, change):
    for who in SELF_INVOLVED:
        tell_apart(observer, who, [change])


def tell_apart(observer: Observer, who: str, changes: list[Callable[[Observer, str], None]]) -> Course:
    """Change things about somebody's own pair: they see no difference, and Hélène, who is in no pair, does."""
    people, pair = [who, "helene"], SELF_INVOLVED[who]
    as_it_is = look(observer, people, nothing)
    otherwise = look(observer, people, lambda: [change(observer, pair) for change in changes])
    differences = as_it_is.differences(otherwise)
    assert [fault for fault in differences if fault.startswith(who)] == []
    assert [fault for fault in differences if fault.startswith("helene")] != []
    return as_it_is


def test_totals_do_not_tell_how_their_own_pair_ended(observer):
    """Karim's pair with Odile ended: whether over the relationship or because she left, he is not told."""
    ended = Relationship.objects.filter(pk=observer.world.pairs["staff_ended"].pk)
    courses = [
        look(observer, ["karim"], lambda ending=ending: ended.update(ending=ending)) for ending in ("not_working", relationships.WITHDRAWAL)
    ]
    assert courses[0].differences(courses[1]) == []


@pytest.mark.parametrize(("who", "pair"), SELF_INVOLVED.items())
def test_they_are_refused_as_staff_by_the_actions_too(world, who, pair):
    person = world.people[who]
    mentor, mentee = memberships(world.pairs[pair])
    refused: list[Callable[[], Any]] = [
        lambda: relationships.answer_help(HelpRequest.objects.get(membership=mentee), text="…", by=person, now=NOW),
        lambda: enrolment.withdraw(mentee.participant, by=person, now=NOW, reason="…"),
        lambda: matching.pair(
            world.year, matching.Chosen(mentor=mentor.participant, mentee=world.places["nadia"], reason="…"), by=person, now=NOW
        ),
    ]
    for do in refused:
        with pytest.raises(PermissionDenied), taken_back():
            do()


@pytest.mark.parametrize("who", SELF_INVOLVED)
def test_they_decide_nothing_about_a_pair_prepared_for_them(world, who):
    by = world.people["helene"]
    pair = story.decide(world.year, world.places[who], world.places["nadia"], pair="", by=by, now=NOW)
    for do in (relationships.introduce, relationships.withdraw_proposal):
        with pytest.raises((PermissionDenied, relationships.MoveRefused)), taken_back():
            do(pair, by=world.people[who], now=NOW)
    assert Relationship.objects.get(pk=pair.pk).state == State.PROPOSED


def test_they_may_still_do_what_every_member_may(world):
    karim, pair = world.people["karim"], world.pairs["staff"]
    with taken_back():
        relationships.pause(pair, by=karim, now=NOW)
        assert Relationship.objects.get(pk=pair.pk).state == State.PAUSED
