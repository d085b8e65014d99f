"""What docs/ says is what the code does: written parts, links, tests and pages that are cited."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from django.urls import get_resolver

from releve.core.visibility import Visibility
from releve.relationships.models import State
from tests.test_house import layers, pages
from tools.docs.blocks import ROOMS
from tools.docs.drawing import CENTRES
from tools.docs.pages import BLOCKS, DOCS, DRAWINGS, ROOT, places_in, refreshed
from tools.docs.pages import pages as doc_pages

TEXTS = [*doc_pages(), ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "benchmarks" / "README.md"]
MEND = "Run: python -m tools.docs"
CITED_TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
CITED_PAGE = re.compile(r"`([a-z]+:[a-z_]+)`")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
SOURCE = re.compile(r"(docs/[\w/-]+\.md)(?:, \"([^\"]+)\")?")
REQUIREMENTS = [f"S1.{number}" for number in range(1, 26)]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def headings(path: Path) -> list[str]:
    return re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)


def anchor(heading: str) -> str:
    """Write the address that a heading gets where Markdown is shown."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


# --- written parts


@pytest.mark.parametrize("path", doc_pages(), ids=name)
def test_written_parts_say_what_the_code_says(path):
    text = path.read_text(encoding="utf-8")
    assert refreshed(text) == text, MEND


@pytest.mark.parametrize("path", DRAWINGS, ids=name)
def test_drawings_show_what_the_code_says(path):
    assert path.read_text(encoding="utf-8") == DRAWINGS[path](), MEND


def test_every_part_stands_in_one_page():
    found = [part for path in doc_pages() for part in places_in(path.read_text(encoding="utf-8"))]
    assert sorted(found) == sorted(BLOCKS)


def test_every_room_and_every_state_is_drawn():
    assert set(ROOMS) == set().union(*layers())
    assert set(CENTRES) == set(State)


def test_every_class_of_readers_has_its_examples():
    text = (DOCS / "privacy.md").read_text(encoding="utf-8")
    table = text[text.index("| class | examples |") :].partition("\n\n")[0]
    assert set(re.findall(r"`(\w+)`", table)) == {one.value for one in Visibility}


# --- what is cited


@pytest.mark.parametrize("path", TEXTS, ids=name)
def test_links_lead_somewhere(path):
    lost = []
    for link in LINK.findall(path.read_text(encoding="utf-8")):
        target, _, part = link.partition("#")
        if "://" in link or link.startswith("mailto:"):
            continue
        file = (path.parent / target).resolve() if target else path
        if not file.exists() or (part and part not in map(anchor, headings(file))):
            lost.append(link)
    assert lost == []


@pytest.mark.parametrize("path", TEXTS, ids=name)
def test_cited_tests_exist(path):
    missing = []
    for file, test in CITED_TEST.findall(path.read_text(encoding="utf-8")):
        functions = functions_of(ROOT / file) if (ROOT / file).exists() else None
        if functions is None or (test and test not in functions):
            missing.append(f"{file}::{test}")
    assert missing == []


@cache
def functions_of(path: Path) -> set[str]:
    return {node.name for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.FunctionDef)}


def test_every_requirement_of_the_first_program_names_its_page_and_its_tests():
    text = (DOCS / "programs" / "cchl-quebec.md").read_text(encoding="utf-8")
    parts = dict(re.findall(r"^\*\*(S1\.\d+) (.*?)(?=^\*\*S1\.|^## )", text, re.MULTILINE | re.DOTALL))
    assert list(parts) == REQUIREMENTS
    known = {page for page, _entry, _arguments in pages(get_resolver())}
    faults = [(number, cited) for number, part in parts.items() for cited in CITED_PAGE.findall(part) if cited not in known]
    faults += [(number, "no test") for number, part in parts.items() if not CITED_TEST.search(part)]
    assert faults == []


def test_sources_named_in_the_code_exist():
    lost = []
    for path in [*(ROOT / "src").rglob("*.py"), *(ROOT / "tests").rglob("*.py"), ROOT / ".env.example"]:
        for file, heading in SOURCE.findall(path.read_text(encoding="utf-8")):
            target = ROOT / file
            if not target.exists() or (heading and heading not in headings(target)):
                lost.append((name(path), file, heading))
    assert lost == []
