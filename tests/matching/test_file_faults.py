"""Two spreadsheets and a policy: everything that can be wrong with them, said where it is."""

import pytest
from django.utils.translation import override

from releve.matching.engine import Fault, Pair, Person, Policy, Problem, Side, faults_in_problem, score_pairs
from releve.matching.files import FilesError, read_two_files
from releve.matching.files.mends import mend_of

from .two_files import MENTEES, MENTORS, POLICY, person, with_question


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
        ("{type: position, mentees: More}", "1.5 2", "not_a_position"),
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


def test_an_answer_that_a_criterion_cannot_compare_is_said_at_its_cell(read, refused):
    policy = with_question("{type: choice, column: Areas}").replace("mentee_question: years, within", "mentee_question: more, within")
    assert ("mentees.csv, row 2, column “Areas”", "not_in_order") in refused(policy=policy)
    assert "more" not in person(read(policy=policy + "unreadable: leave_out\n"), Side.MENTEE, "M1").answers
    policy = with_question("{type: choice, column: Areas}").replace(
        "kind: near, weight: 1, mentee_question: years, within",
        "kind: hours, full_at: 1, horizon: 14, weight: 1, mentee_question: more, within",
    )
    assert ("mentees.csv, row 3, column “Areas”", "not_a_slot") in refused(policy=policy)
    policy = POLICY.replace("kind: near, weight: 1", "kind: distance, weight: 1")
    assert ("mentors.csv, row 3, column “Years”", "not_on_map") in refused(policy=policy)
    same = POLICY.replace("mentee_question: years", "mentee_question: id")
    assert {code for _place, code in refused(policy=same)} == {"not_in_order"}


def test_places_on_a_map_are_the_only_answers(read, refused):
    policy = with_question("{type: choice, column: Town}").replace(
        "kind: near, weight: 1, mentee_question: years, within: 10",
        "kind: distance, weight: 1, mentee_question: more, within: 10, apart: [[Alma, Gaspé, 7]]",
    )
    mentors = MENTORS.replace("Places\n", "Places,Town\n").replace("20,2", "20,2,gaspé")
    files = {
        "policy": policy,
        "mentees": MENTEES.replace("Years\n", "Years,Town\n").replace("Ethics,2", "Ethics,2,ALMA"),
        "mentors": mentors,
    }
    assert score_pairs(read(**files).problem).points.tolist()[0] == [3000 + 300, 0]
    assert refused(**files | {"mentors": mentors.replace("gaspé", "Rome")}) == {("mentors.csv, row 2, column “Town”", "unknown_choice")}


@pytest.mark.parametrize(
    ("cell", "more"),
    [
        ("8: 9 evening", ""),
        ("8: 0 evening", ""),
        ("8: evening", ""),
        ("8: 1 siesta", ""),
        ("0: 1 evening", ""),
        ("400: 1 evening", ""),
        ("8 from 2026-12-07: 1 evening", ""),
        ("8 from 2026-13-07: 1 evening", "first_day: 2026-11-30\n"),
    ],
)
def test_a_cycle_that_cannot_be_is_a_fault(refused, cell, more):
    mentees = f"Code,Name,Areas,Years,More\nM1,Amina,Ethics,2,{cell}\n"
    found = refused(policy=with_question("{type: hours, mentees: More}") + more, mentees=mentees)
    assert found == {("mentees.csv, row 2, column “More”", "unknown_moment")}


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


@pytest.mark.parametrize(
    ("path", "code", "words", "said"),
    [
        (
            "policy.objective",
            "unknown_objective",
            "Use one of: best_total, stable.",
            "Utilisez l’un de ces mots\u00a0: best_total, stable.",
        ),
        ("policy.criteria[0].ranks", "out_of_range", "Say how many.", "Dites combien de souhaits comptent, à partir de 1."),
        ("policy.criteria[0].at[3]", "out_of_range", "Give numbers.", "Donnez des nombres entiers pour la place sur la carte."),
        ("people", "no_mentor", "Add at least one mentor.", "Il n’y a ni mentor ni mentore. Ajoutez au moins une personne."),
        ("people[mentee=a].answers[x]", "not_an_answer", "Give a text.", "Give a text."),
    ],
)
def test_what_the_engine_refuses_in_a_policy_is_said_in_french(path, code, words, said):
    with override("fr"):
        assert mend_of(Fault(path, code, words)) == said


def test_too_many_locks_name_the_partners_in_french():
    mentees = (Person("M1", Side.MENTEE), Person("M2", Side.MENTEE))
    problem = Problem((*mentees, Person("T1", Side.MENTOR)), Policy(), locks=(Pair("M1", "T1"), Pair("M2", "T1")))
    fault = next(fault for fault in faults_in_problem(problem) if fault.path == "locks[mentor=T1]")
    with override("fr"):
        assert mend_of(fault, problem).startswith("Déjà avec M1, M2, pour un nombre de places de 1.")
