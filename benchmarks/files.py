"""Write an invented cohort as others can use it: two spreadsheets, a policy, the words behind the codes, and the best answer if known."""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any, Final

from benchmarks.options import GOALS, LANGUAGES, OFFERABLE, REGIONS, SETTINGS, SLOTS, Words
from releve.matching.engine import Answer, Criterion, HardRule, Pair, Person, Problem, Side

QUESTIONS: Final[Mapping[Side, Sequence[str]]] = {
    Side.MENTEE: (*("needs", "goals", "availability", "region", "setting", "languages", "years", "wishes", "line_manager", "email"),),
    Side.MENTOR: (*("offers", "strengths", "availability", "region", "setting", "languages", "years", "email"),),
}
TYPES: Final = {"years": "number", "wishes": "ranking"} | dict.fromkeys(
    ("needs", "goals", "offers", "strengths", "availability", "languages"), "choices"
)
WORDS: Final[Mapping[str, Words]] = {
    "needs": OFFERABLE,
    "offers": OFFERABLE,
    "goals": GOALS,
    "strengths": GOALS,
    "availability": SLOTS,
    "region": REGIONS,
    "setting": SETTINGS,
    "languages": LANGUAGES,
}


def write_files(folder: Path, problem: Problem, best: Sequence[Pair] = (), points: int | None = None) -> None:
    """Write `mentees.csv`, `mentors.csv`, `policy.yaml`, `options.csv` and, when the best total is known, `best.json`.

    The policy is one of docs/pairing-files.md and holds the facts too. `options.csv` gives each code's words in both languages.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for side, people in ((Side.MENTEE, problem.mentees), (Side.MENTOR, problem.mentors)):
        rows = ([person.id, person.most, *(_cell(person, question) for question in QUESTIONS[side])] for person in people)
        _write(folder / f"{side}s.csv", ["id", "places", *QUESTIONS[side]], rows)
    (folder / "policy.yaml").write_text(_policy(problem), encoding="utf-8")
    options = ([question, code, *words] for question, codes in WORDS.items() for code, words in codes.items())
    _write(folder / "options.csv", ["question", "code", "fr", "en"], options)
    if points is not None:
        (folder / "best.json").write_text(json.dumps({"points": points, "pairs": best}, indent=1) + "\n", encoding="utf-8")


def _write(path: Path, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


def _cell(person: Person, question: str) -> str:
    answer: Answer = person.answers.get(question, "")
    return "; ".join(sorted(answer) if isinstance(answer, frozenset) else answer) if isinstance(answer, frozenset | tuple) else str(answer)


def _policy(problem: Problem) -> str:
    """Write a policy as JSON, which is YAML too, one item to a line."""
    mentees, mentors = ({"id": "id", "places": {"column": "places"}} for _side in Side)
    questions = {name: _question(name) for name in dict.fromkeys((*QUESTIONS[Side.MENTEE], *QUESTIONS[Side.MENTOR]))}
    parts: dict[str, Any] = {
        "format": 1,
        "objective": problem.policy.objective.value,
        "seed": problem.seed,
        "most_rows": max(len(problem.mentees), len(problem.mentors)),
        "mentees": mentees,
        "mentors": mentors,
        "questions": questions,
        "rules": [_part(rule) for rule in problem.policy.rules],
        "criteria": [_part(criterion) for criterion in problem.policy.criteria],
        "facts": [{"kind": fact.kind.value, "one": fact.one, "other": fact.other} for fact in problem.facts],
    }
    return "".join(f"{key}:{_block(value)}\n" for key, value in parts.items())


def _block(value: object) -> str:
    if isinstance(value, list):
        return "".join(f"\n  - {_line(item)}" for item in value) or " []"
    if isinstance(value, dict):
        return "".join(f"\n  {key}: {_line(item)}" for key, item in value.items())
    return f" {_line(value)}"


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _question(name: str) -> dict[str, object]:
    sides = {f"{side}s": name for side in Side if name in QUESTIONS[side]}
    question: dict[str, object] = {"type": TYPES.get(name, "choice"), **sides}
    return question | ({"options": list(WORDS[name])} if name in WORDS else {})


def _part(part: Criterion | HardRule) -> dict[str, object]:
    """Write a rule or criterion, what is at its default left out."""
    written: dict[str, object] = {}
    for field in fields(part):
        value = getattr(part, field.name)
        if field.default is MISSING or value != field.default:
            plain = sorted(value) if isinstance(value, frozenset) else list(value) if isinstance(value, tuple) else value
            written[field.name] = plain
    return written
