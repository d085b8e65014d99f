"""What is wrong with a file, its columns, a cell or a row: a code with its facts; `sentences.py` says it to people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


class UnreadableFile(Exception):
    """A file that holds no table we can or dare to read."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


@dataclass(frozen=True)
class MappingProblem:
    """Why a file cannot be read so; `place` is the column to look at, if it is one."""

    code: str
    place: int | None = None
    other: int | None = None


@dataclass(frozen=True)
class CellProblem:
    """Something to read beside a cell, or beside the whole row. What blocks keeps the row out."""

    code: str
    target: str = ""
    place: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    blocks: bool = True


@dataclass(frozen=True)
class Note:
    """What other rows and known people mean for a row: a code, the rows concerned, what to name."""

    code: str
    rows: tuple[int, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    target: str = ""
    blocks: bool = False

    def as_data(self) -> dict[str, Any]:
        return {"code": self.code, "rows": list(self.rows), "facts": dict(self.facts), "target": self.target, "blocks": self.blocks}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Note":
        return cls(data["code"], tuple(data["rows"]), data["facts"], data["target"], data["blocks"])
