"""Turn what a person typed into a plain answer: words into numbers, boxes into lists.

Reading never judges an answer: lengths, limits and options are looked at in `check.py`.
"""

import calendar
import re
from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from .definition import PREFER_NOT, Question

YES, NO = "yes", "no"
LARGEST = 100_000  # characters; what is longer is no answer to a question, and no draft keeps it
UNTYPED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
SPACES = str.maketrans("", "", " \u00a0\u202f\u2009\u200a\u2060\ufeff'’")
NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:[.,][0-9]{1,10})?")
GROUPED = {",": re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+"), ".": re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+")}
ISO_DATE = re.compile(r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})")
SPOKEN_DATE = re.compile(r"(?P<day>[0-9]{1,2})[-/. ](?P<month>[0-9]{1,2})(?:[-/. ](?P<year>[0-9]{2,4}))?")
EARLIEST_YEAR, LATEST_YEAR = 1900, 2199


class UnreadableError(ValueError):
    """What was typed cannot be read; carries the sentence that says so."""


def clean_text(text: str) -> str:
    """Take out what no keyboard types (NUL, control characters), and space at both ends."""
    return UNTYPED.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def read(question: Question, typed: Any) -> Any:
    """Read the answer to one question from the value of its field; None when nothing was answered.

    Raises: UnreadableError with a sentence in the language in use.
    """
    if isinstance(typed, list | tuple):
        values = [clean_text(str(value)) for value in typed]
        return [value.replace(":", "_") if question.type == "availability" else value for value in values] or None
    text = clean_text("" if typed is None else str(typed))
    if not text:
        return None
    reader = READERS.get(question.type)
    return text if reader is None or text == PREFER_NOT else reader(text)


def read_number(text: str) -> int | str:
    """Read a number with a decimal point or comma: whole numbers as int, others as "3.5"."""
    bare = text.translate(SPACES)
    for mark, pattern in GROUPED.items():  # 1,234.5 as well as 1.234,5
        if pattern.fullmatch(bare):
            bare = bare.replace(mark, "")
    if not NUMBER.fullmatch(bare):
        raise UnreadableError(_("Write a number in digits, for example 12."))
    bare = bare.replace(",", ".").lstrip("+")
    whole, _dot, part = bare.partition(".")
    part = part.rstrip("0")
    if not part:
        return int(whole)
    sign = "-" if whole.startswith("-") else ""
    return f"{sign}{int(whole.lstrip('-'))}.{part}"


def read_date(text: str) -> str:
    """Read YYYY-MM-DD; any other way of writing a day is answered with how to write it."""
    found = ISO_DATE.fullmatch(text)
    if found:
        return _checked_date(int(found["year"]), int(found["month"]), int(found["day"]))
    found = SPOKEN_DATE.fullmatch(text)
    if found and found["year"] and len(found["year"]) == 4:
        _checked_date(int(found["year"]), int(found["month"]), int(found["day"]))
    elif found:
        _checked_date(2000, int(found["month"]), int(found["day"]))  # a leap year: 29/02 may exist
    raise UnreadableError(_("Write the date as year-month-day, for example 2026-03-05 for March 5, 2026."))


def _checked_date(year: int, month: int, day: int) -> str:
    if not 1 <= month <= 12:
        raise UnreadableError(
            _("There is no month %(month)d. Write the date as year-month-day, for example 2026-03-05 for March 5, 2026.") % {"month": month}
        )
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise UnreadableError(_("Check the year: %(year)d is too far away.") % {"year": year})
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise UnreadableError(
            _("There is no day %(day)d in that month: it has %(last)d days. Write the date as year-month-day, for example %(mend)s.")
            % {"day": day, "last": last, "mend": date(year, month, last).isoformat()}
        )
    return date(year, month, day).isoformat()


def _read_scale(text: str) -> Any:
    return int(text) if re.fullmatch(r"-?[0-9]{1,3}", text) else text


def _read_yes_no(text: str) -> Any:
    return {YES: True, NO: False}.get(text, text)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _read_email(text: str) -> str:
    return text.replace("\u00a0", "").strip()


READERS: dict[str, Callable[[str], Any]] = {
    "text": _one_line,
    "phone": _one_line,
    "email": _read_email,
    "number": read_number,
    "date": read_date,
    "scale": _read_scale,
    "yes_no": _read_yes_no,
}
