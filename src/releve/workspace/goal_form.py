"""The worksheet of one goal: the program's own form, with its tags and, where the form asks no result, a state."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, override

from releve.core.bilingual import Text
from releve.programs.definition import Definition
from releve.questionnaires.definition import Form, Option, Question

from .models import Goal

TAGS, STATE = "goal_tags", "goal_state"
RESULT = "result"  # a goal form that asks this, with these values, says by itself how a goal ended
STATES_BY_RESULT = {"complete": Goal.State.REACHED, "partial": Goal.State.PARTLY, "dropped": Goal.State.DROPPED}

STATE_ASKED = gettext_lazy("Where does this goal stand?")


def goal_form(definition: Definition) -> Form | None:
    """Make the worksheet; None where the program has no goals."""
    if definition.goals.form is None:
        return None
    form = definition.form(definition.goals.form)
    questions = list(form.questions)
    tags = definition.goals.tags
    if tags and tags.items:
        options = tuple(Option(value=tag.value, text=tag.text) for tag in tags.items)
        questions.append(Question(id=TAGS, type="choices", text=tags.title, options=options))
    if not _says_result(form):
        options = tuple(Option(value=state.value, text=_bilingual(state.label)) for state in Goal.State)
        questions.append(Question(id=STATE, type="choice", text=_bilingual(STATE_ASKED), options=options))
    return form.with_questions(tuple(questions))


def state_of(form: Form, answers: Mapping[str, Any]) -> Goal.State:
    """Say how a goal stands, from its own worksheet."""
    if _says_result(form):
        return STATES_BY_RESULT.get(answers.get(RESULT, ""), Goal.State.OPEN)
    return Goal.State(answers.get(STATE) or Goal.State.OPEN)


def headline(form: Form, answers: Mapping[str, Any]) -> str:
    """Return the goal itself: the answer to the first question in words."""
    first = next(question for question in form.flat if question.type in {"text", "long_text"})
    return str(answers.get(first.id, ""))


def tags_of(form: Form, answers: Mapping[str, Any]) -> list[str]:
    """Return the themes of a goal, in the language in use."""
    chosen = answers.get(TAGS) or []
    return [str(option.text) for question in form.flat if question.id == TAGS for option in question.options if option.value in chosen]


def _says_result(form: Form) -> bool:
    asked = next((question for question in form.flat if question.id == RESULT), None)
    return asked is not None and {option.value for option in asked.options} <= set(STATES_BY_RESULT)


def _bilingual(words: str | Promise) -> Text:
    said = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            said[code] = str(words)
    return Text.from_data(said)
