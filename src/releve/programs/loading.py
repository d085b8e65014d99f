"""Read a program definition: YAML with its lines → frozen objects, or everything that is wrong with it."""

import json
from functools import lru_cache
from pathlib import Path as FilePath

from pydantic import ValidationError

from .definition import Definition
from .problems import DefinitionErrors, Problem
from .shapes import shape_problems
from .yaml_tree import Node, read_tree


def load(source: str | FilePath) -> Definition:
    """Read a definition from its text or its file; the same text is read once.

    Raises: DefinitionErrors with every problem found.
    """
    return _load(read_file(source) if isinstance(source, FilePath) else source)


def read_file(path: FilePath) -> str:
    """Read the text of a definition file. Raises: DefinitionErrors when it is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise DefinitionErrors([Problem("not_utf8", ())]) from error


@lru_cache(maxsize=64)
def _load(text: str) -> Definition:
    tree = read_tree(text)
    return parse(tree)


@lru_cache(maxsize=64)
def load_frozen(canonical: str) -> Definition:
    """Read back the canonical JSON of a definition that was found sound when it was frozen."""
    return Definition.model_validate(json.loads(canonical))


def parse(tree: Node) -> Definition:
    """Turn a tree into a definition. Raises: DefinitionErrors."""
    lines = dict(tree.lines())
    plain = tree.plain()
    try:
        return Definition.model_validate(plain)
    except ValidationError as error:
        raise DefinitionErrors(shape_problems(error, plain, lines)) from error
