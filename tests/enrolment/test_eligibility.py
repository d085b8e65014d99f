"""Who may take which role and when."""

import datetime as dt

import pytest
from django.utils import timezone

from releve.enrolment.eligibility import Obstacle, may_take_role, obstacle_to_registering, why_not_eligible, wishable
from releve.enrolment.models import Participant
from releve.programs.models import Cohort
from tests.factories import programs
from tests.factories.enrolment import MENTEE, MENTOR, answers, mentee, mentor
from tests.factories.people import person

from .pages import ALL

State = Participant.State
STARTS = dt.date(2026, 9, 1)  # registration from February 1 to April 30
DAYS = {
    dt.date(2026, 1, 31): Obstacle.NOT_YET,
    dt.date(2026, 2, 1): Obstacle.NONE,
    dt.date(2026, 4, 30): Obstacle.NONE,
    dt.date(2026, 5, 1): Obstacle.OVER,
}


def obstacle(cohort, who, place=None, today=dt.date(2026, 3, 1), role=MENTEE):
    return obstacle_to_registering(cohort, who, role, place, today)


@pytest.mark.parametrize(("today", "expected"), DAYS.items())
def test_registration_opens_and_closes_on_its_days(today, expected):
    cohort, dan = programs.cohort(starts_on=STARTS), person("Dan")
    assert obstacle(cohort, dan, today=today) == expected


@pytest.mark.parametrize("state", State.values)
def test_after_the_last_day_who_is_in_changes_answers_and_who_is_not_waits(state):
    cohort = programs.cohort(starts_on=STARTS)
    place = mentee(cohort, state=state)
    expected = Obstacle.OVER if state in {State.STARTED, State.WITHDRAWN} else Obstacle.NONE
    assert obstacle(cohort, place.person, place, today=dt.date(2026, 5, 1)) == expected


@pytest.mark.parametrize("state", [Cohort.State.DRAFT, Cohort.State.CLOSED])
def test_only_an_open_cohort_takes_answers(state):
    cohort = programs.cohort(starts_on=STARTS, state=state)
    place = mentee(cohort)
    assert obstacle(cohort, place.person, place) == Obstacle.CLOSED
    assert obstacle(cohort, person("Dan")) == Obstacle.CLOSED


@pytest.mark.parametrize(
    ("may_also_be", "state", "allowed"), [([MENTEE], State.REGISTERED, True), ([], State.REGISTERED, False), ([], State.WITHDRAWN, True)]
)
def test_a_second_role_needs_the_first_one_s_leave(may_also_be, state, allowed):
    roles = [role | {"may_also_be": may_also_be if role["id"] == MENTOR else []} for role in programs.first_blueprint().as_data()["roles"]]
    cohort = programs.cohort(definition=programs.changed(roles=roles))
    place = mentor(cohort, state=state)
    assert may_take_role(cohort, place.person, MENTEE) is allowed
    assert obstacle(cohort, place.person, today=timezone.localdate()) == (Obstacle.NONE if allowed else Obstacle.OTHER_ROLE)


def test_a_role_in_another_cohort_stands_in_nobody_s_way():
    roles = [role | {"may_also_be": []} for role in programs.first_blueprint().as_data()["roles"]]
    definition = programs.changed(roles=roles)
    place = mentor(programs.cohort(definition=definition))
    assert may_take_role(programs.cohort(definition=definition), place.person, MENTEE)


def test_a_refusal_says_the_role_s_own_sentence_first():
    roles = programs.first_blueprint().as_data()["roles"]
    rule = {"question": "years_experience", "at_least": 5, "because": {"fr": "Cinq ans de métier.", "en": "Five years in the field."}}
    cohort = programs.cohort(definition=programs.changed(roles=[roles[0] | {"eligibility": rule}, roles[1]]))
    place = mentor(cohort)
    reasons = why_not_eligible(place, answers(MENTOR, years_experience=4))
    assert reasons[0].in_language("en") == "Five years in the field."
    assert len(reasons) == 2
    assert why_not_eligible(place, answers(MENTOR, years_experience=5)) == []


def test_wishes_go_to_confirmed_people_of_the_other_role_who_show_themselves():
    cohort = programs.cohort()
    chloe = mentee(cohort)
    shown = mentor(cohort, consents=ALL)
    mentor(cohort, name="Hidden")
    mentor(cohort, name="Imported", state=State.INVITED)
    mentor(cohort, name="Gone", state=State.WITHDRAWN, consents=ALL)
    mentee(cohort, name="Same Role", consents=ALL)
    mentor(programs.cohort(), name="Elsewhere", consents=ALL)
    mentor(cohort, person=chloe.person, consents=ALL)  # herself, in her other role
    assert wishable(chloe) == {shown.pk}
    assert wishable(mentee(cohort, state=State.INVITED)) == set()
