"""Show answers: for reading pages, letters and exports."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from releve.core.dates import day

from .check import asked
from .conditions import Dates, as_date, as_number, is_answered
from .definition import ANOTHER, DAYS, MOMENTS, PREFER_NOT, Form, Question
from .wording import value_in_words

DAY_NAMES = dict(
    zip(
        DAYS,
        (
            pgettext_lazy("day of the week", "Monday"),
            pgettext_lazy("day of the week", "Tuesday"),
            pgettext_lazy("day of the week", "Wednesday"),
            pgettext_lazy("day of the week", "Thursday"),
            pgettext_lazy("day of the week", "Friday"),
            pgettext_lazy("day of the week", "Saturday"),
            pgettext_lazy("day of the week", "Sunday"),
        ),
        strict=True,
    )
)
MOMENT_NAMES = dict(
    zip(
        MOMENTS,
        (
            pgettext_lazy("part of the day", "Morning"),
            pgettext_lazy("part of the day", "Noon"),
            pgettext_lazy("part of the day", "Afternoon"),
            pgettext_lazy("part of the day", "Evening"),
        ),
        strict=True,
    )
)
OWN_WORDS = frozenset({"text", "long_text", "email", "phone"})


class Row(NamedTuple):
    """One question with its answer in words; `own_words` tells that a person wrote them, in a language of their own."""

    label: str
    text: str
    own_words: bool


def rows(
    form: Form,
    answers: Mapping[str, Any],
    *,
    only: Collection[str] | None = None,
    role: str | None = None,
    dates: Dates | None = None,
) -> list[Row]:
    """Show the answered questions, in the form's order; `only` keeps some of them by id."""
    return [
        Row(str(question.label), text_of(question, answers[question.id]), is_own_words(question, answers[question.id]))
        for question in asked(form, answers, role, dates)
        if is_answered(answers.get(question.id)) and (only is None or question.id in only)
    ]


def text_of(question: Question, answer: Any) -> str:
    """Say one answer in the language in use; nothing for no answer."""
    if not is_answered(answer):
        return ""
    if answer == PREFER_NOT and question.prefer_not:
        return _("Prefers not to say")
    if question.type == "availability" and isinstance(answer, list):
        return _week_in_words(answer)
    if isinstance(answer, list):
        return ", ".join(text_of(question, value) for value in answer)
    if isinstance(answer, dict):
        return str(answer.get(ANOTHER, ""))
    return _single(question, answer)


def is_own_words(question: Question, answer: Any) -> bool:
    """Tell words that a person wrote from words of the form."""
    values = answer if isinstance(answer, list) else [answer]
    return question.type in OWN_WORDS or any(isinstance(value, dict) for value in values)


def _single(question: Question, answer: Any) -> str:
    if question.type in OWN_WORDS:
        return str(answer)
    if question.type == "scale" and question.scale:
        return pgettext("answer on a scale", "%(answer)s out of %(most)s") % {"answer": answer, "most": question.scale.most}
    if question.type == "number":
        number = as_number(answer)
        return str(answer) if number is None else number_format(number)
    if question.type == "date":
        known = as_date(answer)
        return str(answer) if known is None else day(known, weekday=False)
    return value_in_words(question, answer)


def _week_in_words(slots: list[Any]) -> str:
    parts = []
    for day_code, day_name in DAY_NAMES.items():
        moments = [str(name).lower() for code, name in MOMENT_NAMES.items() if f"{day_code}_{code}" in slots]
        if moments:
            pattern = pgettext("moments of one day", "%(day)s: %(moments)s")
            parts.append(pattern % {"day": day_name, "moments": ", ".join(moments)})
    return " · ".join(parts)
