"""What can be wrong with a definition: where it is, what it is, and how to mend it, in both languages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

from django.utils.functional import Promise
from django.utils.translation import gettext, override

from releve.core.bilingual import Text
from releve.core.dates import day

from .faults import FAULTS

# More than an author mends at once; the rest is found at the next reading.
MOST_PROBLEMS = 200

Path = tuple[str | int, ...]
Value = str | Text | date | Promise


@dataclass(frozen=True)
class Problem:
    """One fault at one place.

    `values` fill the sentences; texts and dates among them are said in the language asked for.
    """

    fault: str
    path: Path
    values: Mapping[str, Value] = field(default_factory=dict)
    line: int | None = None

    @property
    def where(self) -> str:
        """Write the place as an author finds it: steps[2].documents[0]."""
        return written(self.path)

    def message(self, language: str) -> str:
        """Say what is wrong."""
        return self._say(FAULTS[self.fault].message, language)

    def mend(self, language: str) -> str:
        """Say what to do about it; a name that was almost right is suggested."""
        fault = FAULTS[self.fault]
        template = fault.mend_nearest if fault.mend_nearest and self.values.get("nearest") else fault.mend
        return self._say(template, language)

    def _say(self, template: str, language: str) -> str:
        with override(language):
            values = {name: day(value, weekday=False) if isinstance(value, date) else str(value) for name, value in self.values.items()}
            return gettext(template) % values


class DefinitionErrors(Exception):
    """A definition that cannot be used, with everything found wrong in it, first line first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems, key=lambda problem: (problem.line or 0, problem.where))
        super().__init__("\n".join(self.report("en")))

    def report(self, language: str) -> list[str]:
        """Write one line of text for each problem."""
        return [said(problem, language) for problem in self.problems]


def said(problem: Problem, language: str) -> str:
    """Write one problem on one line: place, what is wrong, the mend."""
    with override(language):
        place = [problem.where] if problem.path else []
        if problem.line is not None:
            place.append(gettext("line %(line)s") % {"line": problem.line})
    head = ", ".join(place)
    tail = f"{problem.message(language)} {problem.mend(language)}"
    colon = "\u00a0: " if language == "fr" else ": "
    return f"{head}{colon}{tail}" if head else tail


def written(path: Path) -> str:
    """Write a path with dots and brackets."""
    parts = [f"[{part}]" if isinstance(part, int) else f".{part}" for part in path]
    return "".join(parts).removeprefix(".")


def suggest(wrong: str, known: Iterable[str]) -> dict[str, str]:
    """Find the known name nearest to a wrong one; without a near one, all are listed."""
    names = sorted(set(known))
    near = get_close_matches(wrong[:64].lower(), names, n=1, cutoff=0.6)
    shown = names if len(names) <= 40 else [*names[:40], "…"]
    return {"nearest": near[0] if near else "", "known": ", ".join(shown) or "…"}
