"""Two spreadsheets and a policy: what is read."""

from pathlib import Path

import pytest
from django.utils.translation import override

from releve.enrolment.exporting import write_table
from releve.matching.engine import Pair, Side, assign, certify, problem_json
from releve.matching.files import read_two_files

from .two_files import MENTORS, POLICY, person, with_question

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "docs" / "examples" / "pairing"
MENTEES_FILE, MENTORS_FILE = ((EXAMPLES / name).read_bytes() for name in ("mentees.csv", "mentors.csv"))
REGISTRATIONS = ROOT / "tests" / "enrolment" / "data"


# --- what is read


def test_sound_files_become_a_problem_with_names_and_places(read):
    found = read()
    assert found.names == {"M1": "Amina", "M2": "Bo", "T1": "Chloé", "T2": "Dan"}
    assert {one.id: one.most for one in found.problem.mentors} == {"T1": 2, "T2": 1}
    assert dict(person(found, Side.MENTOR, "T1").answers) == {"id": "T1", "areas": {"Ethics", "Finance"}, "years": 20}
    assert found.left_out == ()
    assert certify(found.problem, assign(found.problem)) == ()


@pytest.mark.parametrize(
    "content",
    [
        MENTORS.replace(",", "\t").encode("utf-16"),
        b"sep=|\n" + MENTORS.replace(",", "|").encode(),
        MENTORS.replace(";", " | ").replace(",", ";").encode("cp1252"),
        write_table(MENTORS.splitlines()[0].split(","), [row.split(",") for row in MENTORS.splitlines()[1:]], "xlsx"),
    ],
)
def test_the_same_table_is_read_from_each_way_of_saving_it(read, content):
    assert read(mentors=content).problem == read().problem


def test_answers_spelled_alike_are_one_whatever_the_order_of_the_rows(read):
    policy = with_question("{type: choice, column: Region}")
    rows = ["M1,Amina,Ethics,2,Estrie", "M2,Bo,Finance,3, ESTRIE "]
    for order in (rows, rows[::-1]):
        found = read(
            policy=policy,
            mentees="\n".join(["Code,Name,Areas,Years,Region", *order]),
            mentors=MENTORS.replace("Places\n", "Places,Region\n"),
        )
        assert {one.answers["more"] for one in found.problem.mentees} == {"ESTRIE"}


def test_the_problem_does_not_depend_on_the_order_of_the_rows(read):
    lines = [file.decode(encoding).splitlines() for file, encoding in ((MENTEES_FILE, "utf-8"), (MENTORS_FILE, "cp1252"))]
    policy = (EXAMPLES / "policy.yaml").read_text(encoding="utf-8")
    mentees, mentors = ("\n".join([header, *reversed(rows)]) for header, *rows in lines)
    turned = read(policy=policy, mentees=mentees, mentors=mentors)
    assert problem_json(turned.problem) == problem_json(read(policy=policy, mentees=MENTEES_FILE, mentors=MENTORS_FILE).problem)


@pytest.mark.parametrize(
    ("written", "cell", "answer"),
    [
        ("{type: yes_no, mentees: More}", "oui", "yes"),
        ("{type: hours, mentees: More}", "Mardi soir | Monday noon", {"tue_evening", "mon_noon"}),
        ("{type: ranking, mentees: More}", "Dan;T1;Dan", ("T2", "T1")),
        ("{type: ranking, mentees: [More, Areas], separator: '/'}", "Dan", None),
        ("{type: person, mentees: More}", "Chloé;BOSS@Example.test;x", {"T1", "boss@example.test", "x"}),
        ("{type: choice, mentees: More, options: [A, B]}", "b", "B"),
        ("{type: choice, mentees: More, options: [A, B], means: {Both: [A, B], Alpha: A}}", "both", {"A", "B"}),
        ("{type: choice, mentees: More, options: [A, B], means: {Both: [A, B], Alpha: A}}", "alpha", "A"),
        ('{type: choices, mentees: More, options: ["A, or B", C]}', "A, or B, C", {"A, or B", "C"}),
        ("{type: choices, mentees: More, separator: /}", "A; B/C", {"A; B", "C"}),
        ("{type: choices, mentees: More, means: {All: [A, B]}, options: [A, B]}", "All", {"A", "B"}),
        ("{type: number, mentees: More}", "1 200", 1200),
        ("{type: position, mentees: More}", " 12 ; -05", "12,-5"),
        ("{type: number, mentees: [More, Years]}", "7", {"7", "2"}),
        ("{type: number, mentees: More}", "", None),
    ],
)
def test_each_type_of_question_is_read_as_its_answer(read, written, cell, answer):
    mentees = f'Code,Name,Areas,Years,More\nM1,Amina,T1,2,"{cell}"\nM2,Bo,T1,3,\n'
    if answer is None and cell:
        assert person(read(policy=with_question(written), mentees=mentees), Side.MENTEE, "M1").answers["more"] == ("T2", "T1")
    else:
        assert person(read(policy=with_question(written), mentees=mentees), Side.MENTEE, "M1").answers.get("more") == answer


