"""Lists that leave the house: harmless, complete, allowed, and the same when they come back."""

import csv
import io
from decimal import Decimal

import pytest
import python_calamine
from django.urls import reverse
from django.utils import translation

from releve.audit.models import Event
from releve.enrolment import exporting
from releve.enrolment.exporting import ExportRefused, columns_for, export_people, export_table
from releve.enrolment.importing import landing
from releve.enrolment.models import Participant
from releve.enrolment.table_files import safe_cell, write_table
from releve.people.roles import Duty
from releve.programs.models import Appointment
from tests.factories.enrolment import NEVER_SHOWN, participant
from tests.factories.imports import XLSX, chapter_cohort, coordinator_of, previewed
from tests.factories.people import person

HOSTILE = ["=1+1", "+1 418 555-0101", "-2", "@SUM(A1)", "\t=1", "\r=1", " =cmd|' /C calc'!A0", '=HYPERLINK("http://a.test")']


@pytest.fixture
def cohort():
    return chapter_cohort()


def rows_of(content, fmt):
    if fmt == "csv":
        text = content.decode("utf-8-sig")
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in text.partition("\n")[0] else ","))
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.get_sheet_by_index(0).to_python()


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_a_csv_begins_as_a_formula(text):
    [_header, [cell, after]] = rows_of(write_table(["a", "b"], [[text, "c"]], "csv"), "csv")
    assert cell == f"'{text}"
    assert after == "c"


@pytest.mark.parametrize("text", ["Roy", "l’été = bien", "a@b.test", "", "5", "l'an 2026"])
def test_harmless_texts_leave_as_they_are(text):
    assert safe_cell(text) == text


def test_a_header_is_harmless_too():
    assert rows_of(write_table(["=1+1"], [], "csv"), "csv") == [["'=1+1"]]


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_of_a_workbook_are_texts_and_no_formula_is_written(text):
    content = write_table(["a"], [[text]], "xlsx")
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    [[_header], [cell]] = book.get_sheet_by_index(0).to_python()
    assert str(cell).strip() == text.strip()
    import zipfile  # beside its only use

    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"<hyperlink" not in sheet


def test_numbers_stay_numbers_in_both_formats_and_languages():
    table = (["n", "d", "t"], [[3, Decimal("12.5"), "-2"], [None, None, ""]])
    assert rows_of(write_table(*table, "xlsx"), "xlsx")[1] == [3.0, 12.5, "-2"]
    with translation.override("fr"):
        assert write_table(*table, "csv").decode("utf-8-sig") == "n;d;t\r\n3;12,5;'-2\r\n;;\r\n"
    with translation.override("en"):
        assert write_table(*table, "csv").decode("utf-8-sig") == "n,d,t\r\n3,12.5,'-2\r\n,,\r\n"


def test_a_table_answers_a_request_as_a_file_that_nothing_on_the_way_keeps():
    answer = export_table(["Prénom"], [["Zoé"]], "csv", name="été")
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''%C3%A9t%C3%A9.csv"
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("text/csv; charset=utf-8", "no-store")


def test_a_csv_says_its_encoding_to_spreadsheets():
    assert write_table(["Prénom"], [["Zoé"]], "csv").startswith(b"\xef\xbb\xbf")


def test_a_text_longer_than_a_cell_is_cut_and_not_lost():
    [_header, [cell]] = rows_of(write_table(["a"], [["x" * 40_000]], "xlsx"), "xlsx")
    assert len(cell) == 32_767


