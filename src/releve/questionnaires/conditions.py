"""Conditions on answers: small data, never code.

A condition asks one thing of one answer, or joins others with `all`, `any` and `not`. The same shape shows or hides
a question, decides who may take a role and who earns a credit.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import MAXYEAR, MINYEAR, date, timedelta
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import Annotated, Any, ClassVar

from pydantic import Field, GetPydanticSchema, ValidationError, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError, core_schema

from .parts import Many, Part, Reference, Refers

Answers = Mapping[str, Any]
Dates = Mapping[str, date]

RELATIVE_TO = r"^(answer:)?[a-z][a-z0-9_]{0,63}(\.[a-z][a-z0-9_]{0,63})?$"
FARTHEST_MONTHS = 240
FARTHEST_DAYS = 7300
MOST_JOINED = 30


class RelativeDate(Part):
    """A day counted from another one: a date of the cohort, of the relationship, or one that a person answered."""

    from_: Annotated[str, Field(alias="from", pattern=RELATIVE_TO), Refers("date")]
    months: Annotated[int, Field(ge=-FARTHEST_MONTHS, le=FARTHEST_MONTHS)] = 0
    days: Annotated[int, Field(ge=-FARTHEST_DAYS, le=FARTHEST_DAYS)] = 0

    @property
    def question(self) -> str | None:
        """Name the question whose answer this day is counted from, if it is one."""
        return self.from_.removeprefix("answer:") if self.from_.startswith("answer:") else None

    def resolve(self, dates: Dates, answers: Answers | None = None) -> date | None:
        """Find the day, or nothing while what it is counted from is not known."""
        asked = self.question
        origin = as_date((answers or {}).get(asked)) if asked else dates.get(self.from_)
        return None if origin is None else add_days(add_months(origin, self.months), self.days)


def add_months(day: date, months: int) -> date:
    """Count months from a day; the 31st falls back to the last day of a shorter month.

    Outside the years 1 to 9999 the first or the last day there is stands for all others.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return date.min if year < MINYEAR else date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_days(day: date, days: int) -> date:
    """Count days from a day, within the years 1 to 9999."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.min if days < 0 else date.max


def _scalar(value: Any) -> Any:
    if isinstance(value, str | int | float | bool):
        return value
    raise PydanticCustomError("scalar", "write one value: a text, a number, true or false")


Scalar = Annotated[
    Any,
    GetPydanticSchema(lambda _source, _handler: core_schema.no_info_plain_validator_function(_scalar)),
    WithJsonSchema({"type": ["string", "number", "boolean"]}),
]


def _moment(value: Any) -> Any:
    if isinstance(value, RelativeDate):
        return value
    if isinstance(value, dict):
        try:
            return RelativeDate.model_validate(value)
        except ValidationError as error:
            raise PydanticCustomError("moment", "write a date as YYYY-MM-DD, or {from: cohort_starts, months: …}") from error
    if as_date(value) is not None:
        return value
    raise PydanticCustomError("moment", "write a date as YYYY-MM-DD, or {from: cohort_starts, months: …}")


Moment = Annotated[
    Any,
    GetPydanticSchema(
        lambda _source, _handler: core_schema.no_info_plain_validator_function(
            _moment,
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda value: value.model_dump(by_alias=True) if isinstance(value, RelativeDate) else value
            ),
        )
    ),
    WithJsonSchema({"anyOf": [{"type": "string", "format": "date"}, RelativeDate.model_json_schema()]}),
]


def _amount(value: Any) -> Any:
    if isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value):
        return value
    raise PydanticCustomError("amount", "write a number")


Amount = Annotated[
    int | float,
    GetPydanticSchema(lambda _source, _handler: core_schema.no_info_plain_validator_function(_amount)),
    WithJsonSchema({"type": "number"}),
]


class Rule(Part):
    """One condition: a test of one answer, or several conditions joined."""

    TESTS: ClassVar = ("is_", "one_of", "includes", "at_least", "at_most", "before", "after", "within_years", "answered")

    question: Reference | None = None
    is_: Annotated[Scalar, Field(alias="is")] = None
    one_of: Many[Scalar] | None = None
    includes: Scalar = None
    at_least: Amount | None = None
    at_most: Amount | None = None
    before: Moment = None
    after: Moment = None
    within_years: Annotated[int, Field(ge=1, le=100)] | None = None
    of: Annotated[str, Field(pattern=RELATIVE_TO)] | None = None
    answered: bool | None = None
    all_: Annotated["Many[Rule] | None", Field(alias="all", max_length=MOST_JOINED)] = None
    any_: Annotated["Many[Rule] | None", Field(alias="any", max_length=MOST_JOINED)] = None
    not_: Annotated["Rule | None", Field(alias="not")] = None

    @model_validator(mode="after")
    def _one_shape(self) -> "Rule":
        joined = [name for name in ("all_", "any_", "not_") if getattr(self, name) is not None]
        tests = self.tests
        if len(joined) + (self.question is not None) != 1:
            raise PydanticCustomError("rule_shape", "write either a question with its test, or one of all, any, not")
        if self.question is not None and len(tests) != 1:
            raise PydanticCustomError("rule_tests", "write exactly one test for the question")
        if joined and tests:
            raise PydanticCustomError("rule_shape", "write either a question with its test, or one of all, any, not")
        if (self.within_years is None) != (self.of is None):
            raise PydanticCustomError("rule_within", "within_years and of go together")
        if self.all_ == () or self.any_ == () or self.one_of == ():
            raise PydanticCustomError("rule_empty", "write at least one item")
        return self

    @property
    def tests(self) -> tuple[str, ...]:
        """Name the tests that this rule states of its question."""
        return tuple(name for name in self.TESTS if getattr(self, name) is not None)

    def parts(self) -> Iterator["Rule"]:
        """Walk this rule and every rule inside it."""
        yield self
        for inner in (*(self.all_ or ()), *(self.any_ or ()), *((self.not_,) if self.not_ else ())):
            yield from inner.parts()

    @property
    def questions(self) -> tuple[str, ...]:
        """Name the questions whose answers this rule reads, each once."""
        return tuple(dict.fromkeys(rule.question for rule in self.parts() if rule.question))


def holds(rule: Rule, answers: Answers, dates: Dates | None = None) -> bool:
    """Say whether the answers meet the rule. A question without an answer meets no test but `answered: false`."""
    if rule.all_ is not None:
        return all(holds(inner, answers, dates) for inner in rule.all_)
    if rule.any_ is not None:
        return any(holds(inner, answers, dates) for inner in rule.any_)
    if rule.not_ is not None:
        return not holds(rule.not_, answers, dates)
    return _meets(rule, answers.get(rule.question or ""), answers, dates or {})


def _meets(rule: Rule, answer: Any, answers: Answers, dates: Dates) -> bool:
    given = is_answered(answer)
    if rule.answered is not None:
        return given is rule.answered
    if not given:
        return False
    if rule.is_ is not None:
        return coded(answer) == [rule.is_]
    if rule.one_of is not None:
        return any(value in rule.one_of for value in coded(answer))
    if rule.includes is not None:
        return rule.includes in coded(answer)
    if rule.at_least is not None or rule.at_most is not None:
        return _within_amounts(rule, as_number(answer))
    return _within_dates(rule, as_date(answer), answers, dates)


def _within_amounts(rule: Rule, number: Decimal | None) -> bool:
    if number is None:
        return False
    if rule.at_least is not None:
        return number >= Decimal(str(rule.at_least))
    return number <= Decimal(str(rule.at_most))


def _within_dates(rule: Rule, day: date | None, answers: Answers, dates: Dates) -> bool:
    if day is None:
        return False
    if rule.within_years is not None:
        origin = RelativeDate.model_validate({"from": rule.of}).resolve(dates, answers)
        if origin is None:
            return False
        months = rule.within_years * 12
        return add_months(origin, -months) <= day <= add_months(origin, months)
    limit = rule.before if rule.before is not None else rule.after
    bound = limit.resolve(dates, answers) if isinstance(limit, RelativeDate) else as_date(limit)
    if bound is None:
        return False
    return day < bound if rule.before is not None else day > bound


def is_answered(answer: Any) -> bool:
    """Tell an answer from an empty field; "I prefer not to say" is an answer."""
    return answer is not None and answer not in ("", [], {})


def coded(answer: Any) -> list[Any]:
    """List the values of an answer; what a person typed beside the options counts as `another`."""
    values = answer if isinstance(answer, list) else [answer]
    return ["another" if isinstance(value, dict) else value for value in values]


def as_number(answer: Any) -> Decimal | None:
    """Read a number from a JSON answer."""
    if isinstance(answer, bool) or not isinstance(answer, str | int | float):
        return None
    try:
        number = Decimal(str(answer))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def as_date(answer: Any) -> date | None:
    """Read a date written YYYY-MM-DD from a JSON answer."""
    if not isinstance(answer, str) or len(answer) != 10:
        return None
    try:
        return date.fromisoformat(answer)
    except ValueError:
        return None
