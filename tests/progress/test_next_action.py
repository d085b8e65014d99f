"""The one next thing to do, for people at every turn of the year."""

import datetime as dt

import pytest
from django.utils import timezone, translation

from releve.enrolment.models import Participant
from releve.library.models import ReadMark
from releve.meetings import actions as meetings
from releve.meetings.models import Attendance
from releve.programs.models import Cohort
from releve.progress.actions import put_off
from releve.progress.credits import credits_of
from releve.progress.journey import journey_in
from releve.progress.next_action import actions_for, actions_in, next_action
from releve.progress.steps import steps_of
from releve.relationships import actions as relationships_actions
from releve.surveys import actions as surveys
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


def titles(person, now):
    return [action.key.partition(":")[0] for action in actions_for(person, now)]


def sitting(pair, now):
    """Let a pair have met formally and written its goals and expectations: what the year asks of it is done but the year itself."""
    one, other = relationships.memberships(pair)
    for membership in (one, other):
        sign(membership, now)
    meeting = meetings.log_meeting(one, starts_at=now - dt.timedelta(days=1), minutes=60, way="video", now=now)
    meetings.confirm_minutes(Attendance.objects.get(meeting=meeting, membership=other), minutes=60, now=now)


def test_at_the_close_looking_back_and_evaluating_come_before_meeting_again(now):
    pair = relationships.accepted(now=now - dt.timedelta(days=10))
    sitting(pair, now)
    cohort = pair.terms.get().cohort
    mentor, _mentee = members(pair)
    assert titles(mentor, now) == ["expectations", "goals", "meetings"]
    closing = now + (cohort.calendar.get("evaluation_opens") - timezone.localdate(now))
    surveys.open_receipts(closing)
    assert titles(mentor, closing) == ["reflection", "evaluation", "expectations", "goals", "meetings"]


def test_a_closed_cohort_asks_for_an_evaluation_while_it_takes_answers_and_for_nothing_else(now):
    pair = relationships.accepted(now=now - dt.timedelta(days=10))
    sitting(pair, now)
    cohort = pair.terms.get().cohort
    mentor, mentee = members(pair)
    one, _other = relationships.memberships(pair)
    over = now + (cohort.ends_on - timezone.localdate(now)) + dt.timedelta(days=1)
    meetings.log_meeting(one, starts_at=over - dt.timedelta(days=9), minutes=60, way="video", now=over)
    surveys.open_receipts(over)
    relationships_actions.complete(pair, by=None, now=over)
    assert titles(mentee, over) == ["confirm", "reflection", "evaluation"]
    Cohort.objects.update(state=Cohort.State.CLOSED)
    assert titles(mentee, over) == ["evaluation"]
    assert titles(mentor, over + dt.timedelta(days=60)) == []


def test_a_journey_stops_where_its_pairing_ended(now):
    pair = relationships.accepted(now=now - dt.timedelta(days=60))
    sitting(pair, now)
    mentor, mentee = members(pair)
    relationships_actions.end_early(pair, "not_working", by=mentee, now=now)
    ended = journey_in(pair, mentor, now)
    assert [(state.step.id, str(state.standing)) for state in steps_of(ended)] == [
        ("self_assessment", "skipped"),
        ("registration", "done"),
        ("reading", "skipped"),
        ("pairing", "done"),
        ("contact", "done"),
        ("expectations", "skipped"),
        ("first_meeting", "stopped"),
        ("meetings", "done"),
    ]
    assert actions_in(ended) == []


def test_what_is_left_to_evaluate_is_asked_beside_a_new_pair_and_says_with_whom_it_was(now):
    cohort = programs.cohort()
    mentor, mentee = relationships.two(cohort)
    first = relationships.confirmed(cohort, [mentor, mentee], now=now - dt.timedelta(days=60))
    relationships_actions.end_early(first, "goals_met", by=mentee.person, now=now)
    surveys.open_receipts(now)
    assert titles(mentor.person, now)[:2] == ["reflection", "evaluation"]
    second = relationships.accepted(cohort, [mentor, participant(cohort, MENTEE, name="Dan Cyr")], now=now)
    found = actions_for(mentor.person, now)
    assert [(action.key, action.show.about) for action in found][:1] == [(f"commitment:{second.pk}", "Dan")]
    asked = [action.show.about for action in found if action.key.startswith("evaluation")]
    assert asked == ["Chloé"]
    assert journey_in(first, mentor.person, now).shared.partner_names == ["Chloé"]


def test_somebody_in_two_roles_is_told_which_and_the_living_pair_comes_first(now):
    cohort = programs.cohort()
    mentor, mentee = relationships.two(cohort)
    relationships.accepted(cohort, [mentor, mentee], now=now)
    participant(cohort, MENTEE, person=mentor.person, state=Participant.State.INVITED)
    found = [(action.key.partition(":")[0], action.show.about) for action in actions_for(mentor.person, now)]
    assert found == [
        ("commitment", "Mentor"),
        ("expectations", "Mentor"),
        ("goals", "Mentor"),
        ("first_meeting", "Mentor"),
        ("registration", "Mentee"),
        ("self_assessment", "Mentee"),
    ]


def test_nobody_is_blamed_for_a_wait_whose_day_has_passed(now):
    waiting = participant(programs.cohort(), MENTOR)
    by = waiting.cohort.calendar.get("pairing_by")
    late = now + (by - timezone.localdate(now)) + dt.timedelta(days=3)
    [wait] = [action for action in actions_for(waiting.person, now) if action.key.startswith("pairing")]
    assert (wait.show.due, wait.show.waits) == (by, True)
    assert [action.show.due for action in actions_for(waiting.person, late)] == [None, None]
