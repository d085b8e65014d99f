"""What is wrong with a set of answers: all of it, each said beside its question.

Pages, the import of spreadsheets and `actions.submit` share these checks.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .conditions import Dates, as_number, holds, is_answered
from .definition import ANOTHER, PREFER_NOT, SLOTS, Form, Question
from .reading import NUMBER, UnreadableError, read_date, read_number

LENGTHS = {"text": 300, "long_text": 20_000, "email": 254, "phone": 40}
ANOTHER_LENGTH = 300
PHONE_DIGITS = range(7, 21)


class Problem(NamedTuple):
    """One thing to mend, in the language in use."""

    question_id: str
    message: str


def problems_with_answers(
    form: Form,
    answers: Mapping[str, Any],
    role: str | None = None,
    *,
    dates: Dates | None = None,
    ignore_required: bool = False,
) -> list[Problem]:
    """List everything that is wrong with the answers of one person in one role.

    Answers to questions that are not asked of them are no problem: `asked_answers` leaves them out.
    Without a role, questions for certain roles may be answered and need not be.
    """
    known = {question.id for question in form.flat}
    problems = [Problem(name, _("This question is not part of the form.")) for name in answers if name not in known]
    for question in asked(form, answers, role, dates):
        answer = answers.get(question.id)
        if is_answered(answer):
            problems += [Problem(question.id, message) for message in problems_with_answer(question, answer)]
        elif question.required and not ignore_required and (role is not None or not question.roles):
            problems.append(Problem(question.id, _needed(question)))
    return problems


def asked(form: Form, answers: Mapping[str, Any], role: str | None = None, dates: Dates | None = None) -> list[Question]:
    """List the questions that call for an answer, given the others. Order: the form's."""
    kept = dict(answers)
    while True:
        closed = {question.id for question, conditions in walk(form) if not _is_open(question, conditions, kept, role, dates)}
        if not closed & kept.keys():
            return [question for question in form.flat if question.id not in closed]
        kept = {name: answer for name, answer in kept.items() if name not in closed}


def asked_answers(form: Form, answers: Mapping[str, Any], role: str | None = None, dates: Dates | None = None) -> dict[str, Any]:
    """Keep the answers to questions that are asked of this person, in the form's order."""
    questions = asked(form, answers, role, dates)
    return {question.id: answers[question.id] for question in questions if is_answered(answers.get(question.id))}


def walk(form: Form) -> Iterator[tuple[Question, tuple[Question, ...]]]:
    """Go through the questions that take an answer, each with the groups around it."""
    yield from _walk(form.questions, ())


def _walk(questions: tuple[Question, ...], groups: tuple[Question, ...]) -> Iterator[tuple[Question, tuple[Question, ...]]]:
    for question in questions:
        if question.type == "group":
            yield from _walk(question.questions, (*groups, question))
        else:
            yield question, groups


def _is_open(question: Question, groups: tuple[Question, ...], answers: Mapping[str, Any], role: str | None, dates: Dates | None) -> bool:
    return all(
        part.applies_to(role) and (part.enable_when is None or holds(part.enable_when, answers, dates)) for part in (*groups, question)
    )


def _needed(question: Question) -> str:
    if question.type in {"choice", "yes_no", "scale"}:
        return _("Choose one answer.")
    if question.type in {"choices", "availability"}:
        return _("Choose at least one answer.")
    return _("Answer this question.")


def problems_with_answer(question: Question, answer: Any) -> list[str]:
    """List what is wrong with one answer, in whole sentences."""
    if answer == PREFER_NOT and question.prefer_not:
        return []
    return CHECKS[question.type](question, answer)


def length_of(question: Question) -> int:
    """Say how many characters fit in the answer to a question in words."""
    return question.max_length or LENGTHS.get(question.type, ANOTHER_LENGTH)


def too_long(text: str, most: int) -> list[str]:
    """Say by how much a text passes its length, if it does."""
    if len(text) <= most:
        return []
    sentence = ngettext(
        "This text has %(length)s characters, and %(most)s fit here: take out %(excess)s character.",
        "This text has %(length)s characters, and %(most)s fit here: take out %(excess)s characters.",
        len(text) - most,
    )
    return [sentence % {"length": _count(len(text)), "most": _count(most), "excess": _count(len(text) - most)}]


def _count(number: int | float | Decimal) -> str:
    whole = int(number)
    return number_format(whole if whole == number else number, force_grouping=True)


def _check_text(question: Question, answer: Any) -> list[str]:
    if not isinstance(answer, str):
        return [_("Write this answer in words.")]
    return too_long(answer, length_of(question))


def _check_email(question: Question, answer: Any) -> list[str]:
    problems = _check_text(question, answer)
    if problems:
        return problems
    try:
        validate_email(answer)
    except ValidationError:
        return [_("Write one complete email address, for example name@example.org.")]
    return []


def _check_phone(question: Question, answer: Any) -> list[str]:
    problems = _check_text(question, answer)
    if problems:
        return problems
    digits = sum(sign in "0123456789" for sign in answer)
    words = "".join(sign for sign in answer.casefold() if sign.isalpha())
    if digits not in PHONE_DIGITS or words not in {"", "x", "ext", "poste", "extension"}:
        return [_("Write a telephone number with its area code, for example 418 555-0123.")]
    return []