def test_an_order_says_which_answers_there_are(read, refused):
    policy = POLICY.replace("type: number", "type: choice").replace("within: 10", "order: ['2', '3', '12', '20']")
    assert person(read(policy=policy), Side.MENTEE, "M2").answers["years"] == "3"
    assert refused(policy=policy.replace("'20'", "'40'")) == {("mentors.csv, row 2, column “Years”", "unknown_choice")}
    policy = POLICY.replace("type: number", "type: choice").replace(
        "criteria:", "rules:\n  - {id: up, kind: seniority, question: years, order: ['2', '3']}\ncriteria:"
    )
    assert ("mentors.csv, row 3, column “Years”", "unknown_choice") in refused(policy=policy)


def test_people_of_one_side_are_the_rows_that_only_says(read):
    mentees = "Code,Name,Areas,Years,Role,Status\nM1,Amina,Ethics,2,Mentee,sent\nM2,Bo,Finance,3,mentor,sent\nM3,Eve,,,MENTEE,\n"
    policy = POLICY.replace("name: Name}", "name: Name, only: {Role: [mentee, Mentorée], Status: sent}}", 1) + "unreadable: leave_out\n"
    found = read(policy=policy, mentees=mentees)
    assert [one.id for one in found.problem.mentees] == ["M1"]
    assert [(fault.path, fault.code) for fault in found.left_out] == [("mentees.csv, row 4, column “Status”", "empty_cell")]


def test_places_may_be_fixed_or_stand_for_an_empty_cell(read):
    found = read(policy=POLICY.replace("{column: Places}", "{each: 3, least: 1}"))
    assert {(one.least, one.most) for one in found.problem.mentors} == {(1, 3)}
    found = read(policy=POLICY.replace("{column: Places}", "{column: Places, if_empty: 4}"), mentors=MENTORS.replace("12,1", "12,"))
    assert person(found, Side.MENTOR, "T2").most == 4


def test_locks_bans_and_facts_name_people_by_id_or_by_name(read):
    more = "locks: [{mentee: Bo, mentor: T1}]\nbans: [{mentee: M1, mentor: dan}]\nfacts: [{kind: declined_before, one: T2, other: Bo}]\n"
    problem = read(policy=POLICY + more).problem
    assert (problem.locks, problem.bans) == ((Pair("M2", "T1"),), (Pair("M1", "T2"),))
    assert [(fact.one, fact.other) for fact in problem.facts] == [("T2", "M2")]


# --- the examples that come with the documentation


def test_the_example_pairs_its_people():
    found = read_two_files(EXAMPLES / "mentees.csv", EXAMPLES / "mentors.csv", EXAMPLES / "policy.yaml")
    assert found.left_out == ()
    pairs = {(found.names[pair.mentee], found.names[pair.mentor]) for pair in assign(found.problem).pairs}
    assert pairs == {("Amina Roy", "Ève Lavoie"), ("Chloé Nguyen", "Jo Mills"), ("Dan Audet", "Fatou Diop")}


def test_real_registrations_are_paired_the_same_from_either_file_and_say_what_was_left_out():
    found = []
    for name in ("registrations-2026.xlsx", "registrations-2026-excel-fr.csv"):
        path = REGISTRATIONS / name
        with override("en"):
            found.append(read_two_files(path, path, EXAMPLES / "registrations.yaml"))
    xlsx, csv = found
    assert xlsx.problem == csv.problem
    assert (len(csv.problem.mentees), len(csv.problem.mentors)) == (41, 37)
    assert sorted((fault.path.partition(", ")[2], fault.code) for fault in csv.left_out) == [
        ("row 14", "two_names"),
        ("row 15", "two_names"),
        ("row 24, column “Rôle / Role”", "empty_cell"),
        ("row 30, column “Région / Region”", "unknown_choice"),
        ("row 32, column “Années d’expérience / Years of experience”", "not_a_whole_number"),
        ("row 33, column “Années d’expérience / Years of experience”", "not_a_number"),
        ("row 57, column “Nombre de mentoré·es / Number of mentees”", "places_out_of_range"),
        ("row 63, column “Domaines / Areas”", "unknown_choice"),
        ("row 84", "repeated_id"),
    ]
    assert certify(csv.problem, assign(csv.problem)) == ()


@pytest.mark.parametrize(
    ("cell", "slots"),
    [
        ("8 days: 1 evening, 3 Night", {"8/1/evening", "8/3/night"}),
        ("8 jours : 1 soir | 8 journée", {"8/1/evening", "8/8/day"}),
        ("12j depuis 2026-12-07: 1 matin", {"12/8/morning"}),
        ("3 from 2026-11-29: 1 midi, 2 après-midi", {"3/3/noon", "3/1/afternoon"}),
        ("lundi soir", {"mon_evening"}),
    ],
)
def test_shifts_repeat_in_cycles_turned_to_the_first_day(read, cell, slots):
    policy = with_question("{type: hours, mentees: More}") + "first_day: 2026-11-30\n"
    mentees = f'Code,Name,Areas,Years,More\nM1,Amina,Ethics,2,"{cell}"\n'
    assert person(read(policy=policy, mentees=mentees), Side.MENTEE, "M1").answers["more"] == slots
