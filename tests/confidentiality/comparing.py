"""Two courses of events, compared by everything that anybody can see of them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core import mail
from django.db import connections

from tests.confidentiality.crawling import ALIKE, crawl, unconcerned
from tests.confidentiality.dumping import rows, spelled, tables
from tests.confidentiality.world import World

IDENTITY = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}(?![0-9a-f])")
DIGEST = re.compile(r"\b[0-9a-f]{64}\b")
CODE = re.compile(r"\b(?=\d*[A-Z])[A-Z0-9]{12}\b|\bD:\d{14}Z")  # of a statement, and when its paper was made by the clock on the wall
LENGTH = re.compile(r"^Content-Length: \d+$", re.MULTILINE)  # of an archive or a paper, by the random names inside
TOKENS = re.compile(r'(csrftoken=|sessionid=|messages=|name="csrfmiddlewaretoken" value=")[^;"]+')


@dataclass
class Course:
    """What can be seen after one course of events, with everything random masked."""

    data: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    pages: dict[str, dict[str, str]] = field(default_factory=dict)
    letters: list[str] = field(default_factory=list)

    def differences(self, other: "Course") -> list[str]:
        return [
            *_differences("table", self.data, other.data),
            *(f"{who}: {fault}" for who in self.pages for fault in _differences("page", self.pages[who], other.pages[who])),
            *(f"letter: {one}" for one in sorted(set(self.letters) ^ set(other.letters))),
        ]


def _differences(what: str, mine: dict[str, Any], theirs: dict[str, Any]) -> Iterator[str]:
    for name in sorted({*mine, *theirs}):
        if mine.get(name) != theirs.get(name):
            yield f"{what} {name} differs: {_first_difference(mine.get(name), theirs.get(name))}"


def _first_difference(one: Any, other: Any) -> str:
    if one is None or other is None:
        return "exists in one course alone"
    lines = (one.splitlines(), other.splitlines()) if isinstance(one, str) else (one, other)
    found = next(((a, b) for a, b in zip(*lines, strict=False) if a != b), None)
    return f"{found[0]!r} or {found[1]!r}"[:600] if found else f"{len(lines[0])} or {len(lines[1])} lines"


class Observer:
    """Looks at courses that start from one world; what existed at the start keeps its name, what is new loses it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.known = {found.replace("-", "") for _table, row in rows() for cell in row for found in IDENTITY.findall(spelled(cell))}
        self.limits = ALIKE | dict.fromkeys(unconcerned(), 0)
        self.numbers = {(table, str(line[columns.index("id")])) for table, columns, lines in tables() if "id" in columns for line in lines}
        self.digests = {found for _table, row in rows() for cell in row for found in DIGEST.findall(spelled(cell))}

    def masked(self, text: str) -> str:
        text = LENGTH.sub("", TOKENS.sub(r"\1…", text))
        text = DIGEST.sub(lambda found: found[0] if found[0] in self.digests else "digest", text)
        text = IDENTITY.sub(lambda found: found[0] if found[0].replace("-", "") in self.known else "new", text)
        return CODE.sub("code", text)

    def data(self) -> dict[str, list[tuple[str, ...]]]:
        """Copy every table but the sessions, in the order of its rows; of sealed text the length is all that shows."""
        found: dict[str, list[tuple[str, ...]]] = {}
        for table, columns, lines in tables():
            if not table.endswith("django_session") and lines:
                found[table] = [tuple(self._cell(table, *named) for named in zip(columns, line, strict=True)) for line in lines]
        ordered = connections["default"].vendor == "sqlite"
        return found if ordered else {table: sorted(lines) for table, lines in found.items()}

    def _cell(self, table: str, column: str, value: Any) -> str:
        if isinstance(value, bytes | memoryview):
            return f"{len(bytes(value))} bytes"
        if column == "id" and isinstance(value, int) and (table, str(value)) not in self.numbers:
            return "new"  # a number in sequence, which PostgreSQL does not take back with the row
        return self.masked(str(value))

    def pages(self, people: Iterable[str]) -> dict[str, dict[str, str]]:
        seen: dict[str, dict[str, str]] = {}
        for who in people:
            texts = seen.setdefault(who, {})
            language = self.world.people[who].language
            found = crawl(self.world, who, language, limits=self.limits, texts=texts)
            assert len(found.pages) >= 5, who
            seen[who] = {self.masked(address): self.masked(text) for address, text in texts.items()}
        return seen

    def letters(self) -> list[str]:
        parts = ([str(message.to), message.subject, str(message.body), str(message.alternatives)] for message in mail.outbox)
        return [self.masked("\n".join(part)) for part in parts]

    def look(self, people: Iterable[str] = ()) -> Course:
        return Course(self.data(), self.pages(people), self.letters())
