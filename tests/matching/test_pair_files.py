"""`releve pair` on two spreadsheets, as one types it: no cohort, no account, no database."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from releve.enrolment.importing.reading import read_table
from releve.matching.engine import read_result, result_json
from releve.matching.management.outputs import replace_file
from releve.matching.management.two_files import Steps

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "docs" / "examples" / "pairing"
FILES = [str(EXAMPLES / "mentees.csv"), str(EXAMPLES / "mentors.csv"), "--policy", str(EXAMPLES / "policy.yaml")]
PAIRS = [["Amina Roy", "M1", "Ève Lavoie", "T2", "59"], ["Chloé Nguyen", "M3", "Jo Mills", "T1", "58"]]
PAIRS += [["Dan Audet", "M4", "Fatou Diop", "T3", "59"], ["Bo Tremblay", "M2", "", "", ""]]
SMALL_POLICY = """
format: 1
mentees: {id: Code, name: Name}
mentors: {id: Code, name: Name}
questions:
  lang: {type: choice, column: Lang}
rules:
  - {id: lang, kind: language_in_common, question: lang}
"""
ALONE = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), "LANG": "fr_CA.UTF-8", "PYTHONIOENCODING": "utf-8"}


def pair(*words, files=FILES, lang="en"):
    """Type the command; give what the screen shows and what the steps say."""
    shown, told = StringIO(), StringIO()
    call_command("pair", *files, "--lang", lang, *words, stdout=shown, stderr=told)
    return shown.getvalue(), told.getvalue()


def refusal(*words, files=FILES, lang="en"):
    with pytest.raises(CommandError) as refused:
        pair(*words, files=files, lang=lang)
    return str(refused.value).replace("\xa0", " ")


def rows(text):
    return [line.split("\t") for line in text.splitlines()]


@pytest.mark.parametrize(
    ("lang", "columns"),
    [
        ("en", ["Mentee", "Mentee’s id", "Mentor", "Mentor’s id", "Fit"]),
        (
            "fr",
            [
                "Personne mentorée",
                "Identifiant de la personne mentorée",
                "Mentor ou mentore",
                "Identifiant du mentor ou de la mentore",
                "Compatibilité",
            ],
        ),
    ],
)
def test_pairs_are_shown_with_each_step_beside_them(lang, columns):
    shown, told = pair(lang=lang)
    assert rows(shown) == [columns, *PAIRS]
    assert [line.split(" ")[0] for line in told.splitlines()] == (["Read:", "Paired:"] if lang == "en" else ["Lecture", "Jumelage"])


def test_json_is_the_result_to_the_byte_and_can_be_checked_later(tmp_path):
    shown, _told = pair("--json")
    result = read_result(shown)
    assert shown.strip() == result_json(result)
    kept = tmp_path / "kept.json"
    pair("--out", str(kept))
    assert kept.read_text() == result_json(result)
    assert pair("--certify", str(kept))[0].startswith("Checked anew: every rule is kept")
    assert refusal("--certify", str(kept), "--seed", "7").splitlines() == [
        "This result does not hold:",
        "This result belongs to other files or another policy: people, answers, rules, locks or seed differ.",
    ]


def test_a_file_that_holds_no_result_cannot_be_checked(tmp_path):
    for content in (b"{}", "é".encode(), None):
        path = tmp_path / "kept.json"
        if content is None:
            path.unlink()
        else:
            path.write_bytes(content)
        assert "holds no result" in refusal("--certify", str(path))


def test_the_result_just_found_is_checked_when_asked():
    assert "Checked anew" in pair("--certify")[1]


def test_objective_and_seed_of_the_command_line_come_first():
    assert "seed 5." in pair("--seed", "5")[1]
    best, most = (read_result(pair("--json", "--objective", objective)[0]) for objective in ("best_total", "most_people"))
    assert best.problem != most.problem
    assert result_json(most) == pair("--json")[0].strip()
    for seed in ("-1", "1.5", "²", str(2**63)):
        assert refusal(f"--seed={seed}") == "--seed: give a whole number from 0 to 9223372036854775807."


@pytest.mark.parametrize("name", ["pairs.csv", "pairs.xlsx", "PAIRS.CSV"])
def test_a_table_is_written_instead_of_shown(tmp_path, name):
    path = tmp_path / name
    shown, told = pair("--out", str(path))
    assert (shown, told.splitlines()[-1]) == ("", f"{path} is written.")
    assert [[*row.cells] for row in read_table(path.read_bytes()).rows] == PAIRS
    assert [other.name for other in tmp_path.iterdir()] == [name]


def test_nothing_is_written_when_it_is_stopped_half_way(tmp_path):
    class Stopped(StringIO):
        def write(self, text):
            if text.startswith("Paired"):
                raise KeyboardInterrupt
            return super().write(text)

    path = tmp_path / "pairs.csv"
    path.write_text("what stood there")
    with pytest.raises(CommandError, match=r"Stopped\. Nothing was written\.") as stopped:
        call_command("pair", *FILES, "--lang", "en", "--out", str(path), stderr=Stopped())
    assert stopped.value.returncode == 130
    with pytest.raises(TypeError):
        replace_file(path, None)
    assert [(other.name, other.read_text()) for other in tmp_path.iterdir()] == [("pairs.csv", "what stood there")]


def test_a_place_where_nothing_can_be_written_is_said(tmp_path):
    (tmp_path / "folder.csv").mkdir()
    assert "cannot be written" in refusal("--out", str(tmp_path / "folder.csv"))
    assert "cannot be written" in refusal("--out", str(tmp_path / "nowhere" / "pairs.csv"))
    assert [other.name for other in tmp_path.iterdir()] == ["folder.csv"]
    assert refusal("--out", "pairs.txt") == "“pairs.txt” must end in .csv, .xlsx or .json."


def test_somebody_without_a_mentor_is_explained_by_name_or_id():
    shown, _told = pair("--explain", "bo  tremblay")
    assert shown == pair("--explain", "M2")[0]
    explained = shown.splitlines()[len(PAIRS) + 1 :]
    assert [line for line in explained if line and not line.startswith("-")] == [
        "Why Bo Tremblay has nobody",
        "Too few places",
        "What would help",
    ]
    assert "- 2 people compete for 1 place: Amina Roy and Bo Tremblay. The place is with Ève Lavoie." in explained
    assert "- Add one place with Ève Lavoie. Bo Tremblay would have a mentor. The whole would gain 2.5 points." in explained


def test_somebody_with_a_mentor_is_explained_with_what_others_would_cost():
    shown, _told = pair("--explain", "M3")
    titles = [line for line in shown.splitlines()[len(PAIRS) + 1 :] if line and not line.startswith("-")]
    assert titles[0] == "Chloé Nguyen with Jo Mills"
    assert all(title.startswith("If it were ") for title in titles[1:])
    assert "Chloé Nguyen with Jo Mills" in pair("--explain", "Jo Mills")[0]
    assert "for Monday noon." in shown
    assert "pour lundi midi." in pair("--explain", "M3", lang="fr")[0]


def test_the_whole_is_explained_without_a_name():
    assert "Too few places" in pair("--explain")[0]
    data = json.loads(pair("--json", "--explain")[0])
    assert [block["mentees"] for block in data["explained"]["blocks"]] == [["M1", "M2"]]
    assert {change["change"]["kind"] for change in data["explained"]["changes"]} >= {"add_place", "add_mentor"}


def test_objectives_are_compared_as_sentences_and_as_data():
    shown, _told = pair("--compare")
    assert "Chosen: Most pairs, then most points" in shown.splitlines()
    assert "Instead: A draw" in shown.splitlines()
    compared = json.loads(pair("--json", "--compare")[0])["compared"]
    assert compared["chosen"]["pairs"] == 3
    assert {other["objective"] for other in compared["others"]} == {"best_total", "maximin", "leximin", "stable", "draw"}


@pytest.mark.parametrize("objective", ["best_total", "most_people", "maximin", "leximin", "stable", "draw"])
def test_every_objective_is_paired_checked_and_explained(objective):
    shown, told = pair("--objective", objective, "--certify", "--explain")
    assert "Checked anew" in told
    assert "Too few places" in shown
    left = rows(shown)[len(PAIRS)][1]
    why = pair("--objective", objective, "--explain", left)[0]
    assert f"Why {rows(shown)[len(PAIRS)][0]} has nobody" in why
    assert f"{rows(shown)[len(PAIRS)][0]} would be with " in why


def test_explained_names_must_be_known():
    assert "Nobody in these files is called “Zoé”" in refusal("--explain", "Zoé")


@pytest.fixture
def small(tmp_path):
    """Write two small files and a policy, and give the words that name them."""

    def small(mentees, mentors, policy=""):
        written = {"a.csv": f"Code,Name,Lang\n{mentees}", "b.csv": f"Code,Name,Lang\n{mentors}"}
        written["p.yaml"] = SMALL_POLICY + policy
        for name, content in written.items():
            (tmp_path / name).write_text(content)
        return [str(tmp_path / "a.csv"), str(tmp_path / "b.csv"), "--policy", str(tmp_path / "p.yaml")]

    return small


def test_a_seed_that_is_no_number_or_too_large_is_refused():
    for seed in ("-1", "1.5", "٣", str(2**63), "9" * 5_000):
        assert refusal(f"--seed={seed}") == "--seed: give a whole number from 0 to 9223372036854775807."


def test_people_of_one_name_are_told_apart_by_id(small):
    files = small("A1,Bo,fr\nA2,Bo,fr\n", "T1,Zed,fr\nT2,Zed2,fr\n")
    assert refusal("--explain", "Bo", files=files) == "Several people are called “Bo”. Give an id: A1, A2."
    assert "Bo with " in pair("--explain", "A1", files=files)[0]


def test_somebody_reads_only_of_the_block_they_are_in(small):
    files = small("A1,Bo,fr\nA2,Ann,fr\nA3,Kim,es\n", "T1,Zed,fr\n")
    assert "Kim" not in pair("--explain", "Ann", files=files)[0].partition("Too few places")[2].partition("What would help")[0]


def test_a_mentor_without_anybody_and_a_whole_without_trouble_are_said(small):
    files = small("A1,Bo,fr\n", "T1,Zed,fr\nT2,Yan,fr\n")
    free = next(name for name in ("Zed", "Yan") if name not in rows(pair(files=files)[0])[1])
    assert pair("--explain", free, files=files)[0].splitlines()[-1] == f"{free} has nobody."
    assert "no single change would help" in pair("--explain", files=files)[0]


def test_what_the_engine_refuses_is_said_with_names(small):
    files = small("A1,Bo,en\nA2,Ann,fr\n", "T1,Zed,fr\n", "locks:\n  - {mentee: A1, mentor: T1}\n")
    assert "Bo and Zed" in refusal(files=files)


def test_every_fault_of_the_files_is_said_at_once(small):
    files = small("A1,Bo,en\n,Ann,fr\nA3,Kim,fr\nA3,Kim,en\n", "T1,Zed,fr\n")
    said = refusal(files=files, lang="fr").splitlines()
    assert len(said) == 2
    assert all(line.startswith("a.csv, rangée ") for line in said)


def test_a_long_run_says_how_far_it_is_now_and_then():
    told, seconds = [], iter([0, 1, 4, 5, 8, 12])
    steps = Steps(told.append, clock=lambda: next(seconds))
    with override("en"):
        for stage, done in (("score", 10), ("score", 50), ("choose", 1), ("ties", 3), ("other", 0)):
            steps(stage, done, 100 if stage != "other" else 0)
    assert told == ["Comparing pairs: 50 %", "Settling ties: 3 %", "other: 0 %"]


def test_answers_left_out_are_listed():
    registrations = str(ROOT / "tests" / "enrolment" / "data" / "registrations-2026.xlsx")
    files = [registrations, registrations, "--policy", str(EXAMPLES / "registrations.yaml")]
    shown, told = pair(files=files, lang="fr")
    assert sum(line.startswith("Mis de côté. ") for line in told.splitlines()) >= 5
    assert len(rows(shown)) == 1 + 41


def test_two_files_need_each_other_and_a_policy():
    for files in (FILES[:1], FILES[:2], [FILES[0], *FILES[2:]]):
        assert refusal(files=files) == "Give two spreadsheets and --policy, or the address of a cohort and --by."


def test_it_works_before_any_installation_in_the_language_of_the_terminal(tmp_path):
    command = [sys.executable, "-m", "releve", "pair", *FILES, "--certify"]
    done = subprocess.run(command, cwd=tmp_path, env=ALONE, capture_output=True, text=True, encoding="utf-8", check=True)
    assert [row[1] for row in rows(done.stdout)[1:]] == [row[1] for row in PAIRS]
    assert "Revérifié" in done.stderr
    assert [*tmp_path.iterdir()] == []


def test_a_refusal_before_any_installation_is_a_sentence(tmp_path):
    command = [sys.executable, "-m", "releve", "pair", "nowhere.csv", *FILES[1:]]
    done = subprocess.run(command, cwd=tmp_path, env=ALONE, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "nowhere.csv" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_letter_that_the_terminal_lacks_is_written_another_way(tmp_path):
    command = [sys.executable, "-m", "releve", "pair", *FILES]
    done = subprocess.run(command, cwd=tmp_path, env={**ALONE, "PYTHONIOENCODING": "ascii"}, capture_output=True, text=True, check=True)
    assert r"\xc8ve Lavoie" in done.stdout
