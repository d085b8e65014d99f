"""The race of the pairing engine: what is stopped or missing is said, and figures reach the page and the drawing."""

import json
import subprocess
import sys
from argparse import Namespace
from xml.etree import ElementTree

import pytest

from benchmarks import engine, pages
from benchmarks.engine import LABELS, Line, Size
from benchmarks.growth import draw_growth

SVG = "{http://www.w3.org/2000/svg}"


def ran(points, *, proved=False, faults=0, planted=None):
    return {"points": points, "proved": proved, "faults": faults, "points_planted": planted}


def line(name, **more):
    return Line(name, 50, 20, ran=ran(**more))


def limits(**more):
    return Namespace(**{"seconds": 60, "memory": 4, "seed": 1, "planted": False} | more)


def test_the_command_prints_figures_for_a_machine():
    command = [sys.executable, "benchmarks/engine.py", "--sizes", "30x12,20x8", "--only", "ours,greedy", "--planted", "--json"]
    told = subprocess.run(command, cwd=engine.ROOT, capture_output=True, text=True, check=True).stdout
    lines = json.loads(told)["lines"]
    assert [(one["contestant"], one["mentees"]) for one in lines] == [("ours", 20), ("greedy", 20), ("ours", 30), ("greedy", 30)]
    ours = lines[0]
    assert (ours["optimum"], ours["ran"]["proved"], ours["ran"]["faults"]) == (True, True, 0)
    assert ours["ran"]["points"] == ours["ran"]["points_planted"]


def test_a_contestant_that_takes_too_long_is_stopped_and_said_so():
    assert engine._run("ours", Size(50, 20), limits(seconds=0.1)).note == "stopped after 0.1 s"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is watched on Linux alone")
def test_a_contestant_that_holds_too_much_is_stopped_and_said_so():
    assert engine._run("ours", Size(50, 20), limits(memory=0.001)).note.startswith("stopped at 0.001 GB after ")


def test_whoever_was_stopped_is_not_started_at_a_larger_size():
    arguments = limits(sizes=[Size(60, 20), Size(50, 20)], only=["ours"], seconds=0.1)
    assert [found.note for found in engine._race(arguments)] == ["stopped after 0.1 s", "not started: stopped at 50 × 20"]


def test_the_best_total_is_the_planted_one_whoever_claims_more():
    lines = [line("ours", points=90, proved=True, planted=100), line("greedy", points=100, planted=100)]
    assert [engine._optimum(one, lines) for one in lines] == [False, True]


def test_the_best_total_is_a_proved_one_where_none_was_planted():
    lines = [line("ours", points=100, proved=True), line("greedy", points=90), line("stable", points=100, faults=1)]
    assert [engine._optimum(one, lines) for one in lines] == [True, False, False]


def test_the_best_total_is_unknown_without_a_proof():
    lines = [line("greedy", points=90), Line("ours", 50, 20, "stopped after 1 s")]
    assert [engine._optimum(one, lines) for one in lines] == [None, None]


def test_the_drawing_names_everybody_and_says_their_figures_in_words():
    lines = {name: [(50, 0.01), (500, 0.1 * place + 0.1)] for place, name in enumerate(LABELS.values())}
    root = ElementTree.fromstring(draw_growth(lines))  # noqa: S314  our own drawing
    written = [text.text for text in root.iter(f"{SVG}text")]
    assert set(LABELS.values()) <= set(written)
    assert len(list(root.iter(f"{SVG}path"))) == len(LABELS)
    assert "Relève: 50 mentees in 0.01 s, 500 mentees in 0.1 s" in root.find(f"{SVG}desc").text


def test_nothing_is_drawn_when_nobody_ran():
    with pytest.raises(ValueError, match="Nobody ran"):
        draw_growth({})


def test_a_measured_part_is_replaced_and_the_rest_of_the_page_is_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(pages, "DOCS", tmp_path)
    page = tmp_path / "page.md"
    page.write_text("# Before\n\n<!-- measured by this -->\nold\n<!-- end -->\n\nAfter\n", encoding="utf-8")
    pages.write_part("page.md", "this", "new")
    assert page.read_text(encoding="utf-8") == "# Before\n\n<!-- measured by this -->\n\nnew\n\n<!-- end -->\n\nAfter\n"
    with pytest.raises(LookupError, match=r"page\.md has no part measured by 'that'"):
        pages.write_part("page.md", "that", "new")
