import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from releve.audit.models import Event
from releve.meetings import actions
from releve.meetings.models import Attendance, Meeting
from releve.meetings.queries import agreed_minutes, agreed_minutes_by_relationship, last_held, next_meeting
from releve.notifications.models import Letter
from releve.relationships.models import State
from tests.factories import meetings
from tests.factories.relationships import pair

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2030, 5, 2, 16, 0, tzinfo=dt.UTC)
WORKING = [State.INTRODUCED, State.ACCEPTED, State.CONFIRMED, State.PAUSED]
OVER = [State.ENDED, State.COMPLETED, State.DISSOLVED]


def letters(kind):
    return sorted(letter.person.name for letter in Letter.objects.filter(kind=kind).select_related("person"))


@pytest.fixture
def two():
    return pair()


@pytest.mark.parametrize("state", WORKING)
def test_member_plans_a_meeting_and_the_other_is_told(state):
    two = pair(state)
    meeting = meetings.planned(two.mentee)
    assert (meeting.state, meeting.minutes, meeting.planned_by) == ("planned", 90, two.chloe)
    assert letters("meeting_planned") == ["Benoît Dufour"]
    assert Event.objects.filter(verb="meeting.plan", object_id=meeting.pk).count() == 1


@pytest.mark.parametrize("state", OVER)
def test_planning_is_refused_when_the_relationship_is_over(state):
    two = pair(state)
    with pytest.raises(actions.RelationshipOver):
        meetings.planned(two.mentee)
    assert (Meeting.objects.count(), letters("meeting_planned")) == (0, [])


def test_planning_is_refused_to_a_member_who_has_left(two):
    two.mentee.left_at = timezone.now()
    two.mentee.save()
    with pytest.raises(actions.RelationshipOver):
        meetings.planned(two.mentee)


def test_meeting_planned_twice_alike_is_one_meeting(two):
    first, second = (meetings.planned(two.mentee, starts_at=NOON) for _click in range(2))
    assert (first.pk, Meeting.objects.count(), letters("meeting_planned")) == (second.pk, 1, ["Benoît Dufour"])


def test_another_meeting_at_the_same_moment_is_refused_and_names_the_first(two):
    first = meetings.planned(two.mentee, starts_at=NOON)
    with pytest.raises(actions.SameMoment) as refusal:
        meetings.planned(two.mentor, starts_at=NOON)
    assert refusal.value.meeting == first
    with pytest.raises(actions.SameMoment):
        meetings.planned(two.mentee, starts_at=NOON, agenda="Autre chose")


