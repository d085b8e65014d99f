"""The one next thing to do, for people at every turn of the year."""

import datetime as dt

import pytest
from django.utils import timezone, translation

from releve.enrolment.models import Participant
from releve.library.models import ReadMark
from releve.meetings import actions as meetings
from releve.meetings.models import Attendance
from releve.progress.actions import put_off
from releve.progress.credits import credits_of
from releve.progress.next_action import actions_for, next_action
from releve.relationships import actions as relationships_actions
from releve.workspace import actions as workspace
from releve.workspace.queries import paper_of
from tests.factories import programs, relationships
from tests.factories.enrolment import MENTEE, MENTOR, participant

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def now():
    return timezone.now()


def key(person, now):
    found = next_action(person, now)
    return found.key.partition(":")[0] if found else None


def keys(person, now):
    return {action.key.partition(":")[0] for action in actions_for(person, now)}


def members(pair):
    return [membership.participant.person for membership in relationships.memberships(pair)]


def sign(membership, now):
    document = membership.participant.cohort.definition.document("commitment")
    shown = paper_of(membership, document).digest
    workspace.sign(membership, document, name=membership.participant.person.name, language="fr", shown=shown, now=now)


def test_an_imported_person_first_confirms_their_registration(now):
    invited = participant(programs.cohort(), MENTEE, state=Participant.State.INVITED)
    assert key(invited.person, now) == "registration"


def test_somebody_registered_waits_and_may_read_and_wish(now):
    waiting = participant(programs.cohort(), MENTEE)
    assert keys(waiting.person, now) == {"reading", "wishes", "pairing"}
    mentor = participant(waiting.cohort, MENTOR, name="Benoît Dufour")
    assert keys(mentor.person, now) == {"reading", "pairing"}


def test_reading_leaves_the_list_once_every_page_is_marked(now):
    waiting = participant(programs.cohort(), MENTOR)
    for document in ("advice", "roles", "roles_by_phase"):
        ReadMark.objects.create(person=waiting.person, program=waiting.cohort.program, document=document)
    assert keys(waiting.person, now) == {"pairing"}


def test_a_pair_just_introduced_meets_then_answers(now):
    pair = relationships.introduced(now=now)
    mentor, mentee = members(pair)
    assert key(mentor, now) == "contact"
    one = relationships.memberships(pair)[0]
    meetings.plan_meeting(one, starts_at=now + dt.timedelta(days=2), minutes=60, way="video", now=now)
    first = next_action(mentor, now)
    assert (first.key, first.show.due) == (f"answer:{pair.pk}", pair.answer_by)
    relationships_actions.answer_contact(one, True, now=now)
    assert "answer" not in keys(mentor, now)
    assert key(mentee, now) == "answer"


def test_the_commitment_comes_first_and_says_who_has_signed(now):
    pair = relationships.accepted(now=now)
    mentor, mentee = relationships.memberships(pair)
    sign(mentor, now)
    first = next_action(mentee.participant.person, now)
    assert first.key == f"commitment:{pair.pk}"
    assert first.show.reason.startswith("Benoît has already signed.")
    assert "commitment" not in keys(mentor.participant.person, now)


def test_a_meeting_noted_by_one_waits_for_a_word_of_the_other(now):
    pair = relationships.accepted(now=now - dt.timedelta(days=10))
    mentor, mentee = relationships.memberships(pair)
    for membership in (mentor, mentee):
        sign(membership, now - dt.timedelta(days=9))
    pair.refresh_from_db()
    mentor, mentee = relationships.memberships(pair)
    meetings.log_meeting(mentor, starts_at=now - dt.timedelta(days=1), minutes=60, way="video", now=now)
    assert key(mentee.participant.person, now) == "confirm"
    attendance = Attendance.objects.get(membership=mentee)
    meetings.confirm_minutes(attendance, minutes=60, now=now)
    assert "confirm" not in keys(mentee.participant.person, now)


def test_what_is_put_off_comes_back_the_next_day(now):
    pair = relationships.introduced(now=now)
    mentor, _mentee = members(pair)
    put_off(mentor, f"contact:{pair.pk}", until=now + dt.timedelta(days=1))
    assert key(mentor, now) == "answer"
    assert key(mentor, now + dt.timedelta(days=1, minutes=1)) == "contact"


def test_nobody_puts_off_what_is_not_theirs(now):
    pair = relationships.introduced(now=now)
    other = participant(programs.cohort(), MENTEE, name="Dan Cyr").person
    put_off(other, f"answer:{pair.pk}", until=now + dt.timedelta(days=1))
    assert other.snoozes.count() == 0


@pytest.mark.parametrize(
    ("certified", "lengths", "credits"),
    [(True, [60, 90], ["2.50"]), (True, [50], ["0.75"]), (True, [10], ["0.00"]), (False, [60], [])],
)
def test_credits_count_agreed_quarter_hours_of_those_certified(now, certified, lengths, credits):
    cohort = programs.cohort()
    mentor = participant(cohort, MENTOR, name="Benoît Dufour", certified=certified)
    mentee = participant(cohort, MENTEE, name="Chloé Bergeron")
    pair = relationships.confirmed(cohort, [mentor, mentee], now=now - dt.timedelta(days=20))
    one, other = relationships.memberships(pair)
    for day, length in enumerate(lengths, 1):
        meeting = meetings.log_meeting(one, starts_at=now - dt.timedelta(days=day), minutes=length, way="phone", now=now)
        meetings.confirm_minutes(Attendance.objects.get(meeting=meeting, membership=other), minutes=length, now=now)
    assert [str(earned.credits) for earned in credits_of(mentor)] == credits


def test_a_day_takes_as_many_queries_for_three_pairs_as_for_one(now, django_assert_max_num_queries):
    cohort = programs.cohort()
    mentor = participant(cohort, MENTOR, name="Benoît Dufour", places=3)
    counts = []
    for number in range(3):
        relationships.confirmed(cohort, [mentor, participant(cohort, MENTEE, name=f"Mentee {number}")], now=now)
        with django_assert_max_num_queries(60) as captured:
            actions_for(mentor.person, now)
        counts.append(len(captured))
    assert len(set(counts)) == 1, counts


def test_after_a_pairing_that_did_not_work_nothing_is_asked_of_it_but_an_evaluation(now):
    pair = relationships.confirmed(now=now - dt.timedelta(days=60))
    _mentor, mentee = members(pair)
    relationships_actions.end_early(pair, "not_working", by=mentee, now=now)
    assert keys(mentee, now) == {"reading", "wishes", "pairing"}
    assert {key.split(":")[1] for key in {action.key for action in actions_for(mentee, now)} if key.startswith("expectations")} == set()


def test_a_closed_cohort_asks_nothing_more(now):
    pair = relationships.confirmed(now=now - dt.timedelta(days=400))
    cohort = pair.terms.get().cohort
    cohort.state = "closed"
    cohort.save()
    assert keys(members(pair)[0], now) == set()


def test_what_is_optional_and_left_behind_is_not_asked_any_more(now):
    cohort = programs.cohort()
    mentor = participant(cohort, MENTOR, name="Benoît Dufour", places=2)
    for number in range(2):
        relationships.accepted(cohort, [mentor, participant(cohort, MENTEE, name=f"Mentee {number}")], now=now)
    found = [action.key.partition(":")[0] for action in actions_for(mentor.person, now)]
    assert (found.count("self_assessment"), found.count("reading"), found.count("commitment")) == (0, 0, 2)
