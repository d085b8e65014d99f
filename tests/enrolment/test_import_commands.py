"""`releve import` and `releve export`: the same doors without a browser."""

import pytest
from django.core.management import CommandError, call_command

from releve.enrolment.models import Import, ImportRow, Participant
from releve.people.models import Person
from tests.factories.imports import CSV, DATA, XLSX, chapter_cohort, coordinator_of
from tests.factories.people import person

ADDRESS = "cchl-quebec/2026"


@pytest.fixture
def cohort():
    return chapter_cohort()


@pytest.fixture
def run(cohort, capsys):
    """Call a command as the coordinator and give what it printed."""

    def call(command, *arguments, by=None):
        call_command(command, *map(str, arguments), by=by or coordinator_of(cohort).email)
        return capsys.readouterr().out

    return call


def test_looking_keeps_nothing_and_says_everything(run):
    said = run("import", DATA / XLSX, ADDRESS)
    assert "14\terror\tNoémie Bouchard\t“jade.roy at exemple.test” is not an email address." in said
    assert said.splitlines()[-1] == "73 new, 1 merged, 9 error, 1 excluded"
    assert "Mentors: What can you offer?" in said
    assert (Participant.objects.count(), ImportRow.objects.count(), Import.objects.get().state) == (0, 0, "dropped")


def test_landing_brings_the_good_rows_in_and_the_second_file_finds_them(run):
    assert run("import", DATA / XLSX, ADDRESS, "--land").splitlines()[-1] == "73 came in, 0 took other answers."
    second = run("import", DATA / CSV, ADDRESS, "--land", "--accept-changes")
    assert second.splitlines()[-2:] == ["1 change, 72 known, 1 merged, 9 error, 1 excluded", "0 came in, 1 took other answers."]
    assert Participant.objects.count() == 73


def test_all_or_none_brings_nobody(run):
    with pytest.raises(CommandError, match="Nobody came in: 9 rows are still to mend"):
        run("import", DATA / XLSX, ADDRESS, "--land", "--all-or-none")
    assert (Participant.objects.count(), ImportRow.objects.count()) == (0, 0)


def test_columns_and_a_role_can_be_told(run, tmp_path):
    file = tmp_path / "people.csv"
    file.write_text("Qui;Où écrire\nZoé Roy;zoe@exemple.test\n", encoding="utf-8")
    run("import", file, ADDRESS, "--land", "--column", "Qui=family_name", "--column", "Où écrire=email", "--role", "mentor")
    assert list(Participant.objects.values_list("role", "person__name")) == [("mentor", "Zoé Roy")]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([DATA / "nowhere.xlsx", ADDRESS], "cannot be opened: No such file or directory."),
        ([DATA / "locked.xlsx", ADDRESS], "This file is protected by a password."),
        ([DATA / "locked.xlsx", ADDRESS, "--language", "fr"], "Ce fichier est protégé par un mot de passe."),
        ([DATA / XLSX, "cchl-quebec/1999"], "No cohort has the address cchl-quebec/1999."),
        ([DATA / XLSX, "2026"], "No cohort has the address 2026."),
        ([DATA / XLSX, ADDRESS, "--column", "Nope=email"], "headers are MentoratChapitreQuebec_Id"),
        ([DATA / XLSX, ADDRESS, "--role", "king"], "roles are mentor, mentee"),
        ([DATA / XLSX, ADDRESS, "--sheet", "Membres"], "This file has no sheet called “Membres”."),
        ([DATA / "people.ods", ADDRESS], "No column says who is a mentor"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(run, arguments, sentence):
    with pytest.raises(CommandError) as refused:
        run("import", *arguments)
    assert sentence in str(refused.value)
    assert ImportRow.objects.count() == 0


@pytest.mark.parametrize("command", ["import", "export"])
def test_nobody_else_does_it(run, tmp_path, command):
    stranger = person("Dan")
    arguments = [DATA / XLSX, ADDRESS] if command == "import" else [ADDRESS, tmp_path / "out.csv"]
    for by in (stranger.email, "nobody@example.org"):
        with pytest.raises(CommandError):
            run(command, *arguments, by=by)
    assert not (tmp_path / "out.csv").exists()
    assert not Import.objects.exists()


@pytest.mark.parametrize("fmt", ["csv", "xlsx"])
def test_what_is_exported_is_known_when_it_comes_back(run, tmp_path, fmt):
    run("import", DATA / XLSX, ADDRESS, "--land")
    file = tmp_path / f"people.{fmt}"
    assert run("export", ADDRESS, file, "--language", "fr") == f"{file} is written.\n"
    people = Person.objects.count()
    assert run("import", file, ADDRESS, "--land").splitlines()[-2:] == ["73 known", "0 came in, 0 took other answers."]
    assert Person.objects.count() == people


def test_an_export_can_be_narrowed(run, tmp_path):
    run("import", DATA / XLSX, ADDRESS, "--land")
    file = tmp_path / "people.csv"
    run("export", ADDRESS, file, "--columns", "email", "--roles", "mentor", "--states", "invited")
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    assert (lines[0], len(lines)) == ("Email", 36)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["people.pdf"], "The file must end in .csv or .xlsx."),
        (["people.csv", "--columns", "nothing"], "refused: nothing."),
        (["no/such/folder/people.csv"], "cannot be written: No such file or directory."),
    ],
)
def test_an_export_that_cannot_be_says_why(run, arguments, sentence):
    with pytest.raises(CommandError) as refused:
        run("export", ADDRESS, *arguments)
    assert sentence in str(refused.value)
