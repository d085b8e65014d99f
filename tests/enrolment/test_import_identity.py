"""Who is who: within a file, and beside the people a cohort already has."""

import pytest

from releve.enrolment.importing import actions, landing
from releve.enrolment.importing.mapping import Columns
from releve.enrolment.models import ImportRow, Participant
from releve.people.models import Person
from releve.programs.actions import pin_version, save_version
from releve.programs.definition import Definition
from releve.questionnaires.actions import save_draft
from tests.factories.imports import CSV, XLSX, chapter_cohort, coordinator_of, previewed
from tests.factories.people import person

HEADER = "Id;Rôle;Prénom;Nom;Courriel;Téléphone;Région"
COLUMNS = Columns({0: "@entry", 1: "@role", 2: "given_name", 3: "family_name", 4: "email", 5: "phone", 6: "region"})
ZOE = "1;Mentor;Zoé;Roy;zoe@exemple.test;418 555-0101;Laval"


@pytest.fixture
def cohort():
    return chapter_cohort()


def file(*rows):
    return "\n".join([HEADER, *rows]).encode()


def preview(cohort, *rows):
    return previewed(cohort, file(*rows), columns=COLUMNS)


def verdicts(sheet):
    return [(row.verdict, [note["code"] for note in row.notes]) for row in sheet.rows.all()]


def correct(sheet, corrections=None, decisions=None):
    actions.correct_rows(sheet, corrections or {}, decisions or {}, by=coordinator_of(sheet.cohort))
    actions.check_rows(sheet)


def land(sheet, now, *, all_or_none=False):
    landing.land(sheet, revision=sheet.revision, all_or_none=all_or_none, by=coordinator_of(sheet.cohort), now=now)


@pytest.fixture
def zoe(cohort, now):
    """Zoé, who came in by an earlier file."""
    land(preview(cohort, ZOE), now)
    return cohort.participants.get()


def test_the_csv_after_the_workbook_proposes_nobody_new(cohort, now):
    land(previewed(cohort, XLSX), now)
    assert cohort.participants.count() == 73
    second = previewed(cohort, CSV)
    found = {int(row.cells[0]): row.verdict for row in second.rows.all()}
    waiting = {11, 13, 14, 23, 29, 32, 44, 56, 62}  # what the first file could not bring in is no more readable in the second
    assert {entry for entry, verdict in found.items() if verdict == "error"} == waiting
    assert {entry for entry, verdict in found.items() if verdict == "change"} == {47}  # the telephone number lost its hyphen
    assert (found[53], found[83]) == ("excluded", "merged")
    assert {verdict for entry, verdict in found.items() if entry not in {*waiting, 47, 53, 83}} == {"known"}
    land(second, now)
    assert cohort.participants.count() == 73
    assert cohort.participants.get(source_id="47").answers["phone"] == "(514) 555-0142 poste 12"


def test_a_row_that_was_corrected_is_known_again_with_its_old_faults(cohort, now):
    first = preview(cohort, "1;;Léa;Lalonde;lea at exemple.test;;Ontario")
    correct(first, {2: {1: "Mentee", 4: "lea@exemple.test", 6: "Hors du Québec"}})
    land(first, now)
    assert cohort.participants.get().answers["region"] == "outside_quebec"
    again = preview(cohort, "1;;Léa;Lalonde;lea at exemple.test;;Ontario")
    assert verdicts(again) == [("known", [])]


def test_an_address_given_by_the_coordinator_stays_when_the_old_file_comes_again(cohort, now):
    rows = ("13;Mentee;Jean;Gagnon;jean@exemple.test;;Laval", "14;Mentee;Chloé;Morin;jean@exemple.test;;Laval")
    first = preview(cohort, *rows)
    assert verdicts(first) == [("error", ["two_names"]), ("error", ["two_names"])]
    correct(first, {3: {4: "chloe@exemple.test"}})
    assert verdicts(first) == [("new", []), ("new", [])]
    land(first, now)
    assert verdicts(preview(cohort, *rows)) == [("known", []), ("known", ["other_address"])]
    assert set(Person.objects.filter(participations__cohort=cohort).values_list("email", flat=True)) == {
        "jean@exemple.test",
        "chloe@exemple.test",
    }