def test_the_database_itself_keeps_one_meeting_at_a_time(two):
    meeting = meetings.planned(two.mentee, starts_at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.create(relationship=two.relationship, starts_at=NOON, minutes=30, way="phone", joint_key=meeting.joint_key)


def test_cancelled_meeting_leaves_its_moment_free(two):
    actions.cancel_meeting(meetings.planned(two.mentee, starts_at=NOON), two.mentee)
    assert meetings.planned(two.mentor, starts_at=NOON).state == "planned"
    assert letters("meeting_cancelled") == ["Benoît Dufour"]


def change(meeting, membership, **more):
    given = {
        "starts_at": meeting.starts_at,
        "minutes": meeting.minutes,
        "way": meeting.way,
        "place": meeting.place,
        "agenda": meeting.agenda,
    }
    actions.change_meeting(meeting, membership, **given | {"revision": meeting.revision} | more)


def test_changed_meeting_tells_the_other_unless_only_the_agenda_changed(two):
    meeting = meetings.planned(two.mentee)
    change(meeting, two.mentor, agenda="Mon budget")
    assert letters("meeting_changed") == []
    change(meeting, two.mentor, starts_at=NOON)
    change(meeting, two.mentor, place="Au téléphone")
    meeting.refresh_from_db()
    assert (meeting.starts_at, meeting.agenda, meeting.place, meeting.revision) == (NOON, "Mon budget", "Au téléphone", 3)
    assert letters("meeting_changed") == ["Chloé Bergeron", "Chloé Bergeron"]


def test_change_is_refused_when_somebody_changed_the_meeting_meanwhile(two):
    meeting = meetings.planned(two.mentee)
    seen_before = Meeting.objects.get(pk=meeting.pk)
    change(meeting, two.mentor, minutes=60)
    with pytest.raises(actions.MeetingChanged):
        change(seen_before, two.mentee, minutes=120)
    assert Meeting.objects.get(pk=meeting.pk).minutes == 60


def test_change_is_refused_onto_another_meeting_or_once_it_is_cancelled(two):
    other, meeting = meetings.planned(two.mentee, starts_at=NOON), meetings.planned(two.mentee)
    with pytest.raises(actions.SameMoment) as refusal:
        change(meeting, two.mentee, starts_at=NOON)
    assert refusal.value.meeting == other
    actions.cancel_meeting(meeting, two.mentor)
    with pytest.raises(actions.MeetingChanged):
        change(meeting, two.mentee, minutes=60)
    with pytest.raises(actions.MeetingChanged):
        actions.cancel_meeting(meeting, two.mentee)


def test_reported_meeting_waits_for_the_others_word(two):
    meeting = meetings.planned(two.mentee, days=-1)
    actions.report_held(meeting, two.mentor, minutes=60, notes="Deux décisions", now=timezone.now())
    meeting.refresh_from_db()
    assert (meeting.state, meeting.minutes, meeting.notes, meeting.agreed_minutes) == ("held", 60, "Deux décisions", None)
    assert {word.membership: word.minutes for word in meeting.attendances.all()} == {two.mentor: 60, two.mentee: None}
    assert letters("meeting_confirm") == ["Chloé Bergeron"]


def test_report_is_refused_before_the_meeting_and_the_second_time(two):
    ahead, meeting = meetings.planned(two.mentee), meetings.planned(two.mentee, days=-1)
    with pytest.raises(actions.MeetingChanged):
        actions.report_held(ahead, two.mentee, minutes=60, now=timezone.now())
    actions.report_held(meeting, two.mentee, minutes=60, now=timezone.now())
    with pytest.raises(actions.MeetingChanged):
        actions.report_held(meeting, two.mentor, minutes=90, now=timezone.now())
    assert meeting.attendances.count() == 2


def test_hours_count_only_once_both_confirmed_the_same(two):
    meeting = meetings.held(two.mentor, minutes=90)
    mine = meetings.word_of(two.mentee, meeting)
    assert agreed_minutes(two.mentee.participant) == agreed_minutes(two.mentor.participant) == 0
    assert actions.confirm_minutes(mine, minutes=60, now=timezone.now()) is None
    assert (agreed_minutes(two.mentee.participant), letters("meeting_minutes_differ")) == (0, ["Benoît Dufour"])
    assert actions.confirm_minutes(mine, minutes=90, now=timezone.now()) == 90
    assert agreed_minutes(two.mentee.participant) == agreed_minutes(two.mentor.participant) == 90
    assert agreed_minutes_by_relationship([two.relationship.pk]) == {two.relationship.pk: 90}


def test_confirming_twice_alike_writes_nothing_more(two):
    meeting = meetings.confirmed(two.mentor, two.mentee)
    before = Event.objects.count()
    assert actions.confirm_minutes(meetings.word_of(two.mentee, meeting), minutes=90, now=timezone.now()) == 90
    assert Event.objects.count() == before


def test_same_disagreement_is_told_once(two):
    mine = meetings.word_of(two.mentee, meetings.held(two.mentor, minutes=90))
    for minutes in (60, 0, 60, 0, 60):
        actions.confirm_minutes(mine, minutes=minutes, now=timezone.now())
    assert letters("meeting_minutes_differ") == ["Benoît Dufour", "Benoît Dufour"]


def test_word_is_refused_for_a_nonsense_length_and_by_the_database(two):
    mine = meetings.word_of(two.mentee, meetings.held(two.mentor))
    for minutes in (3, 721, 30_000):
        with pytest.raises(ValueError, match="no length"):
            actions.confirm_minutes(mine, minutes=minutes, now=timezone.now())
        with pytest.raises(IntegrityError), transaction.atomic():
            Attendance.objects.filter(pk=mine.pk).update(minutes=minutes, confirmed_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.filter(pk=mine.pk).update(minutes=30)


def test_word_is_refused_from_a_member_who_has_left(two):
    mine = meetings.word_of(two.mentee, meetings.held(two.mentor))
    two.mentee.left_at = timezone.now()
    two.mentee.save()
    with pytest.raises(actions.RelationshipOver):
        actions.confirm_minutes(Attendance.objects.get(pk=mine.pk), minutes=90, now=timezone.now())


@pytest.mark.parametrize("state", [State.ENDED, State.COMPLETED])
def test_meeting_before_the_end_is_noted_and_confirmed_after_it(state):
    two = pair(state)
    meeting = meetings.confirmed(two.mentor, two.mentee, days=-10)
    assert meeting.agreed_minutes == 90
    with pytest.raises(actions.RelationshipOver):
        meetings.held(two.mentor, days=-0.1)


def test_meeting_before_the_pair_was_entered_here_counts_and_is_seen(two):
    meeting = meetings.confirmed(two.mentor, two.mentee, days=-90)
    assert set(Meeting.objects.visible_to(two.chloe)) == {meeting}
    assert agreed_minutes(two.mentee.participant) == 90


def test_notes_saved_over_newer_ones_are_refused_and_carry_them(two):
    meeting = meetings.held(two.mentor)
    stale = Meeting.objects.get(pk=meeting.pk).notes_revision
    actions.write_notes(meeting, two.mentor, notes="Version de Benoît", revision=stale)
    with pytest.raises(actions.StaleNotes) as refusal:
        actions.write_notes(meeting, two.mentee, notes="Version de Chloé", revision=stale)
    assert (refusal.value.notes, refusal.value.revision) == ("Version de Benoît", stale + 1)
    assert Meeting.objects.get(pk=meeting.pk).notes == "Version de Benoît"
    actions.write_notes(meeting, two.mentee, notes="Version de Benoît", revision=stale)  # a double click is no conflict


def test_notes_do_not_collide_with_a_change_of_date(two):
    meeting = meetings.planned(two.mentee)
    change(meeting, two.mentor, starts_at=NOON)
    actions.write_notes(meeting, two.mentee, notes="À préparer", revision=0)
    assert Meeting.objects.get(pk=meeting.pk).notes == "À préparer"


def test_notes_are_refused_when_the_pairing_never_formed():
    two = pair(State.INTRODUCED)
    meeting = meetings.held(two.mentor)
    two.relationship.state, two.relationship.ended_at = State.DISSOLVED, timezone.now()
    two.relationship.save()
    with pytest.raises(actions.RelationshipOver):
        actions.write_notes(meeting, type(two.mentee).objects.get(pk=two.mentee.pk), notes="Trop tard", revision=1)


def test_next_meeting_and_last_meeting_are_found_by_date(two):
    soon, held = meetings.planned(two.mentee, days=2), meetings.held(two.mentor, days=-2)
    meetings.planned(two.mentee, days=9)
    meetings.held(two.mentor, days=-9)
    assert next_meeting(two.relationship, timezone.now()) == soon
    assert last_held([two.relationship.pk]) == {two.relationship.pk: held.starts_at}
