"""Choose the file, settle its columns, look at its rows, mend them, bring people in: as a coordinator does."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from releve.enrolment.importing import actions, tasks
from releve.enrolment.importing.mapping import Columns
from releve.enrolment.models import Import, ImportRow, Participant
from releve.people.roles import Duty
from releve.programs.models import Appointment
from tests.factories.imports import DATA, XLSX, chapter_cohort, coordinator_of, previewed, started
from tests.factories.people import person


@pytest.fixture
def cohort():
    return chapter_cohort()


@pytest.fixture
def amina(client, cohort):
    """The coordinator's browser, in English."""
    client.force_login(coordinator_of(cohort))
    translation.activate("en")
    return client


def page(name, cohort, sheet=None):
    arguments = {"cohort": cohort.pk} | ({"sheet": sheet.pk} if sheet else {})
    return reverse(f"enrolment:{name}", kwargs=arguments)


def upload(client, cohort, content, name="people.csv", **more):
    return client.post(page("import_file", cohort), {"file": SimpleUploadedFile(name, content), **more})


def fields(answer):
    """Read the form of a preview as a browser would send it untouched."""
    html = answer.content.decode()
    form = html[html.index('name="revision"') - 60 : html.rindex("</form>")]
    data: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form):
        data.setdefault(name, []).append(value)
    for tag in re.findall(r"<input type=\"(?:text|checkbox|radio)\"[^>]*>", form):
        checked = 'type="text"' in tag or " checked" in tag
        if checked:
            data.setdefault(re.search(r'name="([^"]+)"', tag)[1], []).append(re.search(r'value="([^"]*)"', tag)[1])
    for select in re.findall(r"<select.*?</select>", form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', select)
        data.setdefault(re.search(r'name="([^"]+)"', select)[1], []).append(chosen[1] if chosen else "")
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\n(.*?)</textarea>', form, re.DOTALL):
        data.setdefault(name, []).append(text.replace("\n", "\r\n"))
    return {name: [value.replace("&quot;", '"').replace("&#x27;", "'") for value in values] for name, values in data.items()}


def verdict_of(sheet, entry):
    return next(row.verdict for row in sheet.rows.all() if row.cells[0] == str(entry))


def test_a_coordinator_goes_from_the_file_to_the_people(amina, cohort):
    answer = upload(amina, cohort, (DATA / XLSX).read_bytes(), XLSX)
    sheet = Import.objects.get()
    assert answer["Location"] == page("import_columns", cohort, sheet)
    columns = amina.get(answer["Location"])
    assert b"Only the sheet \xe2\x80\x9cEntries\xe2\x80\x9d was read" in columns.content
    posted = {f"column_{place}": target for place, target in sheet.mapping["held"].items()}
    answer = amina.post(answer["Location"], posted)
    assert answer["Location"] == page("import_rows", cohort, sheet)
    rows = amina.get(answer["Location"])
    assert b"84 rows were read." in rows.content
    assert rows["Cache-Control"].startswith("max-age=0")
    answer = amina.post(page("import_rows", cohort, sheet), fields(rows) | {"which": "good", "land": "yes"}, follow=True)
    assert (Participant.objects.count(), Participant.objects.filter(invited_at__isnull=True).count()) == (73, 73)
    assert b"Rows that stayed behind" in answer.content


def test_the_preview_says_every_problem_beside_its_cell(amina, cohort):
    html = amina.get(page("import_rows", cohort, previewed(cohort, XLSX))).content.decode()
    for sentence in (
        "“jade.roy at exemple.test” is not an email address.",
        "Row 17 has the same address with another name.",
        "Row 16 has the same address with another name.",
        "The role is missing. Choose one.",
        "“Ontario” is not among the choices.",
        "“plus de 20” is not a number.",
        "This looks like a formula. It is kept as plain text, and nothing will run it.",
        "There is no day 31 in that month: it has 28 days.",
        "This text has 9,199 characters, and 3,000 fit here: take out 6,199 characters.",
        "The registration was never sent: its status is “Incomplete”.",
        "Write a number from 1 to 5.",
        "Mentees are not asked this question: the answer is not kept.",
        "“Apiculture” is not among the choices.",
        "This row says the same as row 24, of the same person in the same role: only one of them comes in.",
        "The same person takes part in another role too: two places, one account.",
        "Required answers without a column",
        "What would you like to have done by June?",
    ):
        assert sentence in html, sentence
    assert "=HYPERLINK(&quot;http://exemple.test&quot;;&quot;Roy&quot;)" in html


def test_the_preview_speaks_french(amina, cohort):
    sheet = previewed(cohort, XLSX)
    with translation.override("fr"):
        html = amina.get(page("import_rows", cohort, sheet)).content.decode()
    html = html.replace("\u00a0", " ").replace("\u202f", " ")
    assert "« jade.roy at exemple.test » n’est pas une adresse courriel." in html
    assert "La ligne 17 porte la même adresse, avec un autre nom." in html
    assert "9 199 caractères" in html


def test_saving_an_untouched_preview_changes_nothing(amina, cohort):
    sheet = previewed(cohort, XLSX)
    for show in ("mend", "all"):
        shown = amina.get(page("import_rows", cohort, sheet) + f"?show={show}")
        amina.post(page("import_rows", cohort, sheet), fields(shown) | {"save": "yes"})
    assert not ImportRow.objects.exclude(corrections={}, decision="").exists()
    assert Import.objects.get().revision == sheet.revision


def test_mending_cells_brings_their_rows_in(amina, cohort):
    sheet = previewed(cohort, XLSX)
    shown = fields(amina.get(page("import_rows", cohort, sheet)))
    amina.post(
        page("import_rows", cohort, sheet),
        shown
        | {
            "cell-14-4": "noemie.bouchard@exemple.test",
            "cell-17-4": "chloe.morin@exemple.test",
            "cell-27-1": "Mentee",
            "cell-33-10": "Outside Québec",
            "cell-36-12": "21",
            "cell-61-17": "2",
            "cell-67-15": ["", "Knowing and managing yourself", "Change management"],
            "decide-58": "include",
            "save": "yes",
        },
    )
    sheet.refresh_from_db()
    verdicts = {entry: verdict_of(sheet, entry) for entry in (11, 13, 14, 23, 29, 32, 44, 53, 56, 62)}
    assert verdicts == dict.fromkeys((11, 13, 14, 23, 29, 32, 53, 56, 62), "new") | {44: "error"}
    amina.post(page("import_rows", cohort, sheet), {"revision": sheet.revision, "which": "good", "land": "yes"})
    assert Participant.objects.count() == 82
    assert Participant.objects.get(source_id="62").answers["areas"] == ["lead_self", "change_management"]
    assert Participant.objects.get(source_id="29").answers["region"] == "outside_quebec"


def test_corrections_typed_before_the_landing_button_are_kept_and_shown_first(amina, cohort):
    sheet = previewed(cohort, XLSX)
    data = {"revision": sheet.revision, "which": "good", "land": "yes", "cell-36-12": "21"}
    answer = amina.post(page("import_rows", cohort, sheet), data, follow=True)
    assert b"Your corrections are kept. Look at the result, then bring people in." in answer.content
    assert (verdict_of(sheet, 32), Participant.objects.count()) == ("new", 0)


def test_a_box_that_is_unticked_undoes_its_decision(amina, cohort):
    sheet = previewed(cohort, XLSX)
    actions.correct_rows(sheet, {}, {4: "leave", 5: "leave"}, by=coordinator_of(cohort))
    amina.post(page("import_rows", cohort, sheet), {"boxes": "4,", "save": "yes"})
    assert dict(sheet.rows.filter(number__in=[4, 5]).values_list("number", "decision")) == {4: "", 5: "leave"}


def test_all_or_none_says_how_many_rows_are_in_the_way(amina, cohort):
    sheet = previewed(cohort, XLSX)
    data = {"revision": sheet.revision, "which": "all", "land": "yes"}
    answer = amina.post(page("import_rows", cohort, sheet), data, follow=True)
    assert b"Nobody came in: 9 rows are still to mend or to leave out." in answer.content
    assert Participant.objects.count() == 0


def test_a_second_window_is_told_that_the_file_came_in(amina, cohort):
    sheet = previewed(cohort, XLSX)
    data = {"revision": sheet.revision, "which": "good", "land": "yes"}
    amina.post(page("import_rows", cohort, sheet), data)
    answer = amina.post(page("import_rows", cohort, sheet), data, follow=True)
    assert b"This file has already come in, perhaps from another window." in answer.content
    assert Participant.objects.count() == 73


def test_a_preview_older_than_the_rows_lands_nothing(amina, cohort):
    sheet = previewed(cohort, XLSX)
    actions.check_rows(sheet)
    data = {"revision": sheet.revision - 1, "which": "good", "land": "yes"}
    answer = amina.post(page("import_rows", cohort, sheet), data, follow=True)
    assert b"nobody came in. Look at the rows again." in answer.content
    assert Participant.objects.count() == 0


@pytest.mark.parametrize("revision", ["", "x", "-1", "9" * 40])
def test_a_spoiled_revision_lands_nothing(amina, cohort, revision):
    sheet = previewed(cohort, XLSX)
    amina.post(page("import_rows", cohort, sheet), {"revision": revision, "which": "good", "land": "yes"})
    assert Participant.objects.count() == 0


def test_spoiled_fields_harm_nothing(amina, cohort):
    sheet = previewed(cohort, XLSX)
    spoiled = {"cell-x-1": "a", "cell-14": "b", "cell-14-999": "c", f"cell-{'9' * 30}-1": "d", "boxes": "x,14,,9e9", "decide-14": "fly"}
    answer = amina.post(page("import_rows", cohort, sheet), spoiled | {"page": "<b>", "show": "no&such"})
    assert answer.status_code == 302
    assert not ImportRow.objects.exclude(corrections={}, decision="").exists()
    for query in ("?show=nothing", "?page=99", "?edit=x", "?edit=99999999", "?edit=²"):
        assert amina.get(page("import_rows", cohort, sheet) + query).status_code == 200


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty."),
        (b"<html><body>", "This file is a web page under the name of a spreadsheet."),
        (b"%PDF-1.7", "This file is not a spreadsheet."),
        (b"PK\x03\x04zzz", "This file is damaged and cannot be opened."),
        ((DATA / "locked.xlsx").read_bytes(), "This file is protected by a password."),
        (b"Nom;Courriel\n" + b"Roy;a@b.test\n" * 200_000, "This file has 200,000 rows, and at most 20,000 can be read at once."),
        (b"x" * 50_000_000, "This file weighs 47.7\u00a0MB, and at most 20.0\u00a0MB can be read."),
        (b"Roy;a@b.test\n", "The columns have no names: row 1 already holds a person."),
        (b"Nom;Courriel\n", "This file has a header and nobody under it."),
    ],
)
def test_a_file_that_cannot_be_read_gets_its_own_sentence_beside_the_field(amina, cohort, content, sentence):
    answer = upload(amina, cohort, content, sheet="Entries")
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert 'value="Entries"' in answer.content.decode()  # what was typed is still there
    assert not Import.objects.exists()


