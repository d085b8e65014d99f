"""Conditions that explain themselves: each says in both languages what it asks, and why answers do not meet it.

Whether a condition holds is decided in one place, `questionnaires.conditions.holds`; this module only finds the words.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext, override, pgettext

from releve.core.bilingual import LANGUAGES, Text
from releve.core.dates import day as in_words
from releve.questionnaires.conditions import Answers, Dates, as_date, holds
from releve.questionnaires.definition import ANOTHER, PREFER_NOT

from .calendar import COHORT_LABELS, RELATIONSHIP_LABELS
from .definition import Definition, Eligibility, Question, RelativeDate, Rule


@dataclass(frozen=True)
class Said:
    """A sentence in both languages, and the sentences it gathers."""

    sentence: Text
    items: tuple["Said", ...] = ()

    def __str__(self) -> str:
        return self.in_language(get_language() or LANGUAGES[0])

    def in_language(self, language: str) -> str:
        """Write everything on one line."""
        inner = " ".join(item.in_language(language) for item in self.items)
        return f"{self.sentence.in_language(language)} {inner}".strip()


def answers_to_forms(definition: Definition, by_form: Mapping[str, Answers]) -> dict[str, Any]:
    """Join the answers to several forms so that rules find them: by form.question, and alone as a rule reads them."""
    joined: dict[str, Any] = {}
    for form_id, answers in by_form.items():
        for question_id, answer in answers.items():
            joined[f"{form_id}.{question_id}"] = answer
            if form_id == definition.intake.form or question_id not in joined:
                joined[question_id] = answer
    return joined


def say(rule: Rule, definition: Definition, *, dates: Dates | None = None) -> Said:
    """Say what a rule asks. With `dates`, days counted from a cohort are said as days."""
    return _say(rule, _Words(definition, dates or {}), positive=True)


def why_not(rule: Rule, answers: Answers, definition: Definition, *, dates: Dates | None = None) -> list[Said]:
    """Say which parts of a rule the answers do not meet; nothing when they meet it.

    A role's own sentence (`because`) comes first.
    """
    if holds(rule, answers, dates):
        return []
    own = [Said(rule.because)] if isinstance(rule, Eligibility) and rule.because else []
    words = _Words(definition, dates or {})
    return own + [_say(part, words, positive=True) for part in _unmet(rule, answers, dates)]


def _unmet(rule: Rule, answers: Answers, dates: Dates | None) -> Iterator[Rule]:
    if rule.all_ is None:
        yield rule
        return
    for inner in rule.all_:
        if not holds(inner, answers, dates):
            yield from _unmet(inner, answers, dates)


def _say(rule: Rule, words: "_Words", *, positive: bool) -> Said:
    """Say one rule; what stands under `not` is turned round, so that only single tests are ever denied."""
    if rule.not_ is not None:
        return _say(rule.not_, words, positive=not positive)
    joined = rule.all_ if rule.all_ is not None else rule.any_
    if joined is None:
        return Said(_both(lambda: _test(rule, words, positive)))
    items = tuple(_say(inner, words, positive=positive) for inner in joined)
    if len(items) == 1:
        return items[0]
    every = (rule.all_ is not None) is positive
    return Said(_both(lambda: gettext("All of the following:") if every else gettext("At least one of the following:")), items)


def _both(sentence: Callable[[], str]) -> Text:
    """Say the same thing in each language."""
    said = {}
    for language in LANGUAGES:
        with override(language):
            said[language] = sentence()
    return Text(**said)


def _test(rule: Rule, words: "_Words", positive: bool) -> str:
    """Say one test of one question in the language in use."""
    _form, question = words.definition.question(rule.question or "")
    values: dict[str, Any] = {"question": question.text}
    if rule.answered is not None:
        return _answered(rule.answered is positive) % values
    if rule.is_ is not None:
        values["value"] = words.value(question, rule.is_)
        return _is(positive) % values
    if rule.includes is not None:
        values["value"] = words.value(question, rule.includes)
        return _includes(positive) % values
    if rule.one_of is not None:
        values["values"] = ", ".join(words.quoted(question, value) for value in rule.one_of)
        return _one_of(positive) % values
    if rule.at_least is not None or rule.at_most is not None:
        values["amount"] = localize(rule.at_least if rule.at_least is not None else rule.at_most)
        return _amount(rule.at_least is not None, positive) % values
    if rule.within_years is not None:
        values |= {"years": rule.within_years, "day": words.day(RelativeDate.model_validate({"from": rule.of}))}
        return _within(rule.within_years, positive) % values
    values["day"] = words.day(rule.before if rule.before is not None else rule.after)
    return _day(rule.before is not None, positive) % values


def _answered(wanted: bool) -> str:
    return gettext("“%(question)s” must be answered.") if wanted else gettext("“%(question)s” must be left empty.")


def _is(positive: bool) -> str:
    if positive:
        return gettext("The answer to “%(question)s” must be “%(value)s”.")
    return gettext("The answer to “%(question)s” must not be “%(value)s”.")


def _includes(positive: bool) -> str:
    if positive:
        return gettext("The answers to “%(question)s” must include “%(value)s”.")
    return gettext("The answers to “%(question)s” must not include “%(value)s”.")


def _one_of(positive: bool) -> str:
    if positive:
        return gettext("The answer to “%(question)s” must be one of these: %(values)s.")
    return gettext("The answer to “%(question)s” must be none of these: %(values)s.")


def _amount(at_least: bool, positive: bool) -> str:
    if at_least:
        if positive:
            return gettext("The answer to “%(question)s” must be %(amount)s or more.")
        return gettext("The answer to “%(question)s” must be less than %(amount)s.")
    if positive:
        return gettext("The answer to “%(question)s” must be %(amount)s or less.")
    return gettext("The answer to “%(question)s” must be more than %(amount)s.")


def _within(years: int, positive: bool) -> str:
    if positive:
        return ngettext(
            "The date given for “%(question)s” must be within %(years)d year of this day: %(day)s.",
            "The date given for “%(question)s” must be within %(years)d years of this day: %(day)s.",
            years,
        )
    return ngettext(
        "The date given for “%(question)s” must be more than %(years)d year away from this day: %(day)s.",
        "The date given for “%(question)s” must be more than %(years)d years away from this day: %(day)s.",
        years,
    )


def _day(before: bool, positive: bool) -> str:
    if before:
        if positive:
            return gettext("The date given for “%(question)s” must come before this day: %(day)s.")
        return gettext("The date given for “%(question)s” must not come before this day: %(day)s.")
    if positive:
        return gettext("The date given for “%(question)s” must come after this day: %(day)s.")
    return gettext("The date given for “%(question)s” must not come after this day: %(day)s.")


@dataclass(frozen=True)
class _Words:
    """Find the words for values and days of one definition, in the language in use."""

    definition: Definition
    dates: Dates

    def value(self, question: Question, value: Any) -> str:
        if isinstance(value, bool):
            return pgettext("answer", "Yes") if value else pgettext("answer", "No")
        if value == PREFER_NOT:
            return gettext("I prefer not to say")
        if value == ANOTHER:
            return pgettext("answer", "Another answer")
        options = self.definition.options_of(question)
        text = next((option.text for option in options if option.value == value), None)
        return str(localize(value) if text is None else text)

    def quoted(self, question: Question, value: Any) -> str:
        return _quoted(self.value(question, value))

    def day(self, moment: RelativeDate | str) -> str:
        if not isinstance(moment, RelativeDate):
            return _date(as_date(moment))
        known = moment.resolve(self.dates)
        if known is not None:
            return _date(known)
        return ", ".join([_quoted(str(self._origin(moment))), *_shifts(moment)])

    def _origin(self, moment: RelativeDate) -> Text | Promise | str:
        if moment.question is not None:
            return self.definition.question(moment.question)[1].text
        labels: dict[str, Text | Promise | str] = {
            **COHORT_LABELS,
            **RELATIONSHIP_LABELS,
            **{named.id: named.label for named in self.definition.calendar},
        }
        return labels[moment.from_]


def _quoted(words: str) -> str:
    return gettext("“%(words)s”") % {"words": words}


def _date(day: date | None) -> str:
    return in_words(day, weekday=False) if day else ""


def _shifts(moment: RelativeDate) -> list[str]:
    """Say how far a day is from the one it is counted from."""
    shifts = []
    if moment.months > 0:
        shifts.append(ngettext("plus %(count)d month", "plus %(count)d months", moment.months) % {"count": moment.months})
    if moment.months < 0:
        shifts.append(ngettext("minus %(count)d month", "minus %(count)d months", -moment.months) % {"count": -moment.months})
    if moment.days > 0:
        shifts.append(ngettext("plus %(count)d day", "plus %(count)d days", moment.days) % {"count": moment.days})
    if moment.days < 0:
        shifts.append(ngettext("minus %(count)d day", "minus %(count)d days", -moment.days) % {"count": -moment.days})
    return shifts
