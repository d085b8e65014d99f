"""Say conditions in words, so that a form explains itself without a script and a refusal explains itself to anyone."""

from collections.abc import Callable
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from releve.core.dates import day

from .conditions import RelativeDate, Rule, as_date
from .definition import ANOTHER, PREFER_NOT, Question

Find = Callable[[str], Question]


def in_words(rule: Rule, find: Find) -> str:
    """Say a condition as the part of a sentence that follows "if": "you answered “Yes” to “Are you certified?”".

    `find` gives the question of a name, and raises KeyError for an unknown one.
    """
    if rule.all_ is not None:
        return _join(rule.all_, find, pgettext("between two conditions", "%(first)s and %(second)s"))
    if rule.any_ is not None:
        return _join(rule.any_, find, pgettext("between two conditions", "%(first)s or %(second)s"))
    if rule.not_ is not None:
        return _("it is not so that %(condition)s") % {"condition": in_words(rule.not_, find)}
    return _test(rule, find(rule.question or ""))


def _join(rules: tuple[Rule, ...], find: Find, pattern: str) -> str:
    said = [in_words(rule, find) for rule in rules]
    whole = said[-1]
    for words in reversed(said[:-1]):
        whole = pattern % {"first": words, "second": whole}
    return whole


def _test(rule: Rule, question: Question) -> str:
    asked = str(question.text)
    if rule.answered is not None:
        pattern = _("you answered “%(question)s”") if rule.answered else _("you did not answer “%(question)s”")
        return pattern % {"question": asked}
    if rule.is_ is not None:
        return _("you answered “%(answer)s” to “%(question)s”") % {"answer": value_in_words(question, rule.is_), "question": asked}
    if rule.includes is not None:
        return _("you chose “%(answer)s” in “%(question)s”") % {"answer": value_in_words(question, rule.includes), "question": asked}
    if rule.one_of is not None:
        values = [_("“%(answer)s”") % {"answer": value_in_words(question, value)} for value in rule.one_of]
        pattern = pgettext("between two answers", "%(first)s or %(second)s")
        whole = values[-1]
        for words in reversed(values[:-1]):
            whole = pattern % {"first": words, "second": whole}
        return _("you answered %(answers)s to “%(question)s”") % {"answers": whole, "question": asked}
    return _compared(rule, asked)


def _compared(rule: Rule, asked: str) -> str:
    if rule.at_least is not None:
        number = number_format(rule.at_least)
        return _("your answer to “%(question)s” is %(number)s or more") % {"question": asked, "number": number}
    if rule.at_most is not None:
        number = number_format(rule.at_most)
        return _("your answer to “%(question)s” is %(number)s or less") % {"question": asked, "number": number}
    if rule.within_years is not None:
        return _("the date in “%(question)s” is recent enough") % {"question": asked}
    limit = rule.before if rule.before is not None else rule.after
    known = None if isinstance(limit, RelativeDate) else as_date(limit)
    if known is None:
        return _("the date in “%(question)s” falls within the program’s dates") % {"question": asked}
    pattern = _("the date in “%(question)s” is before %(day)s") if rule.before else _("the date in “%(question)s” is after %(day)s")
    return pattern % {"question": asked, "day": day(known, weekday=False)}


def value_in_words(question: Question, value: Any) -> str:
    """Say one coded value of an answer as its form shows it."""
    if value is True:
        return pgettext("answer", "Yes")
    if value is False:
        return pgettext("answer", "No")
    if value == PREFER_NOT:
        return _("I prefer not to say")
    if value == ANOTHER:
        return pgettext("answer", "Another answer")
    option = question.option(value) if isinstance(value, str) else None
    return str(option.text) if option else str(value)