def test_a_sheet_that_is_not_there_is_said_beside_its_field(amina, cohort):
    answer = upload(amina, cohort, (DATA / XLSX).read_bytes(), XLSX, sheet="Membres")
    assert "This file has no sheet called “Membres”. Its sheets: “Entries”, “Notes”." in answer.content.decode()
    assert list(answer.context["form"].errors) == ["sheet"]


def test_no_file_at_all_is_said(amina, cohort):
    assert "Choose a file." in amina.post(page("import_file", cohort), {}).content.decode()


def test_columns_that_nobody_could_be_invited_by_are_refused_in_words(amina, cohort):
    sheet = started(cohort, b"Nom;Courriel;Email\nRoy;a@b.test;a@b.test\n")
    answer = amina.post(page("import_columns", cohort, sheet), {"column_0": "", "column_1": "email", "column_2": "email"})
    html = answer.content.decode()
    for sentence in ("Another column is read as this already.", "No column holds the name.", "No column says who is a mentor"):
        assert sentence in html
    sheet.refresh_from_db()
    assert sheet.state == "mapping"


def test_one_role_for_a_whole_file_is_enough(amina, cohort):
    sheet = started(cohort, b"Nom;Courriel\nRoy;a@b.test\n")
    amina.post(page("import_columns", cohort, sheet), {"column_0": "family_name", "column_1": "email", "everyone": "mentor"})
    assert [(row.verdict, row.cells) for row in sheet.rows.all()] == [("new", ["Roy", "a@b.test"])]
    assert b"<dt>Mentors</dt>" in amina.get(page("import_rows", cohort, sheet)).content


