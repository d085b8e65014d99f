"""Read YAML as a tree that remembers its lines, and refuse what is hostile before it grows.

Only the plain part of YAML is read: mappings with text keys, lists, and single values. Anchors, aliases and tags are
refused, so that a small file can neither unfold into a huge one nor name a class.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path as FilePath
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

from .problems import DefinitionErrors, Path, Problem

LARGEST_CHARACTERS = 1_000_000
DEEPEST = 30
MOST_VALUES = 50_000

INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,2})?")
WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}

# What the parser says, and the fault that tells an author what to do about it.
CAUSES = (
    ("cannot start any token", "\\t", "yaml_tab"),
    ("mapping values are not allowed", "", "yaml_colon"),
    ("could not find expected ':'", "", "yaml_key"),
    ("unexpected end of stream", "", "yaml_unclosed"),
    ("expected ',' or", "", "yaml_unclosed"),
    ("while parsing a block", "", "yaml_indentation"),
    ("while scanning a block scalar", "", "yaml_indentation"),
    ("cannot start any token", "", "yaml_character"),
)


@dataclass(slots=True)
class Node:
    """One value of the tree and the line on which it is written."""

    value: Any
    line: int | None = None

    @classmethod
    def of(cls, value: Any) -> "Node":
        """Make a tree of plain data, without lines."""
        if isinstance(value, Mapping):
            return cls({str(key): cls.of(item) for key, item in value.items()})
        return cls([cls.of(item) for item in value]) if isinstance(value, list | tuple) else cls(value)

    def plain(self) -> Any:
        """Give the value without its lines."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    def lines(self, path: Path = ()) -> Iterator[tuple[Path, int | None]]:
        """Walk every path of the tree with its line."""
        yield path, self.line
        for key, node in self.children():
            yield from node.lines((*path, key))

    def children(self) -> Iterator[tuple[str | int, "Node"]]:
        """Walk what a mapping or a list holds."""
        if isinstance(self.value, dict):
            yield from self.value.items()
        elif isinstance(self.value, list):
            yield from enumerate(self.value)


@dataclass
class _Builder:
    """Build the tree from events, one open collection at a time."""

    problems: list[Problem] = field(default_factory=list)
    open: list[tuple[Node, Path]] = field(default_factory=list)
    keys: list[tuple[str, int] | None] = field(default_factory=list)
    root: Node | None = None
    values: int = 0
    documents: int = 0

    def take(self, event: Event) -> None:
        line = event.start_mark.line + 1
        if isinstance(event, DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self.stop("several_documents", line)
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            self.open.pop()
            self.keys.pop()
        elif isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            self.stop("anchor", line)
        elif isinstance(event, ScalarEvent | MappingStartEvent | SequenceStartEvent):
            self._value(event, line)

    def _value(self, event: Event, line: int) -> None:
        if event.tag is not None:
            self.stop("tag", line, tag=str(event.tag).replace("tag:yaml.org,2002:", "!!"))
        if self.open and isinstance(self.open[-1][0].value, dict) and self.keys[-1] is None:
            self._key(event, line)
            return
        self.values += 1
        if self.values > MOST_VALUES:
            self.stop("too_many_values", line, most=str(MOST_VALUES))
        node = Node(_scalar(event) if isinstance(event, ScalarEvent) else _empty(event), line)
        path = self._place(node)
        if not isinstance(event, ScalarEvent):
            if len(self.open) >= DEEPEST:
                self.stop("too_deep", line, most=str(DEEPEST))
            self.open.append((node, path))
            self.keys.append(None)

    def _key(self, event: Event, line: int) -> None:
        if not isinstance(event, ScalarEvent):
            self.stop("key_not_text", line)
        mapping, path = self.open[-1]
        if event.value in mapping.value:
            first = mapping.value[event.value].line
            self.problems.append(Problem("duplicate_key", (*path, event.value), {"key": event.value, "first": str(first)}, line))
        self.keys[-1] = (event.value, line)

    def _place(self, node: Node) -> Path:
        if not self.open:
            self.root = node
            return ()
        parent, path = self.open[-1]
        if isinstance(parent.value, list):
            parent.value.append(node)
            return (*path, len(parent.value) - 1)
        key, node.line = self.keys[-1]
        self.keys[-1] = None
        parent.value[key] = node
        return (*path, key)

    def stop(self, fault: str, line: int, **values: str) -> None:
        path = self.open[-1][1] if self.open else ()
        raise DefinitionErrors([*self.problems, Problem(fault, path, values, line)])


def _empty(event: Event) -> Any:
    return {} if isinstance(event, MappingStartEvent) else []


def _scalar(event: ScalarEvent) -> Any:
    """Read one value by the core rules of YAML 1.2: only true, false, null and numbers are more than text."""
    if event.style is not None:
        return event.value
    if event.value in WORDS:
        return WORDS[event.value]
    if INTEGER.fullmatch(event.value):
        return int(event.value)
    if DECIMAL.fullmatch(event.value):
        return float(event.value)
    return event.value


def read_file(path: FilePath) -> str:
    """Read the text of a file. Raises: DefinitionErrors when it is not UTF-8."""
    return decode(path.read_bytes())


def decode(content: bytes) -> str:
    """Read the text of an uploaded file. Raises: DefinitionErrors when it is not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DefinitionErrors([Problem("not_utf8", ())]) from error


def read_tree(text: str) -> Node:
    """Read YAML text as a tree. Raises: DefinitionErrors."""
    if len(text) > LARGEST_CHARACTERS:
        raise DefinitionErrors([Problem("too_large", (), {"most": str(LARGEST_CHARACTERS // 1000)}, None)])
    builder = _Builder()
    try:
        for event in YAML(typ="safe", pure=True).parse(StringIO(text)):
            builder.take(event)
    except YAMLError as error:
        raise DefinitionErrors([*builder.problems, _syntax_problem(error, text)]) from error
    if builder.root is None or not isinstance(builder.root.value, dict):
        line = builder.root.line if builder.root else None
        builder.problems.append(Problem("not_a_definition", (), {}, line))
    if builder.problems:
        raise DefinitionErrors(builder.problems)
    return builder.root


def _syntax_problem(error: YAMLError, text: str) -> Problem:
    if isinstance(error, ReaderError):
        line = text.count("\n", 0, error.position) + 1
        return Problem("yaml_hidden_character", (), {"code": f"U+{ord(text[error.position]):04X}"}, line)
    if not isinstance(error, MarkedYAMLError):
        return Problem("yaml_syntax", (), {}, None)
    said = f"{error.context} {error.problem}"
    fault = next((name for words, more, name in CAUSES if words in said and more in said), "yaml_syntax")
    marks = (error.context_mark, error.problem_mark) if fault == "yaml_unclosed" else (error.problem_mark, error.context_mark)
    mark = marks[0] or marks[1]
    return Problem(fault, (), {}, mark.line + 1 if mark else None)
