"""Whether any answers at all meet a condition, found by trying them.

Order: for each question a few answers are enough, those around the values that the condition names. When a condition
reads too many questions for all combinations to be tried, it is taken to be possible.
"""

from collections.abc import Mapping
from datetime import date
from itertools import chain, combinations, islice, product
from math import prod
from typing import Any

from releve.programs.definition import Definition, Question, RelativeDate, Rule
from releve.questionnaires.conditions import add_days, add_months, as_date, holds
from releve.questionnaires.definition import ANOTHER, PREFER_NOT, SLOTS

MOST_COMBINATIONS = 5_000

# Any cohort will do: a condition counts from these days, it does not depend on which they are.
SOME_DATES = {
    "cohort_starts": date(2030, 9, 1),
    "cohort_ends": date(2031, 6, 30),
    "paired_on": date(2030, 10, 1),
    "confirmed_on": date(2030, 11, 1),
}


def can_hold(rule: Rule, questions: Mapping[str, Question], definition: Definition, *, asked: frozenset[str] | None = None) -> bool:
    """Say whether some answers meet the rule; questions outside `asked` have no answer."""
    if any(_counts_from_an_answer(leaf) for leaf in rule.parts()):
        return True
    dates = {**{named.id: SOME_DATES["cohort_starts"] for named in definition.calendar}, **SOME_DATES}
    tried = {
        name: [None, *_answers(question, rule, name, definition, dates)] if asked is None or name in asked else [None]
        for name, question in questions.items()
    }
    if prod(len(answers) for answers in tried.values()) > MOST_COMBINATIONS:
        return True
    return any(holds(rule, dict(zip(tried, answers, strict=True)), dates) for answers in product(*tried.values()))


def _counts_from_an_answer(leaf: Rule) -> bool:
    limits = [limit.from_ for limit in (leaf.before, leaf.after) if isinstance(limit, RelativeDate)]
    return any(origin.startswith("answer:") for origin in (*limits, leaf.of or ""))


def _answers(question: Question, rule: Rule, name: str, definition: Definition, dates: Mapping[str, date]) -> list[Any]:
    leaves = [leaf for leaf in rule.parts() if leaf.question == name]
    if question.type == "yes_no":
        return [True, False] + [PREFER_NOT] * question.prefer_not
    if question.type == "choice":
        return values_of(question, definition)
    if question.type == "choices":
        return _choices(question, definition)
    if question.type == "scale" and question.scale:
        return list(question.scale.points)
    if question.type == "number":
        return _numbers(question, leaves)
    if question.type == "date":
        return _days(leaves, dates)
    if question.type == "availability":
        return [list(SLOTS)]
    return [*(leaf.is_ for leaf in leaves if leaf.is_ is not None), *chain.from_iterable(leaf.one_of or () for leaf in leaves), "…"]


def values_of(question: Question, definition: Definition) -> list[Any]:
    """List the values that the answer to a choice can have."""
    values = [option.value for option in definition.options_of(question)]
    return values + [ANOTHER] * question.another + [PREFER_NOT] * question.prefer_not


def _choices(question: Question, definition: Definition) -> list[Any]:
    """List answers of one, two, three and all values: enough to meet what a condition asks of a list."""
    values = values_of(question, definition)
    sizes = chain.from_iterable(combinations(values, size) for size in (1, 2, 3))
    return [*map(list, islice(sizes, 200)), values]


def _numbers(question: Question, leaves: list[Rule]) -> list[Any]:
    named = [bound for leaf in leaves for bound in (leaf.at_least, leaf.at_most, leaf.is_, *(leaf.one_of or ())) if bound is not None]
    near = [value + step for value in named if isinstance(value, int | float) for step in (-1, 0, 1)]
    least = question.least if question.least is not None else float("-inf")
    most = question.most if question.most is not None else float("inf")
    return [value for value in [*near, least, most, 0] if least <= value <= most and abs(value) != float("inf")]


def _days(leaves: list[Rule], dates: Mapping[str, date]) -> list[Any]:
    bounds: list[date | None] = []
    for leaf in leaves:
        for limit in (leaf.before, leaf.after, leaf.is_):
            bounds.append(limit.resolve(dates) if isinstance(limit, RelativeDate) else as_date(limit))
        if leaf.within_years is not None and leaf.of in dates:
            bounds += [add_months(dates[leaf.of], months) for months in (-12 * leaf.within_years, 0, 12 * leaf.within_years)]
    days = {add_days(day, step) for day in bounds if day for step in (-1, 0, 1)} | {SOME_DATES["cohort_starts"]}
    return [day.isoformat() for day in sorted(days)]
