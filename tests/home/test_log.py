"""What the log of a program says: one row for one thing done, and what it was done to, for those who may open that."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from releve.audit import actions as audit
from releve.audit.models import Event
from releve.people.roles import Duty
from releve.relationships import actions
from tests.factories import programs, relationships

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return programs.cohort()


@pytest.fixture
def amina(cohort):
    return programs.staff(cohort)


def rows(client, cohort, reader):
    client.force_login(reader)
    with translation.override("en"):
        lines = client.get(reverse("home:show_log", args=[cohort.pk])).context["lines"]
    return [(line.words, line.about.name if line.about else "") for line in lines]


def test_a_pair_formed_and_introduced_at_once_is_one_row_that_names_it(client, cohort, amina):
    pair = relationships.prepared(cohort)
    by = programs.staff(cohort, Duty.COMMITTEE, name="Bo")
    Event.objects.all().delete()
    audit.record("relationship.form", by=by, on=pair, program=cohort.program)
    actions.introduce(pair, by=by, now=timezone.now())
    assert rows(client, cohort, amina) == [("Introduced a pair", "Benoît Dufour · Chloé Bergeron")]
    client.force_login(amina)
    page = client.get(reverse("home:show_log", args=[cohort.pk])).content.decode()
    assert reverse("relationships:follow_relationship", args=[pair.pk]) in page


def test_a_pair_introduced_later_or_by_somebody_else_stays_two_rows(client, cohort, amina):
    pair = relationships.prepared(cohort)
    by = programs.staff(cohort, Duty.COMMITTEE, name="Bo")
    Event.objects.all().delete()
    audit.record("relationship.form", by=amina, on=pair, program=cohort.program)
    audit.record("relationship.form", by=by, on=pair, program=cohort.program)
    Event.objects.update(at=timezone.now() - dt.timedelta(hours=1))
    actions.introduce(pair, by=by, now=timezone.now())
    assert [words for words, _name in rows(client, cohort, amina)] == ["Introduced a pair", "Prepared a pair", "Prepared a pair"]


def test_the_log_names_nothing_of_another_program(client, cohort, amina):
    elsewhere = relationships.prepared(programs.cohort())
    Event.objects.all().delete()
    audit.record("relationship.form", by=None, on=elsewhere, program=cohort.program)
    assert rows(client, cohort, amina) == [("Prepared a pair", "")]
