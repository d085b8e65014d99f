"""Write values into a form of a page that is rendered already, as a browser would hold them."""

import re
from collections import Counter
from dataclasses import dataclass
from html import escape, unescape

from django.conf import settings
from django.http import QueryDict

from .typed import CARRIED, CSRF, SECRET

ATTRIBUTES = r"""(?:[^<>"']|"[^"]*"|'[^']*')*"""
FORM = re.compile(rf"<form\b({ATTRIBUTES})>(.*?)</form>", re.DOTALL)
TAG = re.compile(rf"<(/?)(input|select|option|textarea|button)\b({ATTRIBUTES})>")
ATTRIBUTE = re.compile(r"""([^\s"'>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")
LANGUAGE = re.compile(rf"/({'|'.join(code for code, _name in settings.LANGUAGES)})(?=/)")
UNTYPED = frozenset({"hidden", "submit", "button", "reset", "image", "file", "password"})
VERSIONS = re.compile("revision$|base$")  # what a form says about the text it began from, not about whom it concerns

Attributes = dict[str, str | None]


@dataclass(frozen=True)
class Found:
    """One form of a page: where it starts and ends, its own attributes, and what is between its tags."""

    start: int
    end: int
    attributes: Attributes
    body: str

    @property
    def is_posted(self) -> bool:
        return (self.attributes.get("method") or "").lower() == "post"

    def tags(self, *names: str) -> list[Attributes]:
        return [_attributes(tag[3]) for tag in TAG.finditer(self.body) if not tag[1] and tag[2] in names]

    @property
    def takes_words(self) -> bool:
        """Say whether somebody can type or choose something in it."""
        inputs = [attributes.get("type") or "text" for attributes in self.tags("input")]
        return bool(self.tags("textarea", "select")) or any(kind not in UNTYPED for kind in inputs)

    @property
    def shows_again(self) -> bool:
        """Say whether it only holds what was typed elsewhere."""
        return any(field.get("name") == CARRIED for field in self.tags("input"))

    @property
    def first_button(self) -> Attributes | None:
        """Return the button that the Enter key presses."""
        return next((button for button in self.tags("button") if (button.get("type") or "submit") == "submit"), None)


def forms_of(page: str) -> list[Found]:
    """List the forms of a page, in order."""
    return [Found(form.start(), form.end(), _attributes(form[1]), form[2]) for form in FORM.finditer(page)]


def filled(page: str, values: QueryDict, *, sent_to: str, here: str) -> str | None:
    """Return a page with values in the form that would be sent to an address; None when it has no such form.

    Nothing secret is written, and a hidden field only tells forms apart or says which version was begun from.
    """
    for form in forms_of(page):
        if form.is_posted and _same_address(form.attributes.get("action") or here, sent_to) and _concerns_the_same(form, values):
            opening = _tag("form", form.attributes | {"data-carried": ""})
            return f"{page[: form.start]}{opening}{_fill(form.body, values)}</form>{page[form.end :]}"
    return None


def _same_address(one: str, other: str) -> bool:
    """Compare two addresses whatever their language and their query."""
    one, other = (LANGUAGE.sub("", unescape(address).partition("?")[0], count=1) for address in (one, other))
    return one == other


def _concerns_the_same(form: Found, values: QueryDict) -> bool:
    hidden = [field for field in form.tags("input") if field.get("type") == "hidden" and field.get("name") not in {None, CSRF, CARRIED}]
    telling = [field for field in hidden if not VERSIONS.search(str(field["name"])) and not field.get("disabled")]
    return all(unescape(field.get("value") or "") in values.getlist(str(field["name"]), [""]) for field in telling)


def _fill(body: str, values: QueryDict) -> str:
    """Write the values between the tags of one form; fields of one name take their values in order."""
    out, position, chosen = [], 0, None
    seen: Counter[str] = Counter()
    for tag in TAG.finditer(body):
        if tag.start() < position:
            continue  # within a text that was just replaced
        out.append(body[position : tag.start()])
        text, position, attributes = tag[0], tag.end(), _attributes(tag[3])
        name, kind = unescape(attributes.get("name") or ""), tag[2]
        if kind == "select":
            chosen = None if tag[1] or name not in values else name
        elif kind == "option" and chosen and not tag[1]:
            value = attributes["value"] if "value" in attributes else body[position : body.find("<", position)].strip()
            text = _tag(kind, _marked(attributes, "selected", unescape(value or "") in values.getlist(chosen)))
        elif kind == "input":
            text = _tag(kind, _input(attributes, name, values, seen))
        elif kind == "textarea" and not tag[1] and name in values and not SECRET.search(name):
            position = body.find("</textarea>", position)
            text = f"{text}\n{escape(_next(values, name, seen))}"
        out.append(text)
    return "".join([*out, body[position:]])


def _input(attributes: Attributes, name: str, values: QueryDict, seen: Counter[str]) -> Attributes:
    kind = (attributes.get("type") or "text").lower()
    if not name or name == CSRF or SECRET.search(name) or "disabled" in attributes:
        return attributes
    if kind in {"checkbox", "radio"}:
        return _marked(attributes, "checked", unescape(attributes.get("value") or "on") in values.getlist(name))
    if name not in values or (kind in UNTYPED and not (kind == "hidden" and VERSIONS.search(name))):
        return attributes
    return attributes | {"value": escape(_next(values, name, seen))}


def _next(values: QueryDict, name: str, seen: Counter[str]) -> str:
    given = values.getlist(name)
    seen[name] += 1
    return str(given[min(seen[name], len(given)) - 1])


def _marked(attributes: Attributes, mark: str, wanted: bool) -> Attributes:
    others = {name: value for name, value in attributes.items() if name != mark}
    return others | {mark: None} if wanted else others


def _attributes(written: str) -> Attributes:
    """Read attributes as they are written: their values stay escaped; one without a value is None."""
    return {found[1].lower(): None if found[2] is None else found[2].strip("\"'") for found in ATTRIBUTE.finditer(written)}


def _tag(name: str, attributes: Attributes) -> str:
    written = "".join(f" {key}" if value is None else f' {key}="{value}"' for key, value in attributes.items())
    return f"<{name}{written}>"
