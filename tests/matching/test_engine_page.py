"""Every block of code in docs/engine.md is run, and gives what the page says."""

import re
import shlex
from io import StringIO
from pathlib import Path

from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "engine.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_every_block_is_a_command_or_python():
    assert {language for language, _code in BLOCKS} == {"console", "python"}


def test_commands_show_what_the_page_shows(monkeypatch):
    monkeypatch.chdir(ROOT / "docs" / "examples" / "pairing")
    for language, code in BLOCKS:
        if language == "console":
            command, _end, expected = code.partition("\n")
            shown = StringIO()
            call_command(*shlex.split(command.removeprefix("$ releve ")), stdout=shown, stderr=StringIO())
            assert [line.rstrip() for line in shown.getvalue().splitlines()] == expected.splitlines()


def test_python_runs_from_top_to_bottom():
    known = {}
    for language, code in BLOCKS:
        if language == "python":
            exec(code, known)  # noqa: S102  the page is ours
    assert known["explain_pair"](known["problem"], "bo", "xavier", reader="committee").shown == 100
    assert known["explain_reach"](known["problem"], "ann", reader=known["Reader"].MENTEE).open == 2
