"""The texts of a definition that its coordinator rewrites: where each stands, how it is called, and the definition with it changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy
from pydantic import BaseModel

from releve.core.bilingual import Text

from .definition import Definition
from .definition.whole import Table
from .loading import load_data
from .problems import Path

# The whole program stands beside its lists, under a group of its own.
WHOLE = "program"
GROUPS: dict[str, Promise] = {
    WHOLE: pgettext_lazy("texts of a program", "The program"),
    "public_page": pgettext_lazy("texts of a program", "Public page"),
    "roles": pgettext_lazy("texts of a program", "Roles"),
    "steps": pgettext_lazy("texts of a program", "Steps and tasks"),
    "documents": pgettext_lazy("texts of a program", "Documents"),
    "consents": pgettext_lazy("texts of a program", "Agreements asked at registration"),
    "notices": pgettext_lazy("texts of a program", "Notices"),
    "events": pgettext_lazy("texts of a program", "Events"),
    "check_ins": pgettext_lazy("texts of a program", "Check-ins"),
    "resources": pgettext_lazy("texts of a program", "Outside resources"),
    "credits": pgettext_lazy("texts of a program", "Credits"),
    "certificates": pgettext_lazy("texts of a program", "Certificates"),
}
ALONE = (("name",), ("summary",), ("operator",), ("privacy", "notice"), ("conflict", "advice"))

LABELS: dict[str, Promise] = {
    "advice": pgettext_lazy("text of a program", "Advice in a difficulty"),
    "because": pgettext_lazy("text of a program", "Reason given to those who may not"),
    "body": pgettext_lazy("text of a program", "Text"),
    "button": pgettext_lazy("text of a program", "Button"),
    "category": pgettext_lazy("text of a program", "Category"),
    "help": pgettext_lazy("text of a program", "Help"),
    "name": pgettext_lazy("text of a program", "Name"),
    "notice": pgettext_lazy("text of a program", "Notice about personal information"),
    "operator": pgettext_lazy("text of a program", "Run by"),
    "plural": pgettext_lazy("text of a program", "Name in the plural"),
    "purpose": pgettext_lazy("text of a program", "What it is for"),
    "statement": pgettext_lazy("text of a program", "Sentence of the statement"),
    "subject": pgettext_lazy("text of a program", "Subject"),
    "summary": pgettext_lazy("text of a program", "In a few words"),
    "text": pgettext_lazy("text of a program", "Text"),
    "title": pgettext_lazy("text of a program", "Title"),
    "why": pgettext_lazy("text of a program", "Why"),
}
MARKDOWN = frozenset({"body", "text", "notice", "advice"})
LONG = MARKDOWN | {"purpose", "why", "summary", "help", "statement", "because"}
OPTIONAL = frozenset({"why", "button", "help", "operator"})
LONGEST, LONGEST_LINE = 20_000, 300


@dataclass(frozen=True)
class Place:
    """One text: its name within the part, where it stands in the definition, and what it says now.

    `heading` names the task or the row that it belongs to, in the author's own words.
    """

    key: str
    path: Path
    label: str
    text: Text
    heading: str = ""

    @property
    def last(self) -> str:
        return str(self.path[-1])

    @property
    def is_cell(self) -> bool:
        return "table" in self.path

    @property
    def is_long(self) -> bool:
        return self.last in LONG or self.is_cell

    @property
    def is_markdown(self) -> bool:
        return self.last in MARKDOWN

    @property
    def is_optional(self) -> bool:
        return self.last in OPTIONAL

    @property
    def longest(self) -> int:
        return LONGEST if self.is_markdown else 2_000 if self.is_long else LONGEST_LINE


@dataclass(frozen=True)
class EditablePart:
    """A part of a definition whose texts are rewritten together."""

    group: str
    id: str
    title: str
    places: tuple[Place, ...]

    def text(self, key: str) -> Text:
        """Find what a text says; empty when the part has no such text."""
        return next((place.text for place in self.places if place.key == key), Text())


def editable_parts(definition: Definition) -> dict[str, list[EditablePart]]:
    """List what a coordinator rewrites, group by group; groups without texts are left out."""
    found = {group: list(_parts(definition, group)) for group in GROUPS}
    return {group: parts for group, parts in found.items() if parts}


def editable_part(definition: Definition, group: str, part_id: str) -> EditablePart | None:
    """Find one part; letters and contacts are found too, though they have pages of their own."""
    return next((part for part in _parts(definition, group) if part.id == part_id), None)


def with_values(definition: Definition, values: Mapping[Path, Any]) -> Definition:
    """Write a definition with some of its values replaced; an empty text is taken out. Raises: DefinitionErrors."""
    data = definition.as_data()
    for path, value in values.items():
        holder = _holder(data, path[:-1])
        if isinstance(value, Text):
            value = value.as_data() if value else None
        if value is None:
            holder.pop(path[-1], None)
        else:
            holder[path[-1]] = value
    return load_data(data)


def _holder(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


def _parts(definition: Definition, group: str) -> Iterator[EditablePart]:
    if group == WHOLE:
        yield EditablePart(WHOLE, WHOLE, str(definition.name), tuple(_alone(definition)))
    elif group in GROUPS or group in ("letters", "contacts"):
        for index, item in enumerate(getattr(definition, group)):
            places = tuple(_places(item, (group, index), "", ""))
            yield EditablePart(group, item.id, _title(item), places)


def _alone(definition: Definition) -> Iterator[Place]:
    for path in ALONE:
        value: Any = definition
        for name in path:
            value = getattr(value, name)
        yield Place(".".join(path), path, str(LABELS[path[-1]]), value or Text())


def _title(item: Any) -> str:
    named = getattr(item, "title", None) or getattr(item, "name", None) or getattr(item, "subject", None) or getattr(item, "body", None)
    return str(named or getattr(item, "text", None) or item.id)


def _places(part: BaseModel, path: Path, key: str, heading: str) -> Iterator[Place]:
    """Walk every text of a part, those of the parts inside it under their own heading."""
    for name in type(part).model_fields:
        value = getattr(part, name)
        here, inner = (*path, name), f"{key}.{name}" if key else name
        if isinstance(value, Text) or (value is None and name in OPTIONAL):
            yield Place(inner, here, str(LABELS[name]), value or Text(), heading)
        elif isinstance(value, Table):
            yield from _cells(value, here, inner)
        elif isinstance(value, BaseModel):
            yield from _places(value, here, inner, heading)
        elif isinstance(value, tuple):
            for index, item in enumerate(value):
                if hasattr(item, "id"):
                    yield from _places(item, (*here, index), f"{inner}.{item.id}", _title(item))


def _cells(table: Table, path: Path, key: str) -> Iterator[Place]:
    """Walk a comparison row by row; each cell is called by its row and its column."""
    columns = table.columns
    for index, column in enumerate(columns):
        label = _("Column %(number)d") % {"number": index + 1}
        yield Place(f"{key}.columns.{index}", (*path, "columns", index), label, column, pgettext("table", "Columns"))
    for number, row in enumerate(table.rows):
        for index, cell in enumerate(row):
            label = str(columns[index]) if index else pgettext("table", "Name of the row")
            yield Place(f"{key}.rows.{number}.{index}", (*path, "rows", number, index), label, cell, str(row[0]))
