"""A definition that starts from another: what it says replaces, the rest is its parent's.

Items of lists are matched by their id, so that a child writes only what differs; `remove: true` takes one away.
Single sections (contact, pairing, …) are matched key by key. Everything else is replaced whole.
"""

from collections.abc import Iterator

from .problems import DefinitionErrors, Path, Problem
from .yaml_tree import Node

KEYS = ("id", "value")


def resolve(child: Node, parent: Node) -> Node:
    """Join a child with its parent. Raises: DefinitionErrors when the child removes what is not there."""
    problems: list[Problem] = []
    whole = _mapping(parent, child, (), problems, sections=True)
    if problems:
        raise DefinitionErrors(problems)
    return whole


def _mapping(parent: Node, child: Node, path: Path, problems: list[Problem], *, sections: bool = False) -> Node:
    joined = dict(parent.value)
    for key, node in child.value.items():
        joined[key] = _join(parent.value[key], node, (*path, key), problems, sections) if key in joined else node
    return Node(joined, child.line)


def _join(parent: Node, child: Node, path: Path, problems: list[Problem], section: bool) -> Node:
    if _is_list_of_parts(parent) and _is_list_of_parts(child):
        return _list(parent, child, path, problems)
    if section and isinstance(parent.value, dict) and isinstance(child.value, dict) and not _is_text(parent):
        return _mapping(parent, child, path, problems)
    return child


def _list(parent: Node, child: Node, path: Path, problems: list[Problem]) -> Node:
    joined = {_name(item): item for item in parent.value}
    for index, item in enumerate(child.value):
        name = _name(item)
        removed = item.value.pop("remove", Node(False)).value is True
        if removed and joined.pop(name, None) is None:
            problems.append(Problem("removes_nothing", (*path, index), {"id": name}, item.line))
        elif not removed:
            joined[name] = _mapping(joined[name], item, (*path, index), problems) if name in joined else item
    return Node(list(joined.values()), child.line)


def _is_list_of_parts(node: Node) -> bool:
    return isinstance(node.value, list) and bool(node.value) and all(any(_names(item)) for item in node.value)


def _is_text(node: Node) -> bool:
    return bool(node.value) and set(node.value) <= {"fr", "en"}


def _names(item: Node) -> Iterator[str]:
    if isinstance(item.value, dict):
        yield from (str(item.value[key].value) for key in KEYS if key in item.value)


def _name(item: Node) -> str:
    return next(_names(item))