def test_an_import_without_columns_leads_to_its_columns_and_an_ended_one_to_its_end(amina, cohort, now):
    sheet = started(cohort, (DATA / XLSX).read_bytes())
    assert amina.get(page("import_rows", cohort, sheet))["Location"] == page("import_columns", cohort, sheet)
    amina.post(page("drop_import", cohort, sheet))
    assert amina.get(page("import_columns", cohort, sheet))["Location"] == page("import_rows", cohort, sheet)
    assert b"Nothing of this file stays here" in amina.get(page("import_rows", cohort, sheet)).content
    answer = amina.post(page("drop_import", cohort, sheet), follow=True)
    assert b"This file was given up, perhaps from another window." in answer.content


def test_a_known_person_with_other_answers_shows_both_and_waits_for_a_tick(amina, cohort):
    header, zoe = "Id;Rôle;Nom;Courriel;Région", "1;Mentor;Zoé Roy;zoe@exemple.test;{}"
    columns = Columns({0: "@entry", 1: "@role", 2: "family_name", 3: "email", 4: "region"})
    first = previewed(cohort, f"{header}\n{zoe.format('Laval')}\n".encode(), columns=columns)
    amina.post(page("import_rows", cohort, first), {"revision": first.revision, "land": "yes"})
    second = previewed(cohort, f"{header}\n{zoe.format('Estrie')}\n".encode(), columns=columns)
    html = amina.get(page("import_rows", cohort, second) + "?show=change").content.decode()
    assert re.search(r"<del>Laval</del> → <ins>Estrie</ins>", html)
    assert "Accept these answers" in html
    amina.post(page("import_rows", cohort, second), {"boxes": "2,", "decide-2": "accept", "save": "yes"})
    second.refresh_from_db()
    amina.post(page("import_rows", cohort, second), {"revision": second.revision, "boxes": "2,", "decide-2": "accept", "land": "yes"})
    assert Participant.objects.get().answers["region"] == "estrie"


