"""What the committee does first, from the day a cohort opens to the day it closes."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from releve.enrolment.models import Import
from releve.home.board import board_of
from releve.home.committee import next_step
from releve.people.roles import Duty
from releve.programs.models import Cohort
from releve.progress.reminders import close_terms
from releve.relationships.queries import count_free
from tests.factories import imports, programs, relationships, surveys
from tests.factories.enrolment import MENTEE, participant
from tests.factories.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def first(cohort, who, now=None):
    """Say where the first step leads, and its title."""
    board = board_of(cohort, who, now or timezone.now())
    step = board.next_action
    return (step.title, step.url) if step else None


def ending(days_ago, **more):
    ends = timezone.localdate() - dt.timedelta(days=days_ago)
    return programs.cohort(starts_on=ends - dt.timedelta(days=300), ends_on=ends, **more)


def test_nobody_is_asked_to_pair_before_registration_closes():
    cohort = programs.cohort()
    relationships.two(cohort)
    amina, now = programs.staff(cohort), timezone.now()
    assert first(cohort, amina) is None
    closes = cohort.calendar.get("registration_closes") - timezone.localdate(now)
    assert first(cohort, amina, now + closes) is None
    pairing = reverse("matching:show_pairing", args=[cohort.pk])
    assert first(cohort, amina, now + closes + dt.timedelta(days=1)) == ("1 mentee has no mentor yet", pairing)
    assert board_of(cohort, amina, now).free == "1 mentee waits for a mentor. 1 mentor still has room."


def test_a_file_half_way_in_is_the_next_step_of_those_who_import():
    cohort = imports.chapter_cohort()
    Cohort.objects.update(state=Cohort.State.OPEN)
    cohort.refresh_from_db()
    amina = imports.coordinator_of(cohort)
    sheet = imports.started(cohort, b"Nom;Courriel\nRoy;roy@example.org\n")
    registering = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
    columns = reverse("enrolment:import_columns", args=[cohort.pk, sheet.pk])
    assert first(cohort, amina, registering) == ("A file waits half way in", columns)
    sheet.state = Import.State.PREVIEW
    sheet.save()
    sheet.rows.update(verdict="error")
    step = next_step(cohort, amina, registering, worst=None, free=count_free(cohort))
    assert step.url == reverse("enrolment:import_rows", args=[cohort.pk, sheet.pk])
    assert step.reason == "0 rows are ready to come in. 1 row needs a look first."
    reader = programs.staff(cohort, Duty.COMMITTEE, name="Bo")
    assert first(cohort, reader, registering) is None
    sheet.state = Import.State.DROPPED
    sheet.save()
    assert first(cohort, amina, registering)[0] == "Bring the first people in"


def test_after_the_last_day_evaluations_are_read_then_the_cohort_is_closed():
    cohort = ending(days_ago=3)
    mentor, mentee = relationships.two(cohort)
    pair = relationships.confirmed(cohort, [mentor, mentee], now=timezone.now() - dt.timedelta(days=200))
    participant(cohort, MENTEE, name="Dan Cyr")
    assert close_terms(timezone.now()) > 0
    surveys.receipt(relationships.memberships(pair)[0])
    amina, now = programs.staff(cohort), timezone.now()
    evaluations = reverse("surveys:list_evaluations", args=[cohort.pk])
    assert first(cohort, amina) == ("Read the evaluations", evaluations)
    assert board_of(cohort, amina, now).next_action.reason.startswith("0 of 1 have answered.")
    assert board_of(cohort, amina, now).free == ""
    later = now + dt.timedelta(days=40)
    assert first(cohort, amina, later) == ("Close the cohort", reverse("programs:close_cohort", args=[cohort.pk]))
    committee = programs.staff(cohort, Duty.COMMITTEE, name="Bo")
    assert first(cohort, committee, later) is None


def test_nobody_whose_pair_went_to_its_term_waits_for_another():
    cohort = ending(days_ago=3)
    relationships.confirmed(cohort, now=timezone.now() - dt.timedelta(days=200))
    participant(cohort, MENTEE, name="Dan Cyr")
    assert count_free(cohort) == {"mentee": 1, "mentor": 1}
    close_terms(timezone.now())
    assert count_free(cohort) == {"mentee": 1, "mentor": 1}


def test_the_cohort_under_way_comes_first_and_a_draft_is_shown_to_those_who_prepare_it(client):
    program = programs.program()
    day = timezone.localdate()
    coming = programs.cohort(program, starts_on=day + dt.timedelta(days=200))
    last = programs.cohort(program, starts_on=day - dt.timedelta(days=500), state=Cohort.State.CLOSED)
    draft = programs.cohort(program, starts_on=day + dt.timedelta(days=90), state=Cohort.State.DRAFT)
    present = programs.cohort(program, starts_on=day - dt.timedelta(days=100))
    older = programs.cohort(program, starts_on=day - dt.timedelta(days=900), state=Cohort.State.CLOSED)
    amina, reader = programs.staff(program), programs.staff(program, Duty.READER, who=person("Rita"))
    for who, shown in ((amina, [present, coming, draft, last, older]), (reader, [present, coming, last, older])):
        client.force_login(who)
        assert client.get(reverse("home:list_cohorts")).context["cohorts"] == shown
