"""Run tests in a copy of the tree, as it is and with one thing broken."""

import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .breaks import Break, broken

PARTS = ("src", "tests", "tools", "docs", "benchmarks", "dev.py", "pyproject.toml", "README.md", ".env.example")
LEFT_OUT = {"DATABASE_URL", "VAULT_URL", "DJANGO_SETTINGS_MODULE"}  # of the environment: the tree says for itself
LEFT_BEHIND = shutil.ignore_patterns("__pycache__", "*.pyc")
# Errors that mean a clumsy break and no lost behaviour: the product no longer runs at all.
CLUMSY = ("SyntaxError", "IndentationError", "NameError", "UnboundLocalError", "ImportError", "TemplateSyntaxError", "ScannerError")


@dataclass(frozen=True)
class Outcome:
    """How a test ended: what it said when it failed, `error` when it never got as far as judging."""

    failures: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    ran: bool = False

    @property
    def is_judgement(self) -> bool:
        """Say whether the test itself failed, by what it looks at."""
        return bool(self.failures) and not any(name in self.failures[0].partition(":")[0] for name in CLUMSY)


def copied(root: Path, to: Path) -> Path:
    """Copy what the tests need, compiled catalogues included, and nothing of git or the environment."""
    to.mkdir()
    for name in PARTS:
        source = root / name
        if source.is_dir():
            shutil.copytree(source, to / name, ignore=LEFT_BEHIND)
        elif source.exists():
            shutil.copy2(source, to / name)
    (to / "var").mkdir()
    return to


def outcomes(tree: Path, tests: Iterable[str]) -> dict[str, Outcome]:
    """Run tests in a copied tree, on SQLite, and say of each, without its parameters, how it ended."""
    wanted, report = list(tests), tree / "var" / "report.xml"
    report.unlink(missing_ok=True)
    options = ["-q", "-p", "no:cacheprovider", f"--junitxml={report}", "-o", "junit_family=xunit1"]
    own = {"PYTHONPATH": str(tree / "src"), "PYTHONDONTWRITEBYTECODE": "1"}  # the tree's code, before any installed one
    kept = {name: value for name, value in os.environ.items() if name not in LEFT_OUT and "PYTEST" not in name}
    subprocess.run([sys.executable, "-m", "pytest", *options, *wanted], cwd=tree, env=kept | own, capture_output=True, check=False)
    found = dict.fromkeys(wanted, Outcome())
    if report.exists():
        for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314  written by our own pytest a moment ago
            name = f"{case.get('file')}::{case.get('name', '').partition('[')[0]}"
            before = found.get(name, Outcome())
            found[name] = Outcome((*before.failures, *_said(case, "failure")), (*before.errors, *_said(case, "error")), ran=True)
    return found


def tried(one: Break, tree: Path) -> dict[str, Outcome]:
    """Break one thing in a copied tree, run its tests, and mend it again.

    Raises: TextGone.
    """
    path = tree / one.file
    whole = path.read_text(encoding="utf-8")
    path.write_text(broken(one, whole), encoding="utf-8")
    try:
        return outcomes(tree, one.tests)
    finally:
        path.write_text(whole, encoding="utf-8")


def _said(case: ElementTree.Element, kind: str) -> tuple[str, ...]:
    return tuple(" ".join(found.get("message", "").split()) for found in case.findall(kind))