@pytest.mark.parametrize("fmt", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_was_exported_comes_back_as_nothing_new(cohort, now, fmt, language):
    landing_of_the_real_file(cohort, now)
    participant(cohort, "mentor", name="=Bo «Danger» Côté", profession={"another": "Sage-femme; +"}, years_experience="7.5")
    participant(cohort, "mentee", name="Dan Après", state="invited", motivations="- un\n\n- deux  et «\u00a0trois\u00a0»")
    by = coordinator_of(cohort)
    with translation.override(language):
        content = export_people(cohort, by=by, fmt=fmt, columns=list(columns_for(cohort, by)))
        sheet = previewed(cohort, content)
    held = set(sheet.mapping["held"].values())
    assert held >= {"@entry", "@role", "email", "given_name", "family_name", "areas", "availability", "line_manager", "motivations"}
    assert "@status" not in held
    assert {row.verdict for row in sheet.rows.all()} == {"known"}
    assert sheet.rows.count() == 75


def landing_of_the_real_file(cohort, now):
    sheet = previewed(cohort, XLSX)
    landing.land(sheet, revision=sheet.revision, all_or_none=False, by=coordinator_of(cohort), now=now)


def test_a_row_holds_the_words_of_the_reader(cohort):
    participant(cohort, "mentor", name="Zoé Roy", certified=True, availability=["mon_noon", "thu_evening"], areas=["edi", "finance"])
    columns = ["@role", "@state", "family_name", "email", "certified", "areas", "availability", "places", "region"]
    with translation.override("fr"):
        [header, row] = rows_of(export_people(cohort, by=coordinator_of(cohort), fmt="csv", columns=columns), "csv")
    assert header[:4] == ["Rôle", "État de l’inscription", "Nom", "Courriel"]
    email = Participant.objects.get().person.email
    areas, week = "Équité, diversité et inclusion; Budget et finances", "Lundi midi; Jeudi soir"
    assert row == ["Mentor·e", "Inscription reçue", "Roy", email, "Oui", areas, week, "2", "Capitale-Nationale"]


def test_the_address_in_a_list_is_the_one_of_the_account(cohort):
    zoe = participant(cohort, "mentor", name="Zoé Roy")
    zoe.person.email = "new@exemple.test"
    zoe.person.save()
    [_header, [address]] = rows_of(export_people(cohort, by=coordinator_of(cohort), fmt="csv", columns=["email"]), "csv")
    assert address == "new@exemple.test"


def test_answers_for_pairing_and_sensitive_ones_are_not_in_the_usual_list(cohort):
    participant(cohort, "mentor", conflicts="Personne à éviter")
    by = coordinator_of(cohort)
    assert {name for name, usual in columns_for(cohort, by).items() if not usual} == {"line_manager", "conflicts"}
    for fmt in ("csv", "xlsx"):
        usual = str(rows_of(export_people(cohort, by=by, fmt=fmt), fmt))
        assert NEVER_SHOWN not in usual
        assert "Personne à éviter" not in usual
        asked = str(rows_of(export_people(cohort, by=by, fmt=fmt, columns=["line_manager", "conflicts"]), fmt))
        assert NEVER_SHOWN in asked
        assert "Personne à éviter" in asked


def test_staff_who_take_part_do_not_take_out_what_may_name_themselves(cohort):
    by = coordinator_of(cohort)
    participant(cohort, "mentor", person=by)
    participant(cohort, "mentor", name="Bo Côté", line_manager="chef@exemple.test")
    participant(cohort, "mentee", name="Chloé Roy", line_manager=by.email)
    rows = rows_of(export_people(cohort, by=by, fmt="csv", columns=["family_name", "@role", "line_manager"]), "csv")
    assert ["Roy", str(cohort.definition.role("mentee").name), ""] in rows
    assert ["Côté", str(cohort.definition.role("mentor").name), "chef@exemple.test"] in rows


def test_a_draft_that_somebody_is_writing_is_nobody_elses_to_take_out(cohort, now):
    participant(cohort, "mentor", name="Zoé Roy", state="started", motivations="Encore un brouillon")
    invited = participant(cohort, "mentor", name="Bo Côté", state="invited", motivations="Venu par une liste")
    by = coordinator_of(cohort)
    assert "Venu par une liste" in str(rows_of(export_people(cohort, by=by, fmt="csv"), "csv"))
    Participant.objects.filter(pk=invited.pk).update(begun_at=now)
    rows = rows_of(export_people(cohort, by=by, fmt="csv"), "csv")
    assert len(rows) == 3
    assert "brouillon" not in str(rows)
    assert "Venu par une liste" not in str(rows)


@pytest.mark.parametrize("duty", [Duty.COMMITTEE, Duty.READER])
def test_only_those_who_may_export_do(cohort, duty):
    someone = person("Bo")
    Appointment.objects.create(program=cohort.program, person=someone, duty=duty)
    with pytest.raises(ExportRefused):
        export_people(cohort, by=someone, fmt="csv")
    assert not Event.objects.filter(verb="participants.export").exists()


def test_answers_for_pairing_are_offered_only_to_those_who_may_read_them(cohort):
    reader = person("Bo")
    Appointment.objects.create(program=cohort.program, person=reader, duty=Duty.READER)
    assert {"line_manager", "conflicts"} & columns_for(cohort, reader).keys() == set()
    assert {"line_manager", "conflicts"} <= columns_for(cohort, coordinator_of(cohort)).keys()


@pytest.mark.parametrize("column", ["no_such_question", "role", "self_assessment", "@email"])
def test_a_column_that_is_not_offered_is_refused(cohort, column):
    with pytest.raises(ExportRefused):
        export_people(cohort, by=coordinator_of(cohort), fmt="csv", columns=[column])


def test_an_export_is_noted_without_a_word_of_anybody(cohort):
    participant(cohort, "mentor")
    export_people(cohort, by=coordinator_of(cohort), fmt="csv", columns=["email", "line_manager"])
    event = Event.objects.get(verb="participants.export")
    assert event.facts == {"rows": 1, "columns": ["email", "line_manager"]}


def test_roles_and_states_narrow_a_list(cohort):
    for role, state in (("mentor", "registered"), ("mentee", "registered"), ("mentee", "invited"), ("mentee", "withdrawn")):
        participant(cohort, role, name=f"{role} {state}", state=state)
    by = coordinator_of(cohort)
    content = export_people(cohort, by=by, fmt="csv", columns=["family_name"], roles=["mentee"], states=["registered", "invited"])
    assert sorted(row[0] for row in rows_of(content, "csv")[1:]) == ["invited", "registered"]


def test_a_coordinator_downloads_what_was_ticked(client, cohort):
    participant(cohort, "mentor", name="Zoé Roy")
    client.force_login(coordinator_of(cohort))
    translation.activate("en")
    address = reverse("enrolment:export_people", kwargs={"cohort": cohort.pk})
    shown = client.get(address)
    assert shown.context["form"]["columns"].initial.count("line_manager") == 0
    assert b"Email of the person you report to" in shown.content
    data = {"roles": ["mentor"], "states": ["registered"], "columns": ["family_name"], "pairing": ["line_manager"], "fmt": "csv"}
    answer = client.post(address, data)
    assert rows_of(answer.content, "csv")[1] == ["Roy", NEVER_SHOWN]
    assert answer["Content-Disposition"].startswith('attachment; filename="cchl-quebec-2026-')
    assert answer["Content-Type"] == exporting.CONTENT_TYPES["csv"]
    assert "no-store" in answer["Cache-Control"]
    again = client.post(address, {"fmt": "csv"})
    assert b"Choose at least one column." in again.content


def test_a_list_takes_as_many_queries_for_three_people_as_for_thirty(cohort, django_assert_num_queries, django_assert_max_num_queries):
    by = coordinator_of(cohort)
    for number in range(3):
        participant(cohort, "mentor", name=f"A{number} Roy")
    with django_assert_max_num_queries(20) as few:
        export_people(cohort, by=by, fmt="csv")
    for number in range(27):
        participant(cohort, "mentor", name=f"B{number} Roy")
    with django_assert_num_queries(len(few.captured_queries)):
        export_people(cohort, by=by, fmt="csv")
