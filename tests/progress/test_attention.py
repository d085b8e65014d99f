"""Which pairs need care, why and in which order: asked of the database, page by page."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from releve.audit.models import Event
from releve.people.roles import Duty
from releve.progress.attention import Need, pairs_needing_care, silent_pairs
from releve.relationships import actions
from releve.relationships.models import HelpRequest, Relationship, State
from tests.factories import meetings, programs, relationships
from tests.factories.enrolment import MENTEE, MENTOR, participant

SILENCE = 45  # days, as the chapter's program has it


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def cohort():
    return programs.cohort()


@pytest.fixture
def amina(cohort):
    return programs.staff(cohort)


def ago(now, days):
    return now - dt.timedelta(days=days)


def two(cohort, name):
    return [participant(cohort, MENTOR, name=f"Mentor {name}"), participant(cohort, MENTEE, name=f"Mentee {name}")]


def since(pair, **moments):
    """Move moments of a pair back in time."""
    Relationship.objects.filter(pk=pair.pk).update(**moments)
    return pair


def help_asked(pair, moment):
    mentee = relationships.memberships(pair)[1]
    return HelpRequest.objects.create(membership=mentee, contact="committee", text="…", created_at=moment)


def needs(cohort, reader, now):
    return [tuple(care) for care in pairs_needing_care(cohort, reader, now)]


def test_silence_is_counted_as_the_program_says(cohort):
    assert int(cohort.definition.value(cohort.definition.contact.silence_days, cohort.settings)) == SILENCE


def test_each_need_is_found_with_its_moment_and_the_most_urgent_comes_first(cohort, amina, now):
    silent = since(relationships.confirmed(cohort, two(cohort, "silent")), confirmed_at=ago(now, SILENCE + 1))
    slow = since(relationships.accepted(cohort, two(cohort, "slow")), accepted_at=ago(now, 31))
    near = since(relationships.introduced(cohort, two(cohort, "near")), introduced_at=ago(now, 16), answer_by=now + dt.timedelta(days=4))
    mute = since(relationships.introduced(cohort, two(cohort, "mute")), introduced_at=ago(now, 30), answer_by=None)
    helped = relationships.confirmed(cohort, two(cohort, "helped"))
    request = help_asked(helped, ago(now, 2))
    unread = Event.objects.create(verb="relationship.no_outcome", object_id=mute.pk, at=ago(now, 9))
    assert needs(cohort, amina, now) == [
        (helped.pk, Need.HELP_ASKED, request.created_at),
        (mute.pk, Need.NO_OUTCOME, unread.at),
        (near.pk, Need.NO_ANSWER, now + dt.timedelta(days=4)),
        (slow.pk, Need.NOT_SIGNED, ago(now, 31)),
        (silent.pk, Need.SILENT, ago(now, SILENCE + 1)),
    ]


def test_pairs_that_do_well_need_nothing(cohort, amina, now):
    relationships.prepared(cohort, two(cohort, "prepared"))
    since(relationships.introduced(cohort, two(cohort, "introduced")), answer_by=now + dt.timedelta(days=6))
    since(relationships.accepted(cohort, two(cohort, "accepted")), accepted_at=ago(now, 29))
    since(relationships.confirmed(cohort, two(cohort, "confirmed")), confirmed_at=ago(now, SILENCE - 1))
    paused = since(relationships.confirmed(cohort, two(cohort, "paused")), confirmed_at=ago(now, 90))
    actions.pause(paused, by=amina, now=now)
    ended = since(relationships.confirmed(cohort, two(cohort, "ended")), confirmed_at=ago(now, 90))
    actions.end_early(ended, "goals_met", by=amina, now=timezone.now())
    assert needs(cohort, amina, now) == []


def test_a_meeting_held_ends_the_silence_and_a_cancelled_one_does_not(cohort, amina, now):
    pair = since(relationships.confirmed(cohort, two(cohort, "quiet")), confirmed_at=ago(now, 90))
    mentor = relationships.memberships(pair)[0]
    old = meetings.held(mentor, days=-(SILENCE + 5))
    assert needs(cohort, amina, now) == [(pair.pk, Need.SILENT, old.starts_at)]
    meetings.held(mentor, days=-3)
    assert needs(cohort, amina, now) == []


def test_the_oldest_open_request_counts_and_an_answered_one_does_not(cohort, amina, now):
    pair = relationships.confirmed(cohort, two(cohort, "helped"))
    first, second = help_asked(pair, ago(now, 9)), help_asked(pair, ago(now, 2))
    assert needs(cohort, amina, now) == [(pair.pk, Need.HELP_ASKED, first.created_at)]
    for request, left in ((first, [(pair.pk, Need.HELP_ASKED, second.created_at)]), (second, [])):
        actions.answer_help(request, text="Parlons-en.", by=amina, now=now)
        assert needs(cohort, amina, now) == left


def test_staff_who_take_part_see_nothing_about_their_own_pair(cohort, amina, now):
    own = relationships.confirmed(cohort, two(cohort, "own"))
    help_asked(own, ago(now, 2))
    mentor = relationships.memberships(own)[0].participant.person
    programs.staff(cohort, Duty.COMMITTEE, who=mentor)
    assert [need for _pair, need, _since in needs(cohort, amina, now)] == [Need.HELP_ASKED]
    assert needs(cohort, mentor, now) == []


def test_other_cohorts_need_no_care_here(cohort, amina, now):
    elsewhere = programs.cohort(cohort.program)
    help_asked(relationships.confirmed(elsewhere, two(elsewhere, "there")), ago(now, 2))
    assert needs(cohort, amina, now) == []
    assert len(needs(elsewhere, amina, now)) == 1


def test_silent_pairs_are_reminded_although_they_asked_for_help(cohort, now):
    pair = since(relationships.confirmed(cohort, two(cohort, "both")), confirmed_at=ago(now, 90))
    help_asked(pair, ago(now, 2))
    found = silent_pairs(Relationship.objects.filter(state=State.CONFIRMED), cohort, now)
    assert [(concern.relationship.pk, concern.need, concern.since) for concern in found] == [(pair.pk, Need.SILENT, ago(now, 90))]


def test_the_board_shows_needs_page_by_page_and_the_most_urgent_first_on_each(client, cohort, amina, now):
    for number in range(27):
        since(relationships.accepted(cohort, two(cohort, str(number))), accepted_at=ago(now, 31 + number))
    urgent = relationships.confirmed(cohort, two(cohort, "urgent"))
    help_asked(urgent, now)
    client.force_login(amina)
    with translation.override("en"):
        address = reverse("home:show_board", args=[cohort.pk])
        first, second = (client.get(address, {"page": page}).context["board"] for page in (1, 2))
    assert (len(first.concerns), len(second.concerns)) == (25, 3)
    assert first.concerns[0].relationship == urgent
    assert [concern.relationship for concern in second.concerns] != [concern.relationship for concern in first.concerns[:3]]
    for board in (first, second):
        assert board.next_action.title == "Someone asked for help"
