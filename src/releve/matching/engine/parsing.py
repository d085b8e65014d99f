"""Take canonical text apart, piece by piece; every refusal names the path."""

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from enum import StrEnum
from typing import Any, NoReturn, TypeVar

from .faults import Fault, ProblemError

Item = TypeVar("Item")
Reader = Callable[[object, str], Item]
ReaderOfField = Mapping[str, Reader[Any]]


def refuse(path: str, code: str, mend: str) -> NoReturn:
    """Refuse what stands at a path."""
    raise ProblemError([Fault(path, code, mend)])


def form_of(text: str, expected: str) -> dict[str, object]:
    """Take a text of one format apart; the format itself is left out of the form."""
    try:
        form = json.loads(text)
    except (ValueError, RecursionError):  # lists within lists, thousands deep
        refuse("", "not_json", "Give the text as it was written, whole.")
    if not isinstance(form, dict) or form.pop("format", None) != expected:
        refuse("format", "unknown_format", f"Give a text of the format {expected}.")
    return form


def built(kind: type[Item], value: object, path: str, readers: ReaderOfField) -> Item:
    """Build a dataclass from an object whose fields are read each by its reader; nothing unknown, nothing missing."""
    if not isinstance(value, dict):
        refuse(path, "not_an_object", "Give an object with named fields.")
    for name in sorted(value.keys() - readers.keys()):
        refuse(f"{path}.{name}".lstrip("."), "unknown_field", f"Use only: {', '.join(readers)}.")
    required = {field.name for field in fields(kind) if field.default is MISSING and field.default_factory is MISSING}  # type: ignore[arg-type]
    for name in sorted(required - value.keys()):
        refuse(f"{path}.{name}".lstrip("."), "missing_field", "Add it.")
    return kind(**{name: readers[name](content, f"{path}.{name}".lstrip(".")) for name, content in value.items()})


def word(value: object, path: str) -> str:
    """Read a text."""
    if not isinstance(value, str):
        refuse(path, "not_a_text", "Give a text.")
    return value


def number(value: object, path: str) -> int:
    """Read a whole number."""
    if not isinstance(value, int) or isinstance(value, bool):
        refuse(path, "not_a_whole_number", "Give a whole number.")
    return value


def flag(value: object, path: str) -> bool:
    """Read true or false."""
    if not isinstance(value, bool):
        refuse(path, "not_true_or_false", "Give true or false.")
    return value


def one_of(kind: type[StrEnum]) -> Reader[Any]:
    """Read one of the words of an enumeration."""

    def read(value: object, path: str) -> StrEnum:
        text = word(value, path)
        if text not in set(kind):
            refuse(path, "unknown_word", f"Use one of: {', '.join(kind)}.")
        return kind(text)

    return read


def items_of(reader: Reader[Item]) -> Reader[tuple[Item, ...]]:
    """Read a list of things."""

    def read(value: object, path: str) -> tuple[Item, ...]:
        if not isinstance(value, list):
            refuse(path, "not_a_list", "Give a list.")
        return tuple(reader(item, f"{path}[{index}]") for index, item in enumerate(value))

    return read


def set_of(reader: Reader[Item]) -> Reader[frozenset[Item]]:
    """Read a list of things of which the order does not count."""
    return lambda value, path: frozenset(items_of(reader)(value, path))


def row_of(count: int, value: object, path: str) -> list[object]:
    """Read a list of a certain length."""
    if not isinstance(value, list) or len(value) != count:
        refuse(path, "wrong_length", f"Give a list of {count}.")
    return value
