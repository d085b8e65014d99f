"""What visitors find, and what nobody but those who run a program sees before it opens."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from releve.core.bilingual import Text
from releve.people.models import Organization
from releve.programs.models import Cohort
from releve.programs.offers import Standing, public_offers
from tests.factories import programs as factory
from tests.programs.conftest import cohort_of, words

MARCH = dt.datetime(2026, 3, 15, 17, 0, tzinfo=dt.UTC)  # registration for the cohort of 2026 is open until April 30


@pytest.fixture(autouse=True)
def _in_march():
    with time_machine.travel(MARCH, tick=False):
        yield


# --- the front page


def test_front_page_sends_signed_in_people_to_their_day(client, chloe):
    client.force_login(chloe)
    answer = client.get("/en/")
    assert (answer.status_code, answer["Location"]) == (302, "/en/today/")


def test_front_page_shows_the_only_program_with_its_dates_and_the_way_in(client, cohort):
    Organization.objects.create(name=Text("Chapitre", "Chapter"), contact_email="info@chapter.ca")
    page = words(client.get("/en/"))
    for said in ("Chapter", "Quebec Chapter Mentorship", "Registration is open until April 30", "Register as mentor", "info@chapter.ca"):
        assert said in page


def test_front_page_lists_several_programs_those_that_take_registrations_first(client, cohort):
    other = factory.program(name=Text("Passerelle", "Bridge"), slug="bridge")
    cohort_of(other, slug="past", starts_on=dt.date(2024, 9, 1), ends_on=dt.date(2025, 6, 30), state=Cohort.State.CLOSED)
    page = words(client.get("/en/"))
    assert page.index("Quebec Chapter Mentorship") < page.index("Bridge")


@pytest.mark.parametrize("address", ["/fr/", "/fr/programs/"])
def test_pages_without_an_open_program_say_what_will_be_there(client, draft, address):
    page = words(client.get(address))
    assert "Aucun programme n’est ouvert pour l’instant" in page
    assert "Ébauche" not in page


# --- the page of a program


def test_program_page_shows_the_whole_of_what_the_definition_says(client, cohort):
    answer = client.get("/en/programs/chapter/")
    page = words(answer)
    for section in cohort.definition.public_page:
        assert section.title.en in page
    for row in cohort.definition.public_page[6].table.rows:
        assert all(cell.en in page for cell in row)
    assert 'name="description" content="A year of mentoring' in answer.content.decode()


@pytest.mark.parametrize(("language", "register"), [("fr", "S’inscrire comme mentor·e"), ("en", "Register as mentor")])
def test_program_page_offers_both_roles_and_to_take_stock_first(client, cohort, language, register):
    answer = client.get(f"/{language}/programs/chapter/")
    assert register in words(answer)
    with translation.override(language):
        for role in ("mentor", "mentee"):
            assert reverse("enrolment:register", args=[cohort.pk, role]) in answer.content.decode()
            assert reverse("enrolment:assess_readiness", args=[cohort.pk, role]) in answer.content.decode()


def test_program_page_says_who_reads_what_without_promising_secrecy_to_an_identified_evaluation(client, cohort):
    page = words(client.get("/en/programs/chapter/")).replace("Who can read this: ", "")
    assert "Are you ready to mentor? Only you" in page
    assert "Confidentiality commitment Only you and the other members" in page
    assert "Your view of the year, as a mentor The program committee" in page


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"dates": {"registration_opens": "2026-04-01"}}, "Registration opens on April 1"),
        ({"dates": {"registration_closes": "2026-03-01"}}, "Registration closed on March 1"),
        ({"starts_on": dt.date(2024, 9, 1), "ends_on": dt.date(2025, 6, 30)}, "From September 1, 2024 to June 30, 2025"),
        (
            {"starts_on": dt.date(2024, 9, 1), "ends_on": dt.date(2025, 6, 30), "state": Cohort.State.CLOSED},
            "From September 1, 2024 to June 30, 2025",
        ),
    ],
)
def test_program_page_of_a_cohort_that_takes_no_registrations_says_when_it_did_or_will(client, program, more, said):
    cohort_of(program, **more)
    page = words(client.get("/en/programs/chapter/"))
    assert said in page
    assert "Register as" not in page


def test_program_page_of_a_program_by_invitation_offers_no_registration(client, amina):
    program = factory.program(factory.changed(intake=factory.first_blueprint().as_data()["intake"] | {"mode": "invitation"}), slug="bridge")
    cohort_of(program)
    page = words(client.get("/en/programs/bridge/"))
    assert "People come in by invitation" in page
    assert "Register as" not in page


# --- what is not public


def test_a_cohort_in_preparation_is_seen_by_those_who_run_the_program_alone(client, draft, amina, dan, chloe):
    address = "/en/programs/chapter/"
    assert client.get(address).status_code == 404
    for somebody in (dan, chloe):
        client.force_login(somebody)
        assert client.get(address).status_code == 404
        assert "Chapter" not in words(client.get("/en/programs/"))
    client.force_login(amina)
    page = words(client.get(address))
    assert "Nobody else sees this page yet" in page
    assert "2026–2027" not in page
    assert "Sketch" in page


def test_a_cohort_in_preparation_stays_hidden_beside_an_open_one(client, cohort, draft, amina, dan):
    address = "/en/programs/chapter/"
    for somebody in (None, dan):
        if somebody:
            client.force_login(somebody)
        page = words(client.get(address))
        assert "2026–2027 cohort" in page
        assert "Sketch" not in page
    client.force_login(amina)
    assert "Sketch" in words(client.get(address))


def test_a_program_without_any_cohort_is_shown_to_those_who_run_it(client, program, amina, dan):
    client.force_login(dan)
    assert client.get("/en/programs/chapter/").status_code == 404
    client.force_login(amina)
    assert "Nobody else sees this page yet" in words(client.get("/en/programs/chapter/"))


def test_a_program_that_does_not_exist_is_not_found(client, cohort):
    assert client.get("/en/programs/nowhere/").status_code == 404


# --- queries


@pytest.mark.parametrize("address", ["/en/", "/en/programs/"])
def test_lists_of_programs_take_the_same_number_of_queries_with_1_and_with_4(client, cohort, django_assert_num_queries, address):
    client.get(address)
    with CaptureQueriesContext(connection) as before:
        client.get(address)
    for _number in range(3):
        cohort_of(factory.program(), starts_on=dt.date(2025, 9, 1), ends_on=dt.date(2026, 6, 30))
    with django_assert_num_queries(len(before)):
        client.get(address)


def test_the_page_of_a_program_takes_the_same_number_of_queries_with_1_and_with_4_cohorts(client, cohort, django_assert_num_queries):
    with CaptureQueriesContext(connection) as before:
        client.get("/en/programs/chapter/")
    for year in (2021, 2022, 2023):
        cohort_of(cohort.program, slug=str(year), starts_on=dt.date(year, 9, 1), ends_on=dt.date(year + 1, 6, 30), state="closed")
    with django_assert_num_queries(len(before)):
        client.get("/en/programs/chapter/")


# --- where a cohort stands


@pytest.mark.parametrize(
    ("today", "standing"),
    [
        (dt.date(2026, 1, 31), Standing.SOON),
        (dt.date(2026, 2, 1), Standing.REGISTERING),
        (dt.date(2026, 4, 30), Standing.REGISTERING),
        (dt.date(2026, 5, 1), Standing.UNDER_WAY),
        (dt.date(2027, 6, 30), Standing.UNDER_WAY),
        (dt.date(2027, 7, 1), Standing.OVER),
    ],
)
def test_a_cohort_stands_by_its_dates(cohort, today, standing):
    assert [offer.first.standing for offer in public_offers(today)] == [standing]
