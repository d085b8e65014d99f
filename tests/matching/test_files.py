"""Two spreadsheets and a policy: what is read, and everything that can be wrong with them."""

from pathlib import Path

import pytest
from django.utils.translation import override

from releve.enrolment.table_files import write_table
from releve.matching.engine import Pair, Side, assign, certify
from releve.matching.files import FilesError, read_two_files

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "docs" / "examples" / "pairing"
REGISTRATIONS = ROOT / "tests" / "enrolment" / "data"

POLICY = """
format: 1
mentees: {id: Code, name: Name}
mentors: {id: Code, name: Name, places: {column: Places}}
questions:
  areas: {type: choices, column: Areas}
  years: {type: number, column: Years}
criteria:
  - {id: areas, kind: overlap, weight: 3, mentee_question: areas}
  - {id: years, kind: near, weight: 1, mentee_question: years, within: 10}
"""
MENTEES = "Code,Name,Areas,Years\nM1,Amina,Ethics,2\nM2,Bo,Finance,3\n"
MENTORS = "Code,Name,Areas,Years,Places\nT1,Chloé,Ethics;Finance,20,2\nT2,Dan,Finance,12,1\n"


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


@pytest.fixture
def read(tmp_path):
    def read(policy=POLICY, mentees=MENTEES, mentors=MENTORS):
        paths = [tmp_path / name for name in ("mentees.csv", "mentors.csv", "policy.yaml")]
        for path, content in zip(paths, (mentees, mentors, policy), strict=True):
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_two_files(*paths)

    return read


@pytest.fixture
def refused(read):
    """Give the place and code of every fault."""

    def refused(**files):
        with pytest.raises(FilesError) as refusal:
            read(**files)
        assert all(fault.mend for fault in refusal.value.faults)
        return {(fault.path, fault.code) for fault in refusal.value.faults}

    return refused


def person(read, side, name):
    [one] = [one for one in read.problem.people if (one.side, one.id) == (side, name)]
    return one


def with_question(written, policy=POLICY):
    return policy.replace("criteria:", f"  more: {written}\ncriteria:")


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


# --- what is wrong


def test_everything_wrong_with_three_files_is_said_at_once(refused):
    policy = POLICY.replace("weight: 3", "weight: -3").replace("column: Years", "column: Yeers")
    assert refused(policy=policy, mentors=MENTORS.replace("Code", "Kode")) == {
        ("policy.yaml, criteria[0].weight, line 9", "weight_out_of_range"),
        ("policy.yaml, questions.years, line 7", "unknown_column"),
        ("policy.yaml, mentors.id, line 4", "unknown_column"),
    }
    assert refused(policy=policy.replace("format: 1", "formt: 1"), mentors="", mentees="<html>") == {
        ("policy.yaml, format, line 2", "missing"),
        ("policy.yaml, formt, line 2", "unknown_key"),
        ("mentees.csv", "html"),
        ("mentors.csv", "empty"),
    }


@pytest.mark.parametrize(
    ("old", "new", "place", "code"),
    [
        (POLICY, "- a list", "policy.yaml", "not_a_policy"),
        ("format: 1", "format: [1", "policy.yaml, line 2", "yaml_unclosed"),
        ("kind: overlap", "kind: overlapp", "policy.yaml, criteria[0].kind, line 9", "not_in_list"),
        ("weight: 3", "wieght: 3, weight: 3", "policy.yaml, criteria[0].wieght, line 9", "unknown_key"),
        ("weight: 3", "weight: .nan", "policy.yaml, criteria[0].weight, line 9", "not_whole_number"),
        ("weight: 3", "explain_to: mentee, weight: 3", "policy.yaml, criteria[0].explain_to, line 9", "not_list"),
        ("  - {id: years", "  - nothing\n  - {id: years", "policy.yaml, criteria[1], line 10", "not_mapping"),
        ("mentee_question: areas", "mentee_question: area", "policy.yaml, criteria[0].mentee_question, line 9", "unknown_question"),
        ("criteria:", "  id: {type: choice, column: Code}\ncriteria:", "policy.yaml, questions.id, line 8", "reserved_question"),
        ("column: Years", "separator: ','", "policy.yaml, questions.years, line 7", "missing_column"),
        ("column: Places", "column: Places, least: 5", "mentors.csv, row 2, column “Places”", "places_out_of_range"),
        ("criteria:", "rules:\n  - {id: areas, kind: same_answer, question: areas}\ncriteria:", "policy.yaml, line 2", "repeated_id"),
        ("criteria:", "facts: [{kind: seniority, one: M1, other: T1}]\ncriteria:", "policy.yaml, facts[0], line 8", "unknown_kind"),
    ],
)
def test_a_fault_of_the_policy_names_its_path_and_line(refused, old, new, place, code):
    assert (place, code) in refused(policy=POLICY.replace(old, new))


