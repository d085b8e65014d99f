"""The pages on which the committee pairs people, opened with addresses that no link has."""

import datetime as dt

import pytest
from django.utils import timezone

from releve.matching import actions
from releve.people.roles import Duty
from tests.factories import programs
from tests.factories.enrolment import MENTEE, MENTOR, participant

pytestmark = pytest.mark.django_db

SUGGESTIONS = ("participation", "suggestions")


@pytest.fixture
def cohort():
    return programs.cohort()


@pytest.fixture
def people(cohort):
    """Two mentees and two mentors whom a run has compared."""
    found = {
        name: participant(cohort, role, name=name, consents=SUGGESTIONS, line_manager=None)
        for name, role in {"Chloé": MENTEE, "Jade": MENTEE, "Louise": MENTOR, "Karim": MENTOR}.items()
    }
    actions.run_suggestions(cohort, by=programs.staff(cohort, name="Zoé"), seed=1, now=timezone.now())
    return found


@pytest.fixture
def committee(client, cohort):
    client.force_login(programs.staff(cohort, Duty.COMMITTEE))
    return client


def address(cohort, one, other):
    return f"/en/manage/{cohort.pk}/pairing/{one.pk}/{other.pk}/"


def test_a_mentee_and_a_mentor_are_shown_side_by_side(committee, cohort, people):
    assert committee.get(address(cohort, people["Chloé"], people["Louise"])).status_code == 200


@pytest.mark.parametrize("two", [("Louise", "Chloé"), ("Chloé", "Chloé"), ("Chloé", "Jade"), ("Louise", "Karim")])
@pytest.mark.parametrize("method", ["get", "post"])
def test_two_who_are_no_mentee_and_mentor_in_this_order_are_no_page(committee, cohort, people, two, method):
    one, other = (people[name] for name in two)
    assert getattr(committee, method)(address(cohort, one, other), {"reason": "Why not."}).status_code == 404


def test_what_is_no_person_is_said_beside_the_field(committee, cohort, people):
    page = committee.get(f"/en/manage/{cohort.pk}/pairing/by-hand/?mentee=x&mentor={people['Louise'].pk}").content.decode()
    assert 'id="id_mentee_error"' in page
    assert "This person has no place left, or has just been paired. Choose another." in page
    assert "UUID" not in page


def test_pairing_in_a_closed_cohort_is_refused_with_the_reason_still_there(committee, cohort, people):
    cohort.state = cohort.State.CLOSED
    cohort.save()
    page = committee.post(address(cohort, people["Chloé"], people["Louise"]), {"reason": "Same field."}).content.decode()
    assert "This cohort is closed: nobody is paired in it any more." in page
    assert "Same field." in page


def test_a_search_by_a_thousand_words_is_cut_short(committee, cohort, people):
    assert committee.get(f"/en/manage/{cohort.pk}/pairing/by-hand/", {"search": "1", "search_mentee": "a " * 1800}).status_code == 200


def test_a_closed_cohort_offers_no_pairing(committee, cohort, people):
    cohort.starts_on = timezone.localdate() + dt.timedelta(days=10)  # registration is over: pairing is the next thing to do
    cohort.save()
    open_page = committee.get(f"/en/manage/{cohort.pk}/pairing/").content.decode()
    board = committee.get(f"/en/manage/{cohort.pk}/").content.decode()
    assert "/pairing/suggest/" in open_page
    assert "mentees have no mentor yet" in board
    cohort.state = cohort.State.CLOSED
    cohort.save()
    closed = committee.get(f"/en/manage/{cohort.pk}/pairing/").content.decode()
    assert "/pairing/suggest/" not in closed
    assert "This cohort is closed: nobody is paired in it any more." in closed
    assert "mentees have no mentor yet" not in committee.get(f"/en/manage/{cohort.pk}/").content.decode()
