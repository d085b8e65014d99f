"""Read one cell as the answer to one question, and say what is odd about it."""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from releve.people.addresses import normalize_email
from releve.questionnaires.definition import ANOTHER, Question
from releve.questionnaires.reading import UnreadableError, clean_text, read_date, read_number

from .choices import YES_OR_NO, choices_of, slots_in
from .cleaning import tidy

BROKEN_FORMULA = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|N/D|VALEUR!|NOM\?)")
FORMULA = re.compile(r"=|[+\-@][^\s\d].*\(")
LOST = re.compile("\ufffd|(?<=\\w)\\?(?=\\w)")
ADDRESS_IN_NAME = re.compile(r"[^<>]*<([^<>\s]+)>")
TIME_OF_DAY = re.compile(r"[T ]\d{1,2}:\d{2}.*$")


class Remark(NamedTuple):
    """One thing about a cell. Those that block keep the row out until somebody mends the cell."""

    code: str
    facts: dict[str, Any]
    blocks: bool = True


class Reading(NamedTuple):
    """What a cell says; `answer` is None when it says nothing that can be kept."""

    answer: Any
    remarks: list[Remark]


def read_cell(question: Question, cell: str) -> Reading:
    """Read a cell. Lengths, limits and what the form demands are looked at elsewhere, with the whole row."""
    if not tidy(cell):
        return Reading(None, [])
    if BROKEN_FORMULA.fullmatch(cell):
        return Reading(None, [Remark("broken_formula", {"cell": cell})])
    answer, remarks = READERS[question.type](question, cell)
    return Reading(answer, remarks)


def _text(question: Question, cell: str) -> tuple[Any, list[Remark]]:
    text = clean_text(cell) if question.type == "long_text" else tidy(cell)
    remarks = []
    if FORMULA.match(text):
        remarks.append(Remark("formula", {}, blocks=False))
    if question.type != "long_text" and LOST.search(text):
        remarks.append(Remark("lost_character", {}, blocks=False))
    return text, remarks


def _email(_question: Question, cell: str) -> tuple[Any, list[Remark]]:
    return read_email(cell)


def read_email(cell: str) -> tuple[str, list[Remark]]:
    """Read an address as the house compares addresses; “Name <address>” and mailto: are taken off."""
    text = normalize_email(tidy(cell)).removeprefix("mailto:")
    named = ADDRESS_IN_NAME.fullmatch(text)
    address = named[1] if named else text
    try:
        validate_email(address)
    except ValidationError:
        return address, [Remark("malformed_email", {"cell": tidy(cell)[:120]})]
    return address, []


def _number(_question: Question, cell: str) -> tuple[Any, list[Remark]]:
    try:
        return read_number(tidy(cell)), []
    except UnreadableError:
        return None, [Remark("not_a_number", {"cell": tidy(cell)[:60]})]


def _scale(_question: Question, cell: str) -> tuple[Any, list[Remark]]:
    return _number(_question, re.split(r"\s*(?:/|sur|out of)\s*", tidy(cell))[0])


def _date(_question: Question, cell: str) -> tuple[Any, list[Remark]]:
    return read_day(cell)


def read_day(cell: str) -> tuple[str | None, list[Remark]]:
    """Read a day, with or without an hour; the sentence about a day that does not exist comes with it."""
    text = TIME_OF_DAY.sub("", tidy(cell))
    try:
        return read_date(text), []
    except UnreadableError as error:
        return None, [Remark("not_a_date", {"cell": text[:60], "mend": str(error)})]


def _yes_no(_question: Question, cell: str) -> tuple[Any, list[Remark]]:
    value = YES_OR_NO.find(tidy(cell))
    return (value == "yes", []) if value else (None, [Remark("not_yes_or_no", {"cell": tidy(cell)[:60]})])


def _choice(question: Question, cell: str) -> tuple[Any, list[Remark]]:
    value = choices_of(question).find(tidy(cell))
    if value is not None:
        return value, []
    if question.another:
        return {ANOTHER: tidy(cell)}, [_another(tidy(cell))]
    return None, [_unknown(question, tidy(cell))]


def _choices(question: Question, cell: str) -> tuple[Any, list[Remark]]:
    values, unknown = choices_of(question).split(cell)
    if unknown and question.another:
        words = ", ".join(tidy(piece) for piece in unknown)
        return [*values, {ANOTHER: words}], [_another(words)]
    return values, [_unknown(question, tidy(piece)) for piece in unknown]


def _availability(_question: Question, cell: str) -> tuple[Any, list[Remark]]:
    slots, unknown = slots_in(cell)
    return slots, [Remark("unknown_moment", {"cell": tidy(piece)[:60]}) for piece in unknown]


def _another(words: str) -> Remark:
    return Remark("kept_as_another", {"cell": words[:60]}, blocks=False)


def _unknown(question: Question, piece: str) -> Remark:
    nearest = choices_of(question).nearest(piece)
    option = question.option(nearest) if nearest else None
    return Remark("unknown_choice", {"cell": piece[:60], "nearest": option.text if option else None})


READERS: dict[str, Callable[[Question, str], tuple[Any, list[Remark]]]] = {
    "text": _text,
    "long_text": _text,
    "phone": _text,
    "email": _email,
    "number": _number,
    "scale": _scale,
    "date": _date,
    "yes_no": _yes_no,
    "choice": _choice,
    "choices": _choices,
    "availability": _availability,
}
