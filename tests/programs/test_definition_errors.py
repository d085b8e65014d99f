"""Each bad definition gets its own sentence: the place, the line, what is wrong and the mend, in both languages."""

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from releve.programs.faults import FAULTS
from releve.programs.loading import load, load_data
from releve.programs.problems import MOST_PROBLEMS, DefinitionErrors, Problem
from releve.programs.yaml_tree import decode

HERE = Path(__file__).parent
SMALLEST = (HERE / "smallest.yaml").read_text(encoding="utf-8")
BAD = YAML(typ="safe", pure=True).load(HERE / "bad_definitions.yaml")


def problems_of(text: str) -> DefinitionErrors:
    with pytest.raises(DefinitionErrors) as refused:
        load(text)
    return refused.value


@pytest.mark.parametrize("case", BAD, ids=[case["what"] for case in BAD])
def test_bad_definition_says_where_what_and_how_to_mend_it(case):
    text = SMALLEST
    for old, new in case["changes"]:
        assert text.count(old) == 1
        text = text.replace(old, new)
    errors = problems_of(text)
    assert errors.report("en") == case["en"]
    assert errors.report("fr") == case["fr"]


def test_smallest_definition_is_sound():
    assert load(SMALLEST).id == "smallest"


def test_every_fault_is_said_in_french_too():
    for name in FAULTS:
        texts = [FAULTS[name].message, FAULTS[name].mend, FAULTS[name].mend_nearest]
        names = {place for text in texts for place in re.findall(r"%\((\w+)\)", text)}
        problem = Problem(name, (), dict.fromkeys(names, "x"))
        assert problem.message("fr") != problem.message("en"), name
        assert problem.mend("fr") == "Écrivez {fr: …, en: …}." or problem.mend("fr") != problem.mend("en"), name


def test_problems_come_in_the_order_of_the_lines():
    text = SMALLEST.replace("number: 3", "number: three").replace("id: smallest", "id: Small")
    assert [problem.line for problem in problems_of(text).problems] == [3, 57]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "This is not a program definition. Start from a blueprint: its first lines are schema, id and name."),
        ("- a\n- b\n", "line 1: This is not a program definition. Start from a blueprint: its first lines are schema, id and name."),
        ("just words", "line 1: This is not a program definition. Start from a blueprint: its first lines are schema, id and name."),
        ("a" * 1_000_001, "The file is longer than 1000 thousand characters. Shorten it, or put long texts in the library."),
        ("a: " + "[" * 5_000, "line 1: More than 30 levels lie inside each other here. Write it with fewer levels."),
        ("a: [" + "0," * 50_001 + "]", "a, line 1: The file holds more than 50000 values. Split it or shorten it."),
        ("a: " + "{b: " * 5_000, "More than 30 levels lie inside each other here. Write it with fewer levels."),
    ],
    ids=["empty", "a list", "prose", "a huge file", "deep brackets", "too many values", "deep braces"],
)
def test_hostile_file_is_refused_before_it_grows(text, said):
    assert said in str(problems_of(text))


def test_alias_bomb_is_refused_at_its_first_anchor():
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert [problem.fault for problem in problems_of(bomb).problems] == ["anchor"]


def test_file_in_another_encoding_says_so():
    with pytest.raises(DefinitionErrors) as refused:
        decode("name: Relève".encode("cp1252"))
    assert refused.value.report("fr") == ["Le fichier n’est pas du texte UTF-8. Enregistrez-le de nouveau en UTF-8."]


def test_byte_order_mark_is_not_part_of_the_text():
    assert load(decode(b"\xef\xbb\xbf" + SMALLEST.encode())).id == "smallest"


def test_data_without_lines_is_checked_the_same_way():
    data = load(SMALLEST).as_data()
    data["steps"][2]["tasks"][0]["document"] = "promise"
    with pytest.raises(DefinitionErrors) as refused:
        load_data(data)
    assert refused.value.report("en") == [
        "steps[2].tasks[0].document: No document is called “promise”. Declare it, or use one of these: commitment."
    ]


def test_report_stops_at_a_number_an_author_can_mend():
    consents = "".join(f"  - {{id: a{n}, colour: red}}\n" for n in range(300))
    assert len(problems_of(SMALLEST.replace("consents: []\n", f"consents:\n{consents}")).problems) == MOST_PROBLEMS
