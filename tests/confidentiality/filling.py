"""Forms read off a page and filled in, as somebody would who ticks every box and leaves no line empty."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

WRITTEN = {"text", "search", "textarea"}
TICKED = {"checkbox", "radio"}
EXAMPLES = {"date": "2027-06-20", "time": "12:15", "number": "60", "tel": "418 555-0199", "email": "somebody@example.org"}


@dataclass
class Field:
    name: str
    kind: str
    value: str = ""
    checked: bool = False
    options: list[str] = field(default_factory=list)


@dataclass
class Form:
    action: str
    method: str
    fields: list[Field] = field(default_factory=list)

    def filled(self, written: Mapping[str, str], **chosen: str) -> dict[str, list[str]]:
        """Tick every box, take the last of every choice but those given, and write in the lines; the others stay."""
        data: dict[str, list[str]] = {}
        for one in self.fields:
            if one.kind in WRITTEN:
                data[one.name] = [written.get(one.name, one.value)]
            elif one.kind == "radio":
                data[one.name] = [chosen.get(one.name, one.value)]
            elif one.kind == "checkbox":
                data.setdefault(one.name, []).append(one.value)
            elif one.kind == "select":
                data[one.name] = [chosen.get(one.name, one.options[-1] if one.options else "")]
            else:
                data[one.name] = [written.get(one.name) or one.value or EXAMPLES.get(one.kind, "")]
        return data

    @property
    def choices(self) -> dict[str, list[str]]:
        """List what can be chosen in each choice of one."""
        found: dict[str, list[str]] = {}
        for one in self.fields:
            if one.kind == "radio":
                found.setdefault(one.name, []).append(one.value)
            elif one.kind == "select":
                found[one.name] = one.options
        return found

    @property
    def lines(self) -> list[str]:
        return [one.name for one in self.fields if one.kind in WRITTEN]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.open: Form | None = None
        self.inside: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self.links += [said[name] for name in ("href", "hx-get") if said.get(name) and tag != "use"]
        if tag == "form":
            self.open = Form(said.get("action", ""), said.get("method", "get").lower())
            self.forms.append(self.open)
        elif self.open is not None:
            self._field(tag, said)

    def _field(self, tag: str, said: dict[str, str]) -> None:
        if tag == "option" and self.inside:
            self.inside.options.append(said.get("value", ""))
        name = said.get("name", "")
        if not name or "disabled" in said or tag not in {"input", "select", "textarea", "button"}:
            return
        kind = said.get("type", "text") if tag == "input" else tag
        one = Field(name, kind, said.get("value", "on" if kind in TICKED else ""), "checked" in said)
        self.open.fields.append(one)
        self.inside = one if tag in {"select", "textarea"} else None

    def handle_data(self, data: str) -> None:
        if self.inside and self.inside.kind == "textarea":
            self.inside.value += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif tag in {"select", "textarea"}:
            self.inside = None


def read(page: str) -> tuple[list[Form], list[str]]:
    """Return the forms of a page and the addresses it leads to."""
    reader = _Reader()
    reader.feed(page)
    return reader.forms, reader.links


def page_of(response: Any) -> str:
    return response.content.decode() if response.get("Content-Type", "").startswith("text/html") else ""