def many(rows):
    lines = [f"Mentor;P{number};p{number}@exemple.test" for number in range(rows)]
    return "\n".join(["Rôle;Nom;Courriel", *lines]).encode()


def test_a_preview_of_more_than_two_hundred_rows_has_pages(amina, cohort):
    sheet = previewed(cohort, many(450))
    answer = amina.get(page("import_rows", cohort, sheet) + "?show=all&page=3")
    assert (answer.context["page"].paginator.num_pages, len(answer.context["cards"])) == (3, 50)
    real = amina.get(page("import_rows", cohort, previewed(cohort, XLSX)) + "?show=all")
    assert (real.context["page"].paginator.num_pages, len(real.context["cards"])) == (1, 84)


def test_a_page_where_everything_is_wrong_still_fits_in_one_request(amina, cohort, settings):
    lines = [f"Mentor;P{n};pas une adresse {n};Ontario;vingt;Apiculture, Soudure" for n in range(200)]
    sheet = previewed(cohort, "\n".join(["Rôle;Nom;Courriel;Région;Années d’expérience;Domaines", *lines]).encode())
    sent = fields(amina.get(page("import_rows", cohort, sheet)))
    assert sum(len(values) for values in sent.values()) < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    assert amina.post(page("import_rows", cohort, sheet), sent | {"save": "yes"}).status_code == 302


