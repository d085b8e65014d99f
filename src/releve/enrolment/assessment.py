"""What a self-assessment says back to its author: their own answers side by side, judged by nobody."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from releve.questionnaires.definition import Form, Question

LEAST_ALIKE = 3  # fewer statements with the same answers are no list


@dataclass(frozen=True)
class Group:
    """The statements to which somebody gave the same answer."""

    answer: str
    statements: tuple[str, ...]
    questions: tuple[str, ...]


def at_a_glance(form: Form, answers: Mapping[str, Any]) -> list[Group]:
    """Gather the statements that offer the same answers, by the answer given. Order: the answers', then the form's."""
    alike = _alike([question for question in form.flat if question.type == "choice" and question.options])
    groups = []
    for option in alike[0].options if alike else ():
        chosen = [question for question in alike if answers.get(question.id) == option.value]
        if chosen:
            statements = tuple(str(question.text) for question in chosen)
            groups.append(Group(str(option.text), statements, tuple(question.id for question in chosen)))
    return groups


def _alike(questions: list[Question]) -> list[Question]:
    """Find the largest set of questions with the same options, if it is a list at all."""
    sets: dict[tuple[str, ...], list[Question]] = {}
    for question in questions:
        sets.setdefault(tuple(option.value for option in question.options), []).append(question)
    largest = max(sets.values(), key=len, default=[])
    return largest if len(largest) >= LEAST_ALIKE else []
