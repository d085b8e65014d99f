"""`releve rerun`: every record is proved again, and a changed one is found."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone, translation

from releve.matching import actions
from releve.matching.models import Run

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def rerun(*address):
    said = StringIO()
    call_command("rerun", *address, stdout=said)
    return said.getvalue().splitlines()


@pytest.fixture
def address(cohort, committee, run):
    actions.run_suggestions(cohort, by=committee, seed=5, now=timezone.now())
    return f"{cohort.program.slug}/{cohort.slug}"


def test_each_run_is_proved_again(address):
    first = Run.objects.get(number=1)
    assert rerun(f"{address}/1") == [f"{address}/1: the same answer, to the byte ({first.problem_digest[:12]})"]
    assert [line.split(":")[0] for line in rerun(address)] == [f"{address}/1", f"{address}/2"]
    assert rerun() == rerun(address)


def test_a_changed_record_is_found_and_fails(address):
    changed = Run.objects.get(number=2)
    changed.result = changed.result.replace('"seed":5', '"seed":6').replace('"locked":false', '"locked":true')
    changed.save()
    with pytest.raises(CommandError, match="Runs that differ from their record: 1"):
        rerun(address)


def test_an_erasure_ends_what_can_be_shown_without_an_alarm(address):
    Run.objects.filter(number=2).update(problem="{}", replayable=False)
    assert "cannot be repeated: somebody’s data have been erased" in rerun(f"{address}/2")[0]


@pytest.mark.parametrize("wrong", ["nowhere", "{}/99", "{}/x", "{}/1/more"])
def test_an_address_that_names_no_run_is_said(address, wrong):
    with pytest.raises(CommandError, match="No finished run has the address"):
        rerun(wrong.format(address))