def test_a_long_file_is_looked_at_and_landed_in_the_background(amina, cohort, monkeypatch):
    monkeypatch.setattr(actions, "AT_ONCE", 3)
    monkeypatch.setattr(actions, "LAND_AT_ONCE", 3)
    sheet = started(cohort, many(5))
    posted = {"column_0": "@role", "column_1": "family_name", "column_2": "email"}
    waiting = amina.post(page("import_columns", cohort, sheet), posted, follow=True)
    assert b"The rows are being looked at" in waiting.content
    tasks.check_later.call(str(sheet.pk))
    sheet.refresh_from_db()
    assert (sheet.state, verdict_counts(sheet)) == ("preview", {"new": 5})
    answer = amina.post(page("import_rows", cohort, sheet), {"revision": sheet.revision, "land": "yes"}, follow=True)
    assert b"People are coming in" in answer.content
    assert Participant.objects.count() == 0
    for _twice in range(2):
        tasks.land_later.call(str(sheet.pk), str(coordinator_of(cohort).pk))
    assert Participant.objects.count() == 5
    assert b"The list is in" in amina.get(page("import_rows", cohort, sheet)).content


def test_a_long_file_that_can_no_longer_land_shows_its_preview_again(amina, cohort, monkeypatch):
    monkeypatch.setattr(actions, "LAND_AT_ONCE", 3)
    sheet = previewed(cohort, many(5))
    amina.post(page("import_rows", cohort, sheet), {"revision": sheet.revision, "land": "yes"})
    taken = person("P0", email="p0@exemple.test")
    Participant.objects.create(cohort=cohort, person=taken, role="mentor", state="started")
    tasks.land_later.call(str(sheet.pk), str(coordinator_of(cohort).pk))
    sheet.refresh_from_db()
    assert (sheet.state, Participant.objects.count()) == ("preview", 1)


def verdict_counts(sheet):
    found = list(sheet.rows.values_list("verdict", flat=True))
    return {verdict: found.count(verdict) for verdict in found}


@pytest.mark.parametrize("who", ["committee", "reader", "outsider", "anonymous", "superuser", "coordinator of another program"])
def test_nobody_else_finds_the_pages_of_an_import(client, cohort, who):
    sheet = previewed(cohort, XLSX)
    if who in {"committee", "reader"}:
        stranger = person("Bo")
        Appointment.objects.create(program=cohort.program, person=stranger, duty=Duty(who))
        client.force_login(stranger)
    elif who == "coordinator of another program":
        stranger = person("Dan")
        other = type(cohort.program).objects.create(slug="other", name=cohort.program.name)
        Appointment.objects.create(program=other, person=stranger, duty=Duty.COORDINATOR)
        client.force_login(stranger)
    elif who != "anonymous":
        client.force_login(person("Dan", is_superuser=who == "superuser"))
    expected = 302 if who == "anonymous" else 404
    for name in ("import_file", "import_rows", "import_columns", "drop_import", "export_people"):
        address = page(name, cohort, sheet if name not in {"import_file", "export_people"} else None)
        for method in (client.get, client.post):
            if name == "drop_import" and method == client.get:
                continue
            answer = method(address)
            assert answer.status_code == expected, (name, method)
            assert b"exemple.test" not in answer.content
    sheet.refresh_from_db()
    assert (sheet.state, sheet.rows.count()) == ("preview", 84)


def test_an_import_of_another_cohort_is_not_found_under_this_one(amina, cohort):
    other = chapter_cohort_beside(cohort)
    sheet = previewed(other, XLSX)
    address = reverse("enrolment:import_rows", kwargs={"cohort": cohort.pk, "sheet": sheet.pk})
    assert amina.get(address).status_code == 404


def chapter_cohort_beside(cohort):
    return type(cohort).objects.create(
        program=cohort.program, version=cohort.version, slug="2027", name=cohort.name, starts_on=cohort.starts_on, ends_on=cohort.ends_on
    )


def test_the_preview_asks_the_database_as_often_for_three_rows_as_for_three_hundred(
    amina, cohort, django_assert_num_queries, django_assert_max_num_queries
):
    few, lots = previewed(cohort, many(3)), previewed(cohort, many(200))
    with django_assert_max_num_queries(30) as counted:
        amina.get(page("import_rows", cohort, few) + "?show=all")
    with django_assert_num_queries(len(counted.captured_queries)):
        amina.get(page("import_rows", cohort, lots) + "?show=all")
