"""`releve pair PROGRAM/COHORT --by EMAIL`: a run like any other, asked for on the command line."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from releve.enrolment.importing.reading import read_table
from releve.matching.models import Run
from releve.people.roles import Duty
from tests.factories import programs
from tests.factories.enrolment import MENTEE, MENTOR, participant

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return programs.cohort()


@pytest.fixture
def committee(cohort):
    return programs.staff(cohort, Duty.COMMITTEE, name="Zoé Roy")


@pytest.fixture
def people(cohort):
    for role, name, areas in ((MENTOR, "Louise Morin", ["finance"]), (MENTEE, "Chloé Bergeron", ["finance"]), (MENTEE, "Jade Roy", [])):
        one_place = {"places": 1} if role == MENTOR else {}
        participant(cohort, role, name=name, consents=("participation", "suggestions"), line_manager=None, areas=areas, **one_place)


def pair(cohort, by, *words):
    shown, told = StringIO(), StringIO()
    address = f"{cohort.program.slug}/{cohort.slug}"
    call_command("pair", address, "--by", by.email, "--lang", "en", *words, stdout=shown, stderr=told)
    return shown.getvalue(), told.getvalue()


def test_a_run_is_kept_and_its_table_shown(cohort, committee, people):
    shown, told = pair(cohort, committee, "--seed", "7")
    run = Run.objects.get()
    assert (run.seed, told) == ("7", "Run 1 is kept: pairs 1, without a mentor 1, seed 7.\n")
    assert [row.split("\t")[:2] for row in shown.splitlines()] == [
        ["Mentee", "Mentor"],
        ["Chloé Bergeron", "Louise Morin"],
        ["Jade Roy", ""],
    ]


@pytest.mark.parametrize("name", ["pairs.csv", "pairs.xlsx"])
def test_the_table_is_written_instead_of_shown(cohort, committee, people, tmp_path, name):
    shown, told = pair(cohort, committee, "--out", str(tmp_path / name))
    assert (shown, told.splitlines()[-1]) == ("", f"{tmp_path / name} is written.")
    written = [row.cells[:2] for row in read_table((tmp_path / name).read_bytes()).rows]
    assert written == [("Chloé Bergeron", "Louise Morin"), ("Jade Roy", "")]


def test_what_cannot_be_is_a_sentence_and_keeps_no_run(cohort, committee):
    with pytest.raises(CommandError, match="Suggestions need a mentee and a mentor"):
        pair(cohort, committee)
    with pytest.raises(CommandError, match="must end in"):
        pair(cohort, committee, "--out", "pairs.json")
    with pytest.raises(CommandError, match="No cohort has the address"):
        call_command("pair", "nowhere/never", "--by", committee.email, "--lang", "en")
    assert not Run.objects.exists()
