"""The list of what is broken on purpose keeps up with the product, and the trying of it tells a noticed break from one that is not.

`python -m tools.break_on_purpose` breaks each thing in a copy of the tree and runs its tests.
"""

import re
from pathlib import Path

import pytest

from tests.test_docs import CITED_TEST, REQUIREMENTS, functions_of
from tools.break_on_purpose import trial
from tools.break_on_purpose.__main__ import main
from tools.break_on_purpose.breaks import ROOT, Break, TextGone, all_breaks, broken

PAGE = ROOT / "docs" / "programs" / "cchl-quebec.md"
BREAKS = all_breaks()

PRODUCT = 'def greeting(name):\n    """Greet."""\n    return f"Hello {name}"\n'
TESTS = """from greetings import greeting


def test_a_name_is_said():
    assert greeting("Jade") == "Hello Jade"


def test_something_is_said():
    assert greeting("Jade")
"""
SAID, SOMETHING = "tests/test_greetings.py::test_a_name_is_said", "tests/test_greetings.py::test_something_is_said"


@pytest.fixture
def tree(tmp_path):
    """A product of three lines, with a good test and a poor one."""
    for file, text in {"src/greetings.py": PRODUCT, "tests/test_greetings.py": TESTS, "pyproject.toml": ""}.items():
        path = tmp_path / "product" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return trial.copied(tmp_path / "product", tmp_path / "tree")


def change(text, into, *tests):
    return Break("S1.1", "a name is said", "src/greetings.py", text, into, tests)


# --- the list


@pytest.mark.parametrize("one", BREAKS, ids=lambda one: f"{one.requirement} {one.lost}")
def test_what_is_broken_stands_in_the_product(one):
    assert broken(one, (ROOT / one.file).read_text(encoding="utf-8")) != ""
    missing = [test for test in one.tests if test.partition("::")[2] not in functions_of(ROOT / test.partition("::")[0])]
    assert missing == []


def test_every_requirement_is_broken_and_only_the_product_is():
    assert [name for name in REQUIREMENTS if name not in {one.requirement for one in BREAKS}] == []
    assert [one.file for one in BREAKS if not one.file.startswith(("src/releve/", "tools/messages.py"))] == []


def test_every_test_the_page_cites_fails_on_some_break():
    """All but those that need a browser: they take minutes each."""
    text = PAGE.read_text(encoding="utf-8")
    cited = {f"{file}::{test}" for file, test in CITED_TEST.findall(text) if test and not file.startswith("tests/browser/")}
    assert cited - {test for one in BREAKS for test in one.tests} == set()


def test_each_break_is_of_a_requirement_whose_part_of_the_page_cites_its_tests():
    parts = dict(re.findall(r"^\*\*(S1\.\d+) (.*?)(?=^\*\*S1\.|^## )", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL))
    lost = [(one.requirement, test) for one in BREAKS for test in one.tests if f"`{test}`" not in parts[one.requirement]]
    assert lost == []


def test_a_text_that_is_gone_or_stands_twice_is_said():
    for text in ("goodbye", "name"):
        with pytest.raises(TextGone):
            broken(change(text, ""), PRODUCT)


# --- trying


def test_a_test_that_fails_has_noticed_and_one_that_passes_has_not(tree):
    found = trial.tried(change("Hello {name}", "Hello", SAID, SOMETHING), tree)
    assert {name: outcome.is_judgement for name, outcome in found.items()} == {SAID: True, SOMETHING: False}
    assert "Hello Jade" in found[SAID].failures[0]


def test_the_tree_is_whole_again_afterwards(tree):
    trial.tried(change("Hello {name}", "Hello", SAID), tree)
    assert (tree / "src" / "greetings.py").read_text() == PRODUCT
    assert trial.outcomes(tree, [SAID])[SAID] == trial.Outcome(ran=True)


@pytest.mark.parametrize("clumsy", ["return nothing_known", "return ("], ids=["a name nobody knows", "no Python at all"])
def test_a_product_that_no_longer_runs_is_no_lost_behaviour(tree, clumsy):
    found = trial.tried(change('return f"Hello {name}"', clumsy, SAID), tree)
    assert not found[SAID].is_judgement


def test_a_test_that_does_not_exist_has_not_run(tree):
    nobody = "tests/test_greetings.py::test_nobody_wrote"
    assert trial.outcomes(tree, [nobody]) == {nobody: trial.Outcome()}


def test_an_unknown_requirement_breaks_nothing(capsys):
    assert main(["S9.99"]) == 2
    assert "python -m tools.break_on_purpose" in capsys.readouterr().out


def test_the_copy_leaves_the_environment_behind(tmp_path):
    made = trial.copied(ROOT, tmp_path / "copy")
    assert {path.name for path in made.iterdir()} == {name for name in trial.PARTS if (ROOT / name).exists()} | {"var"}
    assert list(Path(made, "var").iterdir()) == []