@pytest.mark.parametrize(
    ("mentors", "place", "code"),
    [
        ("Code,Name,Areas,Years,Places\n", "mentors.csv", "no_rows"),
        (MENTORS.replace("20,2", "20,"), "mentors.csv, row 2, column “Places”", "missing_places"),
        (MENTORS.replace("20,2", "20,two"), "mentors.csv, row 2, column “Places”", "not_a_number"),
        (MENTORS.replace("20,2", "20,NaN"), "mentors.csv, row 2, column “Places”", "not_a_number"),
        (MENTORS.replace("20,2", "20,-1"), "mentors.csv, row 2, column “Places”", "places_out_of_range"),
        (MENTORS.replace("20,2", "20,2000000"), "mentors.csv, row 2, column “Places”", "places_out_of_range"),
        (MENTORS.replace("20,2", "many,2"), "mentors.csv, row 2, column “Years”", "not_a_number"),
        (MENTORS.replace("20,2", "NaN,2"), "mentors.csv, row 2, column “Years”", "not_a_number"),
        (MENTORS.replace("20,2", "1.5,2"), "mentors.csv, row 2, column “Years”", "not_a_whole_number"),
        (MENTORS.replace("20,2", "5000000000,2"), "mentors.csv, row 2, column “Years”", "not_a_whole_number"),
        (MENTORS.replace("20,2", "#REF!,2"), "mentors.csv, row 2, column “Years”", "broken_formula"),
        (MENTORS.replace("T2", "T1"), "mentors.csv, row 3", "two_names"),
        (MENTORS.replace("T2,Dan", "M1,Dan"), "mentors.csv, row 3", "two_names"),
        (MENTORS.replace("T2,Dan", "T1, CHLOÉ"), "mentors.csv, row 3", "repeated_id"),
        (MENTORS.replace("T2", ""), "mentors.csv, row 3, column “Code”", "missing_id"),
        (MENTORS.replace("Name", "Areas"), "policy.yaml, questions.areas, line 6", "repeated_column"),
        (MENTORS.replace("20,2", "20,0").replace("12,1", "12,0"), "policy.yaml, mentors.places, line 4", "no_places"),
        (MENTORS.replace("Chloé", '"Chloé'), "mentors.csv", "unclosed_quote"),
    ],
)
def test_a_fault_of_a_spreadsheet_names_its_row_and_column(refused, mentors, place, code):
    assert (place, code) in refused(mentors=mentors)


@pytest.mark.parametrize(
    ("written", "cell", "code"),
    [
        ("{type: yes_no, mentees: More}", "perhaps", "not_yes_or_no"),
        ("{type: hours, mentees: More}", "soon", "unknown_moment"),
        ("{type: ranking, mentees: More}", "Zoé", "unknown_person"),
        ("{type: ranking, mentees: More}", "Twin", "ambiguous_person"),
        ("{type: choice, mentees: More, options: [A]}", "B", "unknown_choice"),
        ("{type: choices, mentees: More, options: [A], separator: /}", "A/B", "unknown_choice"),
    ],
)
def test_a_cell_that_its_question_cannot_mean_is_a_fault_or_left_out(read, refused, written, cell, code):
    files = {
        "mentees": f"Code,Name,Areas,Years,More\nM1,Amina,Ethics,2,{cell}\nM2,Bo,Finance,3,\n",
        "mentors": MENTORS + "T3,Twin,,,1\nT4,Twin,,,1\n",
    }
    place = "mentees.csv, row 2, column “More”"
    assert refused(policy=with_question(written), **files) == {(place, code)}
    found = read(policy=with_question(written) + "unreadable: leave_out\n", **files)
    assert [(fault.path, fault.code) for fault in found.left_out] == [(place, code)]
    assert person(found, Side.MENTEE, "M1").answers.get("more") in (None, {"A"})


def test_no_mentee_is_left_when_every_row_is_left_out(refused):
    policy = POLICY + "unreadable: leave_out\n"
    assert ("policy.yaml, people", "no_mentee") in refused(policy=policy, mentees=MENTEES.replace("M1", "").replace("M2", ""))


