"""The order in which a page prints a form: sections, and in each the questions with all that surrounds them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.forms.boundfield import BoundField

from releve.core.visibility import Visibility

from .conditions import Rule
from .definition import ANOTHER, PREFER_NOT, Question


@dataclass(frozen=True)
class AskedQuestion:
    """One question of a page. `when` is its condition as JSON, for the script; empty when it is always asked."""

    question: Question
    field: BoundField
    another: BoundField | None
    prefer_not: BoundField | None
    when: str
    reads: Visibility | str  # said only where it differs from the form's

    @property
    def when_another(self) -> str:
        return json.dumps({"question": self.question.id, "includes": ANOTHER})

    @property
    def exclusive(self) -> str:
        """List the options that empty the others, for the script."""
        if self.question.type != "choices":
            return ""
        alone = [option.value for option in self.question.options if option.exclusive]
        return " ".join([*alone, *([PREFER_NOT] if self.question.prefer_not else [])])

    @property
    def can_clear(self) -> bool:
        """Say whether the script offers to take an answer back: a browser never unticks a round box."""
        return not self.question.required and getattr(self.field.field.widget, "input_type", "") == "radio"


@dataclass
class Section:
    """Questions under one heading, or under none."""

    id: str = ""
    title: str = ""
    help: str = ""
    questions: list[AskedQuestion] = field(default_factory=list)


def walk_sections(questions: tuple[Question, ...], role: str | None) -> Iterator[tuple[Question | None, list[tuple[Question, list[Rule]]]]]:
    """Go through the headings with the questions asked under each.

    A group that holds questions ends with them; one that holds none is a heading for what follows it.
    """
    heading: Question | None = None
    asked: list[tuple[Question, list[Rule]]] = []
    for question in questions:
        if not question.applies_to(role):
            continue
        if question.type != "group":
            asked.append((question, [question.enable_when] if question.enable_when else []))
            continue
        yield heading, asked
        heading, asked = question, []
        if question.questions:
            yield from _inner(question, role)
            heading = None
    yield heading, asked


def _inner(group: Question, role: str | None) -> Iterator[tuple[Question | None, list[tuple[Question, list[Rule]]]]]:
    around = [group.enable_when] if group.enable_when else []
    for place, (heading, asked) in enumerate(walk_sections(group.questions, role)):
        inner = [(question, [*around, *rules]) for question, rules in asked]
        yield (group if place == 0 else heading), inner


def when_of(rules: list[Rule]) -> str:
    """Write conditions that must all hold as JSON."""
    if not rules:
        return ""
    data = [rule.model_dump(mode="json", by_alias=True, exclude_none=True) for rule in rules]
    return json.dumps(data[0] if len(data) == 1 else {"all": data}, ensure_ascii=False)