def test_two_names_become_one_person_when_the_coordinator_writes_one_name(cohort):
    sheet = preview(cohort, ZOE, "2;Mentee;Zoe;Roy-Côté;zoe@exemple.test;418 555-0101;Laval")
    assert verdicts(sheet) == [("error", ["two_names"]), ("error", ["two_names"])]
    correct(sheet, {3: {3: "Roy"}})  # accents and capitals make no second name: “Zoe Roy” is “Zoé Roy”
    assert verdicts(sheet) == [("new", ["second_role"]), ("new", ["second_role"])]


def test_without_an_entry_number_the_address_and_the_role_are_the_key(cohort, zoe):
    assert verdicts(preview(cohort, ";Mentor;Zoé;Roy; ZOE@exemple.test ;418 555-0101;Laval")) == [("known", [])]
    assert verdicts(preview(cohort, ";Mentee;Zoé;Roy;zoe@exemple.test;418 555-0101;Laval")) == [("new", ["second_role"])]


def test_an_entry_without_a_number_learns_it_from_a_later_file(cohort, now):
    land(preview(cohort, ZOE.replace("1;", ";", 1)), now)
    assert cohort.participants.get().source_id == ""
    land(preview(cohort, ZOE), now)
    assert cohort.participants.get().source_id == "1"


def test_other_answers_wait_until_they_are_accepted(cohort, zoe, now):
    other = ZOE.replace("Laval", "Estrie")
    sheet = preview(cohort, other)
    assert [(row.verdict, row.notes[0]["facts"]) for row in sheet.rows.all()] == [("change", {"questions": ["region"]})]
    land(sheet, now)
    zoe.registration.refresh_from_db()
    assert zoe.registration.answers["region"] == "laval"
    sheet = preview(cohort, other)
    correct(sheet, decisions={2: "accept"})
    land(sheet, now)
    zoe.registration.refresh_from_db()
    assert (zoe.registration.answers["region"], zoe.registration.answers["phone"]) == ("estrie", "418 555-0101")
    assert (sheet.outcome["change"], sheet.outcome["changed"]) == (1, 1)


def test_an_empty_cell_takes_no_answer_away(cohort, zoe):
    assert verdicts(preview(cohort, "1;Mentor;Zoé;Roy;zoe@exemple.test;;")) == [("known", [])]


def test_what_a_person_confirmed_is_never_written_over(cohort, zoe, now):
    Participant.objects.filter(pk=zoe.pk).update(confirmed_at=now, state=Participant.State.REGISTERED)
    sheet = preview(cohort, ZOE.replace("Laval", "Estrie"))
    assert verdicts(sheet) == [("kept", ["confirmed"])]
    correct(sheet, decisions={2: "accept"})
    land(sheet, now)
    zoe.registration.refresh_from_db()
    assert zoe.registration.answers["region"] == "laval"


@pytest.mark.parametrize("state", ["withdrawn", "refused"])
def test_people_who_left_are_not_invited_again(cohort, zoe, now, state):
    Participant.objects.filter(pk=zoe.pk).update(state=state, withdrawn_at=now)
    sheet = preview(cohort, ZOE)
    assert verdicts(sheet) == [("kept", [state])]
    land(sheet, now)
    zoe.refresh_from_db()
    assert zoe.state == state


def test_an_address_that_belongs_to_another_name_is_held(cohort):
    person("Bo Tremblay", email="zoe@exemple.test")
    sheet = preview(cohort, ZOE)
    assert [(row.verdict, row.notes[0]["code"], row.notes[0]["facts"]) for row in sheet.rows.all()] == [
        ("error", "account_name", {"name": "Bo Tremblay"})
    ]


