"""Read a program definition: YAML with its lines → frozen objects, or everything that is wrong with it."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError

from .children import resolve
from .definition import Definition
from .problems import DefinitionErrors, Path, Problem
from .shapes import line_of, shape_problems
from .soundness import problems_with
from .yaml_tree import Node, read_file, read_tree

# Characters that no author types, no page shows and no database keeps.
HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

FindParent = Callable[[str, int], Definition | None]


def load(source: str | FilePath, *, find_parent: FindParent | None = None) -> Definition:
    """Read a definition from its text or its file; the same text is read once.

    `find_parent(id, version)` finds the definition that a child starts from.
    Raises: DefinitionErrors with every problem found.
    """
    text = read_file(source) if isinstance(source, FilePath) else source
    return _load(text) if find_parent is None else parse(read_tree(text), find_parent=find_parent)


def load_data(data: Mapping[str, Any]) -> Definition:
    """Check plain data, such as `definition.as_data()` with some of it changed. Raises: DefinitionErrors without lines."""
    return parse(Node.of(data))


@lru_cache(maxsize=64)
def load_frozen(canonical: str) -> Definition:
    """Read back the canonical JSON of a definition that was found sound when it was frozen."""
    return Definition.model_validate(json.loads(canonical))


@lru_cache(maxsize=64)
def _load(text: str) -> Definition:
    return parse(read_tree(text))


def parse(tree: Node, *, find_parent: FindParent | None = None) -> Definition:
    """Turn a tree into a sound definition. Raises: DefinitionErrors."""
    if hidden := list(_hidden(tree)):
        raise DefinitionErrors(hidden)
    tree = _with_parent(tree, find_parent)
    lines = dict(tree.lines())
    try:
        definition = Definition.model_validate(tree.plain())
    except ValidationError as error:
        raise DefinitionErrors(shape_problems(error, lines, Definition)) from error
    if problems := problems_with(definition):
        raise DefinitionErrors(replace(problem, line=line_of(problem.path, lines)) for problem in problems)
    return definition


def _hidden(node: Node, path: Path = ()) -> Iterator[Problem]:
    if isinstance(node.value, str) and (found := HIDDEN.search(node.value)):
        yield Problem("yaml_hidden_character", path, {"code": f"U+{ord(found.group()):04X}"}, node.line)
    for key, inner in node.children():
        yield from _hidden(inner, (*path, key))


def _with_parent(tree: Node, find_parent: FindParent | None) -> Node:
    """Join a child with its parent; a resolved definition keeps the note of where it comes from and needs no parent."""
    wanted = tree.value.get("child_of")
    written = wanted.plain() if wanted else None
    if find_parent is None or not isinstance(written, dict):
        return tree
    parent_id, version = written.get("id"), written.get("version")
    parent = find_parent(parent_id, version) if isinstance(parent_id, str) and isinstance(version, int) else None
    if parent is None:
        values = {"id": str(parent_id), "version": str(version)}
        raise DefinitionErrors([Problem("parent_unknown", ("child_of",), values, wanted.line)])
    return resolve(tree, Node.of(parent.as_data()))
