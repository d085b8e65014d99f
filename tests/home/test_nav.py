"""The main navigation: each person finds what they may open, and nothing else."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from releve.enrolment.models import Participant
from releve.people.roles import Duty
from releve.programs.models import Appointment, Cohort
from tests.factories import enrolment, programs, relationships
from tests.factories.people import person


def nav(client, address="/en/account/"):
    """Give the labels of the navigation of a page, in order."""
    return [link.label for link in client.get(address).context["nav"]]


def reached(client, address="/en/account/"):
    """Open every link of the navigation, and give those that do not answer with a page."""
    links = list(client.get(address).context["nav"])
    return {link.label: client.get(link.url, follow=True).status_code for link in links}


@pytest.fixture
def cohort():
    return programs.cohort()


def test_visitors_find_the_programs(client):
    assert nav(client, "/en/programs/") == ["Programs"]


def test_somebody_new_finds_their_day_and_the_programs(client):
    client.force_login(person("Chloé", language="en"))
    assert nav(client) == ["Today", "Programs"]


def test_a_participant_finds_their_pair_their_reading_and_their_hours(client, cohort):
    pair = relationships.introduced(cohort)
    chloe = pair.memberships.get(role="mentee").participant.person
    client.force_login(chloe)
    assert nav(client) == ["Today", "My pair", "Reading", "Hours"]
    assert set(reached(client).values()) == {200}


def test_somebody_invited_finds_no_hours_before_they_confirm(client, cohort):
    invited = enrolment.mentee(cohort, state=Participant.State.INVITED)
    client.force_login(invited.person)
    assert nav(client) == ["Today", "Reading"]


def test_somebody_who_withdrew_finds_nothing_of_the_cohort(client, cohort):
    gone = enrolment.mentee(cohort, state=Participant.State.WITHDRAWN)
    client.force_login(gone.person)
    assert nav(client) == ["Today", "Programs"]


@pytest.mark.parametrize(
    ("duty", "labels"),
    [
        (Duty.COORDINATOR, ["Board", "People", "Pairing", "Pairs", "Figures"]),
        (Duty.COMMITTEE, ["Board", "People", "Pairing", "Pairs", "Figures"]),
        (Duty.READER, ["Figures"]),
    ],
)
def test_staff_find_what_their_duty_opens(client, cohort, duty, labels):
    client.force_login(programs.staff(cohort, duty))
    assert nav(client) == labels
    assert set(reached(client).values()) == {200}


def test_staff_without_a_cohort_find_their_programs(client):
    client.force_login(programs.staff(programs.program()))
    assert nav(client) == ["Your programs"]


def test_staff_who_left_find_nothing_of_the_program(client, cohort):
    amina = programs.staff(cohort)
    Appointment.objects.update(ended_at=timezone.now())
    client.force_login(amina)
    assert nav(client) == ["Today", "Programs"]


def test_staff_stay_in_the_cohort_that_the_page_speaks_of(client, cohort):
    older = programs.cohort(cohort.program, starts_on=dt.date(2020, 9, 1))
    pair = relationships.introduced(older)
    Cohort.objects.filter(pk=older.pk).update(state=Cohort.State.CLOSED)
    client.force_login(programs.staff(cohort))
    for address, expected in (
        ("/en/account/", cohort),
        (f"/en/manage/{older.pk}/", older),
        (f"/en/manage/pairs/{pair.pk}/", older),
    ):
        links = {link.label: link.url for link in client.get(address).context["nav"]}
        assert links["Board"] == f"/en/manage/{expected.pk}/"
        assert "Your programs" in links


def test_the_cohort_of_another_program_never_shows_in_the_navigation(client, cohort):
    foreign = programs.cohort()
    client.force_login(programs.staff(cohort))
    page = client.get(f"/en/manage/{foreign.pk}/")
    assert page.status_code == 404
    assert str(foreign.pk) not in "".join(link.url for link in page.context["nav"])


def test_staff_who_take_part_have_two_hats(client, cohort):
    pair = relationships.introduced(cohort)
    benoit = pair.memberships.get(role="mentor").participant.person
    programs.staff(cohort, Duty.COMMITTEE, who=benoit)
    client.force_login(benoit)
    benoit.language = "en"
    benoit.save()
    assert nav(client, "/en/today/") == ["Today", "My pair", "Reading", "Hours", "Board"]
    assert nav(client, f"/en/manage/{cohort.pk}/") == ["Today", "Board", "People", "Pairing", "Pairs", "Figures"]


def test_navigation_takes_the_same_number_of_queries_with_1_and_with_4_cohorts(client, cohort, django_assert_num_queries):
    client.force_login(programs.staff(cohort))
    for _cohort in range(2):
        programs.cohort(cohort.program)
    nav(client)
    with CaptureQueriesContext(connection) as before:
        nav(client)
    programs.cohort(cohort.program)
    with django_assert_num_queries(len(before)):
        nav(client)


def test_a_page_about_one_person_or_pair_belongs_to_its_list(client, cohort):
    pair = relationships.confirmed(cohort)
    client.force_login(programs.staff(cohort, Duty.COORDINATOR))
    chloe = pair.memberships.get(role="mentee").participant

    def current(address):
        return [link.label for link in client.get(address).context["nav"] if link.current]

    assert current(f"/en/manage/people/{chloe.pk}/") == ["People"]
    assert current(f"/en/manage/pairs/{pair.pk}/") == ["Pairs"]
    assert current(f"/en/manage/{cohort.pk}/people/") == ["People"]
