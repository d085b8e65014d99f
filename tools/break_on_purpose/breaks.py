"""The list of what is broken: read from the TOML files of this folder."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


@dataclass(frozen=True)
class Break:
    """One behaviour of the product, and the smallest change that takes it away.

    `text` stands exactly once in `file`; `into` takes its place. `tests` must all fail then.
    """

    requirement: str
    lost: str
    file: str
    text: str
    into: str
    tests: tuple[str, ...]


class TextGone(Exception):
    """The text to break no longer stands exactly once in its file."""


def all_breaks(folder: Path = HERE) -> list[Break]:
    """Return every break. Order: by number of requirement, then as written."""
    found = [
        Break(**one | {"tests": tuple(one["tests"])})
        for path in sorted(folder.glob("*.toml"))
        for one in tomllib.loads(path.read_text(encoding="utf-8"))["break"]
    ]
    return sorted(found, key=lambda one: number_of(one.requirement))


def number_of(requirement: str) -> tuple[int, ...]:
    """Read S1.7 as numbers, so that S1.10 comes after it."""
    return tuple(int(part) for part in re.findall(r"\d+", requirement))


def broken(one: Break, source: str) -> str:
    """Return a file's text with one behaviour taken out.

    Raises: TextGone.
    """
    if source.count(one.text) != 1:
        raise TextGone(f"{one.requirement}: {one.file} holds this {source.count(one.text)} times:\n{one.text}")
    return source.replace(one.text, one.into)