def _check_number(question: Question, answer: Any) -> list[str]:
    number = as_number(answer)
    if number is None or not NUMBER.fullmatch(str(answer)):  # 1e400 is a number nobody means
        return [_unreadable(read_number, answer)]
    step = Decimal(str(question.step or 1))
    origin = Decimal(str(question.least or 0))
    if not within(question, number):
        return [_limits(question)]
    if (number - origin) % step:
        if step == 1:
            return [_("Write a whole number.")]
        return [_("Write a number in steps of %(step)s.") % {"step": _count(step)}]
    return []


def within(question: Question, number: Decimal) -> bool:
    """Say whether a number keeps the limits of its question."""
    least, most = question.least, question.most
    return (least is None or number >= Decimal(str(least))) and (most is None or number <= Decimal(str(most)))


def _limits(question: Question) -> str:
    least = None if question.least is None else _count(question.least)
    most = None if question.most is None else _count(question.most)
    if least is not None and most is not None:
        return _("Write a number from %(least)s to %(most)s.") % {"least": least, "most": most}
    if least is not None:
        return _("Write %(least)s or a larger number.") % {"least": least}
    return _("Write %(most)s or a smaller number.") % {"most": most}


def _unreadable(reader: Any, answer: Any) -> str:
    try:
        reader(str(answer)[:60])
    except UnreadableError as error:
        return str(error)
    return _("Write this answer again.")


def _check_date(question: Question, answer: Any) -> list[str]:
    try:
        if isinstance(answer, str) and date.fromisoformat(answer).isoformat() == read_date(answer):
            return []
    except ValueError:
        pass
    return [_unreadable(read_date, answer)]


def _check_yes_no(question: Question, answer: Any) -> list[str]:
    return [] if isinstance(answer, bool) else [_("Choose yes or no.")]


def _check_scale(question: Question, answer: Any) -> list[str]:
    points = question.scale.points if question.scale else range(1, 6)
    if isinstance(answer, int) and not isinstance(answer, bool) and answer in points:
        return []
    return [_("Choose a number from %(least)s to %(most)s.") % {"least": points[0], "most": points[-1]}]


def _check_choice(question: Question, answer: Any) -> list[str]:
    if isinstance(answer, dict):
        return _check_another(question, answer)
    if isinstance(answer, str) and question.option(answer) is not None:
        return []
    return [_("This answer is not among the choices: choose one of those shown.")]


def _check_another(question: Question, answer: dict[Any, Any]) -> list[str]:
    text = answer.get(ANOTHER)
    if not question.another or set(answer) != {ANOTHER} or not isinstance(text, str):
        return [_("This answer is not among the choices: choose one of those shown.")]
    if not text.strip():
        return [_("Write your other answer, or take out this choice.")]
    return too_long(text, ANOTHER_LENGTH)


def _check_choices(question: Question, answer: Any) -> list[str]:
    if not isinstance(answer, list):
        return [_("Choose among the answers shown.")]
    problems: list[str] = []
    for value in answer:
        alone = value == PREFER_NOT and question.prefer_not
        problems += [message for message in ([] if alone else _check_choice(question, value)) if message not in problems]
    if problems:
        return problems
    coded = [ANOTHER if isinstance(value, dict) else value for value in answer]
    if len(set(coded)) < len(coded):
        return [_("The same answer is chosen twice.")]
    return _alone(question, coded) or _amount(question, len(coded))


def _alone(question: Question, values: list[str]) -> list[str]:
    exclusive = {option.value: str(option.text) for option in question.options if option.exclusive}
    exclusive[PREFER_NOT] = _("I prefer not to say")
    for value in values:
        if value in exclusive and len(values) > 1:
            return [_("“%(choice)s” cannot go with other answers: keep it alone, or take it out.") % {"choice": exclusive[value]}]
    return []


def _amount(question: Question, number: int) -> list[str]:
    if question.most is not None and number > question.most:
        most = int(question.most)
        sentence = ngettext(
            "Choose %(most)s answer at most: you chose %(number)s.", "Choose %(most)s answers at most: you chose %(number)s.", most
        )
        return [sentence % {"most": _count(most), "number": _count(number)}]
    if question.least is not None and number < question.least:
        least = int(question.least)
        sentence = ngettext("Choose at least %(least)s answer.", "Choose at least %(least)s answers.", least)
        return [sentence % {"least": _count(least)}]
    return []


def _check_availability(question: Question, answer: Any) -> list[str]:
    if isinstance(answer, list) and all(isinstance(slot, str) and slot in SLOTS for slot in answer):
        return [] if len(set(answer)) == len(answer) else [_("The same answer is chosen twice.")]
    return [_("One of these moments is not in the week shown: choose among the boxes.")]


CHECKS = {
    "text": _check_text,
    "long_text": _check_text,
    "email": _check_email,
    "phone": _check_phone,
    "number": _check_number,
    "date": _check_date,
    "yes_no": _check_yes_no,
    "scale": _check_scale,
    "choice": _check_choice,
    "choices": _check_choices,
    "availability": _check_availability,
}
