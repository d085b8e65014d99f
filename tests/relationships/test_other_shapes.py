"""Three programs of other shapes, from their sketched definitions alone, through the whole life of a relationship."""

import datetime as dt
from pathlib import Path

import pytest
from django.utils import timezone

from releve.enrolment.models import Participant
from releve.programs.loading import load
from releve.questionnaires import actions as questionnaires
from releve.relationships import actions, forming
from releve.relationships.models import State
from tests.factories import programs
from tests.factories.people import person

pytestmark = pytest.mark.django_db

SKETCHES = Path(__file__).parents[1] / "programs" / "sketches"


@pytest.fixture
def now():
    return timezone.now()


def cohort_of(sketch):
    return programs.cohort(definition=load(SKETCHES / f"{sketch}.yaml"))


def take_part(cohort, role, name, **answers):
    """Register somebody with just the answers that a group's mix looks at."""
    form = cohort.definition.intake_form
    who = person(name)
    response = questionnaires.start_response(form, owner=who, visibility=form.visibility)
    response.answers = {"name": name, **answers}
    response.submitted_at = timezone.now()
    response.save()
    return Participant.objects.create(
        cohort=cohort,
        person=who,
        role=role,
        state=Participant.State.REGISTERED,
        registration=response,
        confirmed_at=timezone.now(),
    )


def form(cohort, people, now):
    return actions.form_relationship(cohort, [(p, p.role) for p in people], by=None, now=now)


def codes(cohort, people):
    return [problem.code for problem in forming.problems_with(cohort, [(p, p.role) for p in people])]


def sign(relationship, key, now):
    for membership in relationship.memberships.filter(left_at__isnull=True):
        actions.record_requirement(membership, key, now=now)
    relationship.refresh_from_db()


def test_a_patient_with_students_of_different_professions_is_placed_signs_and_ends(now):
    cohort = cohort_of("s5")
    mentor = take_part(cohort, "health_mentor", "Odette Picard", place="vancouver")
    students = [
        take_part(cohort, "student", f"Student {n}", place="vancouver", discipline=discipline)
        for n, discipline in enumerate(["nursing", "pharmacy", "medicine"])
    ]
    twin = take_part(cohort, "student", "Twin", place="vancouver", discipline="nursing")
    assert codes(cohort, [mentor, *students, twin]) == ["all_different"]
    assert codes(cohort, [mentor, *students[:2]]) == ["too_few"]
    group = form(cohort, [mentor, *students], now)
    actions.introduce(group, by=None, now=now)
    group.refresh_from_db()
    assert group.state == State.ACCEPTED
    sign(group, "sign:confidentiality", now)
    assert group.state == State.CONFIRMED
    actions.complete(group, by=None, now=now)
    group.refresh_from_db()
    assert group.state == State.COMPLETED


def test_a_site_group_needs_both_kinds_of_mentor_and_one_place(now):
    cohort = cohort_of("s6")
    nurse = take_part(cohort, "nurse_mentor", "Nurse", place="north")
    peer = take_part(cohort, "peer_mentor", "Peer", place="north")
    mentees = [take_part(cohort, "nurse_mentee", f"Mentee {n}", place="north") for n in range(2)]
    elsewhere = take_part(cohort, "nurse_mentee", "Elsewhere", place="south")
    assert codes(cohort, [nurse, *mentees]) == ["too_few", "at_least_one_of_each"]
    assert codes(cohort, [nurse, peer, *mentees, elsewhere]) == ["same"]
    group = form(cohort, [nurse, peer, *mentees], now)
    actions.introduce(group, by=None, now=now)
    sign(group, "sign:ground_rules", now)
    assert group.state == State.CONFIRMED


def test_a_vertical_group_is_placed_at_once_and_rolls_over_into_the_next_year(now):
    cohort = cohort_of("s8")
    leads = [take_part(cohort, "faculty_lead", f"Lead {n}") for n in range(2)]
    students = [take_part(cohort, "student", f"Student {n}", year=f"year{n % 4 + 1}") for n in range(8)]
    group = form(cohort, [*leads, *students], now)
    actions.introduce(group, by=None, now=now)
    group.refresh_from_db()
    assert group.state == State.CONFIRMED

    following = programs.cohort(cohort.program, starts_on=cohort.starts_on + dt.timedelta(days=365))
    graduates = list(group.memberships.filter(participant__in=[students[3], students[7]]))
    new = [take_part(following, "student", f"New {n}", year="year1") for n in range(2)]
    for _twice in range(2):
        actions.roll_over(group, following, leaving=graduates, joining=[(p, "student") for p in new], now=now)
    here = {membership.participant.person.name for membership in group.memberships.filter(left_at__isnull=True)}
    assert here == {"Lead 0", "Lead 1", "New 0", "New 1", *(f"Student {n}" for n in (0, 1, 2, 4, 5, 6))}
    assert group.terms.count() == 2
    assert group.memberships.count() == 12
