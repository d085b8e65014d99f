"""The field and the widget of each type of question."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from releve.core.bilingual import LANGUAGES
from releve.core.widgets import DateInput, Scale, WeeklyGrid

from .check import length_of
from .conditions import as_number
from .definition import ANOTHER, PREFER_NOT, Question
from .display import DAY_NAMES, MOMENT_NAMES
from .reading import NO, YES, UnreadableError, read

MOST_RADIOS = 7  # more options than this make a list that opens
MOST_IN_STRIP, LETTERS_OF_STRIP = 4, 20
WITH_PREFER_NOT = frozenset({"choice", "choices", "yes_no"})  # "I prefer not to say" is one of their options
SHORT_ANSWER = 400  # characters; a longer answer gets a taller box


class AnswerField(forms.Field):
    """One question; its cleaned value is the plain answer, or None. Whether it is needed is the form's to judge."""

    def __init__(self, question: Question, *, help_text: str = "") -> None:
        self.question = question
        widget = WIDGETS[question.type](question)
        super().__init__(required=question.required, label=str(question.text), help_text=help_text, widget=widget)

    def to_python(self, value: Any) -> Any:
        try:
            return read(self.question, value)
        except UnreadableError as error:
            raise ValidationError(str(error), code="unreadable") from error

    def validate(self, value: Any) -> None:
        """Leave every judgement to the form, which knows the other answers."""


class AnotherField(forms.Field):
    """What somebody writes beside the options."""

    def __init__(self) -> None:
        super().__init__(required=True, label=_("Your other answer"), widget=forms.TextInput)

    def to_python(self, value: Any) -> str:
        return str(read(ANOTHER_QUESTION, value) or "")

    def validate(self, value: Any) -> None:
        """Leave every judgement to the form, which knows whether this box was asked for."""


class PreferNotField(forms.BooleanField):
    """The box beside a question in words that somebody would rather leave."""

    def __init__(self) -> None:
        super().__init__(required=True, label=prefer_not_label())

    def validate(self, value: Any) -> None:
        """Leave every judgement to the form; `required` only keeps "(optional)" away from the label."""


def prefer_not_label() -> str:
    return _("I prefer not to say")


def choices_of(question: Question) -> list[tuple[str, str]]:
    """List what the widget of a choosing question offers."""
    if question.type == "yes_no":
        choices = [(YES, pgettext("answer", "Yes")), (NO, pgettext("answer", "No"))]
    else:
        choices = [(option.value, str(option.text)) for option in question.options]
    if question.another:
        choices.append((ANOTHER, pgettext("answer", "Another answer")))
    if question.prefer_not:
        choices.append((PREFER_NOT, prefer_not_label()))
    return choices


def initial_of(question: Question, answer: Any) -> Any:
    """Turn a stored answer back into what its widget shows."""
    if isinstance(answer, bool):
        return YES if answer else NO
    if isinstance(answer, list):
        marks = [ANOTHER if isinstance(value, dict) else value for value in answer]
        return [str(mark).replace("_", ":", 1) for mark in marks] if question.type == "availability" else marks
    if isinstance(answer, dict):
        return ANOTHER
    if question.type == "number":
        number = as_number(answer)
        return answer if number is None else number_format(number)
    return answer


def _line(question: Question) -> forms.Widget:
    return forms.TextInput()


def _paragraphs(question: Question) -> forms.Widget:
    return forms.Textarea({"rows": 4 if length_of(question) <= SHORT_ANSWER else 8})


def _email(question: Question) -> forms.Widget:
    return forms.EmailInput({"autocomplete": "email"} if question.person_field == "email" else None)


def _phone(question: Question) -> forms.Widget:
    return forms.TextInput({"type": "tel", "autocomplete": "tel"})


def _number(question: Question) -> forms.Widget:
    return forms.TextInput({"inputmode": "numeric" if (question.step or 1) == 1 else "decimal", "class": "short"})


def _day(question: Question) -> forms.Widget:
    return DateInput()


def _one(question: Question) -> forms.Widget:
    choices = choices_of(question)
    if len(question.options) <= MOST_RADIOS:
        return forms.RadioSelect({"class": "segments"} if _fits_a_strip(question) else {}, choices=choices)
    return forms.Select(choices=[("", pgettext("first line of a list", "Choose…")), *choices])


def _fits_a_strip(question: Question) -> bool:
    """Say whether the answers are few and short enough, in both languages, to stand beside each other on a phone."""
    letters = (sum(len(option.text.in_language(code)) for option in question.options) for code in LANGUAGES)
    return not (question.another or question.prefer_not) and len(question.options) <= MOST_IN_STRIP and max(letters) <= LETTERS_OF_STRIP


def _several(question: Question) -> forms.Widget:
    return forms.CheckboxSelectMultiple(choices=choices_of(question))


def _yes_no(question: Question) -> forms.Widget:
    return forms.RadioSelect({} if question.prefer_not else {"class": "segments"}, choices=choices_of(question))


def _scale(question: Question) -> forms.Widget:
    if question.scale is None:
        return Scale(choices=[(point, str(point)) for point in range(1, 6)])
    low, high = str(question.scale.least_text), str(question.scale.most_text)
    return Scale(low=low, high=high, choices=[(point, str(point)) for point in question.scale.points])


def _week(question: Question) -> forms.Widget:
    rows, columns = list(DAY_NAMES.items()), list(MOMENT_NAMES.items())
    return WeeklyGrid(rows=rows, columns=columns, choices=WeeklyGrid.choices_for(rows, columns))


WIDGETS: dict[str, Callable[[Question], forms.Widget]] = {
    "text": _line,
    "long_text": _paragraphs,
    "email": _email,
    "phone": _phone,
    "number": _number,
    "date": _day,
    "choice": _one,
    "choices": _several,
    "yes_no": _yes_no,
    "scale": _scale,
    "availability": _week,
}
ANOTHER_QUESTION = Question.model_validate({"id": ANOTHER, "type": "text", "text": {"fr": "…", "en": "…"}})
