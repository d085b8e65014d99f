"""Which column answers which question: guessed from the header, corrected by a person, remembered by the program."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from releve.enrolment.intake import ROLE_QUESTION
from releve.programs.definition import Definition
from releve.questionnaires.definition import Question

from .choices import BETWEEN_LANGUAGES, bilingual_forms
from .cleaning import fold, tidy
from .refusals import MappingProblem

ENTRY, STATUS, SUBMITTED, ROLE = "@entry", "@status", "@submitted", "@role"
SURE, NEAR = 1.0, 0.8

# How form services head what they add themselves, folded.
OWN_COLUMNS = {
    ENTRY: (
        *("id", "entry id", "entry number", "entry_id", "response id", "submission id", "numero", "no", "n"),
        *("numero d entree", "identifiant", "id de reponse", "numero de reponse", "source id"),
    ),
    STATUS: ("entry status", "status", "statut", "etat", "submission status", "statut de l entree"),
    SUBMITTED: (
        *("entry datesubmitted", "date submitted", "submitted", "submission date", "timestamp", "completion time"),
        *("date d envoi", "date de soumission", "horodateur", "heure de fin", "date de l entree"),
    ),
    ROLE: ("role", "type de participation", "mentor ou mentore", "mentor or mentee"),
}
ENDS_IN_ID = re.compile(r"(^|[_ ])id$", re.IGNORECASE)


@dataclass(frozen=True)
class Columns:
    """What each column holds; `everyone` is the role of all rows when no column says it."""

    held: dict[int, str] = field(default_factory=dict)
    everyone: str = ""

    def place_of(self, target: str) -> int | None:
        """Find the column that holds something."""
        return next((place for place, held in self.held.items() if held == target), None)

    def as_data(self) -> dict[str, Any]:
        return {"held": {str(place): target for place, target in self.held.items()}, "everyone": self.everyone}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Columns":
        return cls({int(place): target for place, target in data.get("held", {}).items()}, data.get("everyone", ""))


def questions_of(definition: Definition) -> list[Question]:
    """List the questions a column may answer; the role is read apart, because everything else depends on it."""
    return [question for question in definition.intake_form.flat if question.id != ROLE_QUESTION]


def targets_of(definition: Definition) -> list[str]:
    """Name everything a column may hold."""
    return [ENTRY, ROLE, *(question.id for question in questions_of(definition)), STATUS, SUBMITTED]


def signature_of(headers: Sequence[str]) -> str:
    """Recognize a file by its header, whatever the spaces and capitals."""
    return hashlib.sha256(json.dumps([fold(header) for header in headers]).encode()).hexdigest()


def guess_columns(headers: Sequence[str], definition: Definition, remembered: Mapping[str, Any] | None = None) -> Columns:
    """Say what each column seems to hold: as last time if it is known, else by the words of its header."""
    known = set(targets_of(definition))
    if remembered is not None:
        before = Columns.from_data(remembered)
        return Columns({place: held for place, held in before.held.items() if held in known}, before.everyone)
    labels = {target: set(_labels(target, definition)) for target in known}
    found = sorted(
        ((-_likeness(header, names), place, target) for place, header in enumerate(headers) if header for target, names in labels.items()),
    )
    held: dict[int, str] = {}
    for unlike, place, target in found:
        if -unlike >= NEAR and place not in held and target not in held.values():
            held[place] = target
    return Columns(dict(sorted(held.items())))


def _labels(target: str, definition: Definition) -> Iterator[str]:
    """List the folded headers under which something is looked for."""
    yield from OWN_COLUMNS.get(target, ())
    name = ROLE_QUESTION if target == ROLE else target
    question = next((question for question in definition.intake_form.flat if question.id == name), None)
    if question is not None:
        for label in (*question.headers, *bilingual_forms(question.text), question.id):
            yield fold(label)


def _likeness(header: str, labels: set[str]) -> float:
    if labels.issuperset(OWN_COLUMNS[ENTRY]) and ENDS_IN_ID.search(header.strip()):
        return SURE
    whole = fold(header)
    halves = {fold(part) for part in (*BETWEEN_LANGUAGES.split(header), re.sub(r"\(.*?\)", "", header))} - {""}
    if whole in labels:
        return SURE
    if halves & labels:
        return SURE - 0.05
    return max((SequenceMatcher(None, whole, label).ratio() - 0.08 for label in labels if len(label) > 4), default=0.0)


def problems_with_columns(columns: Columns, definition: Definition) -> list[MappingProblem]:
    """List why people could not be told apart, reached or placed."""
    problems = []
    first: dict[str, int] = {}
    for place, target in columns.held.items():
        if target in first:
            problems.append(MappingProblem("column_twice", place, first[target]))
        first.setdefault(target, place)
    questions = questions_of(definition)
    if not _has(columns, (question.id for question in questions if question.person_field == "email")):
        problems.append(MappingProblem("no_email_column"))
    if not _has(columns, (question.id for question in questions if question.person_field == "name")):
        problems.append(MappingProblem("no_name_column"))
    if columns.place_of(ROLE) is None and not columns.everyone:
        problems.append(MappingProblem("no_role_column"))
    return problems


def _has(columns: Columns, targets: Iterable[str]) -> bool:
    return any(columns.place_of(target) is not None for target in targets)


def samples_of(rows: Iterable[Sequence[str]], place: int, number: int = 3) -> list[str]:
    """Show the first different texts of a column."""
    found: dict[str, None] = {}
    for cells in rows:
        text = tidy(cells[place])
        if text:
            found.setdefault(text if len(text) <= 60 else f"{text[:59]}…")
        if len(found) == number:
            break
    return list(found)