def test_a_person_who_renamed_their_account_is_still_the_person_of_their_registration(cohort, zoe):
    Person.objects.filter(pk=zoe.person_id).update(name="Z. Roy-Tremblay")
    assert verdicts(preview(cohort, ZOE.replace("1;", ";", 1))) == [("known", [])]


def test_an_entry_that_changed_its_role_keeps_the_one_it_came_with(cohort, zoe):
    assert verdicts(preview(cohort, ZOE.replace("Mentor", "Mentee"))) == [("known", ["other_role"])]


def test_one_entry_number_for_two_people_is_held_on_both_rows(cohort):
    sheet = preview(cohort, ZOE, "1;Mentor;Bo;Côté;bo@exemple.test;;Laval")
    assert verdicts(sheet) == [("error", ["entry_twice"]), ("error", ["entry_twice"])]


def test_the_same_entry_twice_is_merged_and_different_answers_ask_for_a_choice(cohort, now):
    sheet = preview(cohort, ZOE, ZOE.replace("1;", "2;", 1), ZOE.replace("1;", "3;", 1).replace("Laval", "Estrie"))
    assert verdicts(sheet) == [("choice", ["choose"]), ("merged", ["merged"]), ("choice", ["choose"])]
    correct(sheet, decisions={4: "use"})
    assert verdicts(sheet) == [("merged", ["superseded"]), ("merged", ["merged"]), ("new", [])]
    land(sheet, now)
    assert (cohort.participants.get().source_id, cohort.participants.get().answers["region"]) == ("3", "estrie")


def test_an_entry_never_sent_is_left_out_until_it_is_included(cohort):
    columns = Columns(COLUMNS.held | {7: "@status"})
    content = f"{HEADER};Entry_Status\n{ZOE};Incomplete\n{ZOE.replace('1;', '2;', 1).replace('zoe@', 'bo@')};Soumis\n"
    sheet = previewed(cohort, content.encode(), columns=columns)
    assert verdicts(sheet) == [("excluded", ["unfinished"]), ("new", [])]
    correct(sheet, decisions={2: "include"})
    assert verdicts(sheet) == [("new", []), ("new", [])]
    correct(sheet, decisions={2: "leave"})
    assert verdicts(sheet) == [("excluded", ["left_out"]), ("new", [])]


def test_a_row_left_out_makes_no_trouble_for_the_others(cohort):
    sheet = preview(cohort, ZOE, "2;Mentee;Chloé;Morin;zoe@exemple.test;;Laval")
    correct(sheet, decisions={3: "leave"})
    assert verdicts(sheet) == [("new", []), ("excluded", ["left_out"])]


def test_a_correction_back_to_what_the_file_says_is_no_correction(cohort):
    sheet = preview(cohort, ZOE)
    correct(sheet, {2: {3: "Côté", 6: "Estrie"}})
    correct(sheet, {2: {3: "Roy", 99: "nowhere"}})
    assert ImportRow.objects.get(sheet=sheet).corrections == {"6": "Estrie"}


def test_a_role_that_the_program_keeps_apart_from_another_is_held(cohort):
    by = coordinator_of(cohort)
    data = cohort.definition.as_data()
    data["roles"][0].pop("may_also_be")  # a mentor may not be a mentee as well
    pin_version(cohort, save_version(cohort.program, Definition.model_validate(data), by=by), by=by)
    sheet = preview(cohort, ZOE, ZOE.replace("1;Mentor", "2;Mentee"))
    assert verdicts(sheet) == [("new", ["second_role"]), ("error", ["roles_apart"])]


def test_a_response_saved_meanwhile_by_the_person_is_not_lost(cohort, zoe, now):
    sheet = preview(cohort, ZOE.replace("Laval", "Estrie"))
    correct(sheet, decisions={2: "accept"})
    save_draft(zoe.registration, zoe.registration.answers | {"title": "Cheffe de service"}, revision=zoe.registration.revision)
    land(sheet, now)
    zoe.registration.refresh_from_db()
    assert (zoe.registration.answers["region"], zoe.registration.answers["title"]) == ("estrie", "Cheffe de service")