@pytest.mark.parametrize(
    ("demands", "place", "code"),
    [
        ("locks: [{mentee: M1, mentor: T1}]\nbans: [{mentee: M1, mentor: T1}]\n", "policy.yaml, locks[0], line 11", "locked_and_banned"),
        ("locks: [{mentee: M1, mentor: T1}, {mentee: M2, mentor: Nobody}]\n", "policy.yaml, locks[1].mentor, line 11", "unknown_person"),
        ("locks: [{mentee: Eve, mentor: T1}]\n", "policy.yaml, locks[0].mentee, line 11", "ambiguous_person"),
        ("bans: [{mentee: Left out, mentor: T1}]\n", "policy.yaml, bans[0].mentee, line 11", "person_left_out"),
        ("facts: [{kind: not_again, one: M1, other: Nobody}]\n", "policy.yaml, facts[0].other, line 11", "unknown_person"),
        ("locks: [{mentee: M1, mentor: T2}, {mentee: M2, mentor: T2}]\n", "policy.yaml, locks[mentor=T2]", "too_many_locks"),
    ],
)
def test_contradictory_demands_are_named(refused, demands, place, code):
    mentees = MENTEES + "M3,Eve,,\nM4,Eve,,\nM5,Left out,,\nM5,left  OUT,,\n,Left out,,\n"
    mentees = (
        mentees.replace("M5,Left out,,\n", "", 1).replace("M5,left  OUT,,\n", "").replace(",Left out,,\n", "M5,Left out,,\nM5,Other,,\n")
    )
    assert (place, code) in refused(policy=POLICY + demands + "unreadable: leave_out\n", mentees=mentees)


def test_an_answer_that_the_engine_refuses_is_said_at_its_row(refused):
    policy = with_question("{type: number, column: [Years, Areas]}").replace("mentee_question: years", "mentee_question: more")
    found = refused(
        policy=policy, mentees=MENTEES.replace("Ethics", "9"), mentors=MENTORS.replace("Ethics;Finance", "1").replace("Finance", "2")
    )
    assert ("mentees.csv, row 2", "not_in_order") in found


def test_rules_that_close_every_pair_are_counted(read, refused):
    rules = "rules:\n  - {id: apart, kind: seniority, question: years, gap: 50}\n  - {id: same, kind: same_answer, question: areas}\n"
    assert refused(policy=POLICY + rules) == {("policy.yaml, rules, line 11", "nothing_admissible")}
    with pytest.raises(FilesError, match="each rule closes: apart 4, same 1"):
        read(policy=POLICY + rules)


@pytest.mark.parametrize(
    "content", [b"Code,Name\n" + b"M1,Amina\n" * 30_000, b"Code,Name\n" + b"M1," + b"A" * 2_000_000 + b"\n" * 20_000_000]
)
def test_far_too_many_rows_say_what_they_would_need_and_how_to_allow_them(read, content):
    with pytest.raises(FilesError, match=r"at most 20,000 are read\. Reading it would need about \d+\.\d GB of memory") as refusal:
        read(mentees=content)
    assert refusal.value.code == "too_many_rows"
    assert "most_rows" in refusal.value.mend


def test_more_rows_are_read_when_the_policy_says_so(read):
    policy = POLICY + "most_rows: 21000\n"
    many = "Code,Name,Areas,Years\n" + "".join(f"M{number},Name {number},Ethics,2\n" for number in range(20_500))
    assert len(read(policy=policy, mentees=many).problem.mentees) == 20_500


def test_a_workbook_too_large_to_unpack_is_refused_by_its_weight(read):
    with pytest.raises(FilesError, match="This workbook weighs 21 MB") as refusal:
        read(mentees=b"PK\x03\x04" + b"\0" * (21 * 1024 * 1024))
    assert refusal.value.code == "too_many_rows"


def test_files_that_cannot_be_opened_are_named(tmp_path):
    with pytest.raises(FilesError) as refusal:
        read_two_files(tmp_path / "a.csv", tmp_path / "b.csv", tmp_path / "c.yaml")
    assert [(fault.path, fault.code) for fault in refusal.value.faults] == [(f, "unreadable_file") for f in ("c.yaml", "a.csv", "b.csv")]


def test_faults_are_said_in_french_too(read):
    with override("fr"), pytest.raises(FilesError, match=r"mentors\.csv, rangée 2, colonne «\xa0Places\xa0»"):
        read(mentors=MENTORS.replace("20,2", "20,deux"))
