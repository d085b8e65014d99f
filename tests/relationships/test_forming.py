"""Who can be brought together, and by whom."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from releve.enrolment.models import Participant
from releve.people.roles import Duty
from releve.relationships import actions, forming
from releve.relationships.models import NotAgain, Relationship, State
from releve.relationships.queries import free_participants, free_places
from tests.factories import programs, relationships
from tests.factories.enrolment import MENTEE, MENTOR, participant

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return programs.cohort()


def codes(cohort, people):
    return [problem.code for problem in forming.problems_with(cohort, [(p, p.role) for p in people])]


def test_a_mentor_and_a_mentee_with_room_have_nothing_against_them(cohort):
    assert codes(cohort, relationships.two(cohort)) == []


def test_every_reason_is_given_at_once(cohort):
    mentor = participant(cohort, MENTOR, name="Louise Morin", places=1)
    relationships.introduced(cohort, [mentor, participant(cohort, MENTEE, name="Jade Roy")])
    invited = participant(cohort, MENTEE, name="Karim Haddad", state=Participant.State.INVITED)
    assert codes(cohort, [mentor, invited]) == ["no_place", "not_registered"]


def test_one_person_in_two_roles_is_never_paired_with_themselves(cohort):
    mentor = participant(cohort, MENTOR, name="Réjean Lévesque")
    mentee = participant(cohort, MENTEE, person=mentor.person)
    assert codes(cohort, [mentor, mentee]) == ["self"]


def test_two_mentors_make_no_pair(cohort):
    people = [participant(cohort, MENTOR, name="Bo Tran"), participant(cohort, MENTOR, name="Zoé Côté")]
    assert codes(cohort, people) == ["too_few", "too_many"]


def test_nobody_is_paired_in_a_closed_cohort(cohort):
    people = relationships.two(cohort)
    cohort.state = cohort.State.CLOSED
    assert codes(cohort, people) == ["closed"]


def test_somebody_of_another_cohort_is_refused(cohort):
    mentor, _mentee = relationships.two(cohort)
    other = programs.cohort(cohort.program)
    assert codes(cohort, [mentor, participant(other, MENTEE, name="Dan Cyr")]) == ["elsewhere"]


def test_the_same_two_are_not_paired_twice_at_a_time(cohort):
    mentor, mentee = relationships.two(cohort)
    relationships.introduced(cohort, [mentor, mentee])
    assert codes(cohort, [mentor, mentee]) == ["already_paired", "no_place"]


def test_a_committee_member_who_mentors_cannot_pair_themselves(cohort):
    mentor, mentee = relationships.two(cohort)
    programs.staff(cohort, Duty.COMMITTEE, who=mentor.person)
    members = [(mentor, MENTOR), (mentee, MENTEE)]
    with pytest.raises(PermissionDenied):
        actions.form_relationship(cohort, members, by=mentor.person, now=timezone.now())
    assert Relationship.objects.count() == 0


@pytest.mark.parametrize("duty", [Duty.READER])
def test_who_may_not_pair_cannot(cohort, duty):
    members = [(p, p.role) for p in relationships.two(cohort)]
    with pytest.raises(PermissionDenied):
        actions.form_relationship(cohort, members, by=programs.staff(cohort, duty), now=timezone.now())


def test_a_no_returns_both_to_the_pool_and_keeps_them_apart(cohort):
    mentor, mentee = relationships.two(cohort)
    pair = relationships.introduced(cohort, [mentor, mentee])
    assert [list(free_participants(cohort, MENTEE)), free_places(mentor)] == [[], 1]
    one, other = relationships.memberships(pair)
    actions.answer_contact(one, True, now=timezone.now())
    actions.answer_contact(other, False, now=timezone.now())
    actions.settle_contacts(timezone.now())
    pair.refresh_from_db()
    assert pair.state == State.DISSOLVED
    assert [list(free_participants(cohort, MENTEE)), free_places(mentor)] == [[mentee], 2]
    assert NotAgain.objects.count() == 1


@pytest.mark.parametrize(("mentor", "mentee", "working"), [("fr", "fr", "fr"), ("en", "en", "en"), ("fr", "en", "")])
def test_a_pair_works_in_the_language_that_both_share_and_leaves_it_open_otherwise(cohort, mentor, mentee, working):
    members = relationships.two(cohort)
    for member, language in zip(members, (mentor, mentee), strict=True):
        member.person.language = language
        member.person.save()
    assert relationships.prepared(cohort, members).language == working
