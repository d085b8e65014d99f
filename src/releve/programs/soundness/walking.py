"""Walk a definition: every part with its path, every name that refers elsewhere, every condition."""

from collections.abc import Iterator
from typing import Annotated, Any, NamedTuple, get_args, get_origin

from pydantic import BaseModel

from releve.programs.definition import Definition, Form, RelativeDate, Rule
from releve.programs.problems import Path
from releve.questionnaires.parts import Refers


class Mention(NamedTuple):
    """A name written somewhere that must be declared elsewhere."""

    kind: str
    value: str
    path: Path


class Condition(NamedTuple):
    """A rule, where it stands, and the form whose questions it reads if it stands in one."""

    rule: Rule
    path: Path
    form: Form | None


def parts(part: BaseModel, path: Path = ()) -> Iterator[tuple[BaseModel, Path]]:
    """Walk a part and every part inside it."""
    yield part, path
    for name, field in type(part).model_fields.items():
        yield from _parts_in(getattr(part, name), (*path, field.alias or name))


def _parts_in(value: Any, path: Path) -> Iterator[tuple[BaseModel, Path]]:
    if isinstance(value, BaseModel):
        yield from parts(value, path)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _parts_in(item, (*path, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _parts_in(item, (*path, key))


def mentions(definition: Definition) -> Iterator[Mention]:
    """Walk every name that refers to something declared elsewhere; those inside conditions are left to `conditions`."""
    for part, path in parts(definition):
        if isinstance(part, Rule):
            continue
        for name, field in type(part).model_fields.items():
            place = (*path, field.alias or name)
            yield from _mentions_in(getattr(part, name), field.annotation, field.metadata, place)


def _mentions_in(value: Any, annotation: Any, metadata: Any, path: Path) -> Iterator[Mention]:
    while get_origin(annotation) is Annotated:
        metadata = (*metadata, *annotation.__metadata__)
        annotation = get_args(annotation)[0]
    arguments = get_args(annotation)
    if type(None) in arguments:
        yield from _mentions_in(value, arguments[0], metadata, path)
    elif isinstance(value, str):
        kind = next((mark.kind for mark in metadata if isinstance(mark, Refers)), None)
        if kind:
            yield Mention(kind, value, path)
    elif isinstance(value, tuple) and get_origin(annotation) is tuple:
        for index, item in enumerate(value):
            yield from _mentions_in(item, arguments[0], (), (*path, index))
    elif isinstance(value, dict) and get_origin(annotation) is dict:
        for key, item in value.items():
            yield from _mentions_in(key, arguments[0], (), (*path, key))
            yield from _mentions_in(item, arguments[1], (), (*path, key))


def conditions(definition: Definition) -> Iterator[Condition]:
    """Walk every whole condition; those inside it belong to it."""
    inside: list[Path] = []
    for part, path in parts(definition):
        if not isinstance(part, Rule) or any(path[: len(outer)] == outer for outer in inside):
            continue
        inside.append(path)
        yield Condition(part, path, definition.forms[path[1]] if path[0] == "forms" else None)


def moments(rule: Rule, path: Path) -> Iterator[tuple[RelativeDate, Path]]:
    """Walk the relative dates of a condition."""
    for part, place in parts(rule, path):
        if isinstance(part, RelativeDate):
            yield part, place
