"""The policy as a coordinator writes it beside two spreadsheets: what columns say, then the engine's own words.

Rules, criteria, locks, bans and facts are the engine's dataclasses, key for key, so that what the engine learns can be
written the same day.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from pydantic import BeforeValidator, Field, ValidationError

from releve.matching.engine import Criterion, Fact, Fault, HardRule, Objective, Pair, Policy, Side
from releve.matching.engine.checks import LARGEST_SEED, MOST_PLACES
from releve.programs.problems import DefinitionErrors, Problem
from releve.programs.shapes import Lines, line_of, shape_problems
from releve.programs.yaml_tree import read_file, read_tree
from releve.questionnaires.parts import MOST_ITEMS, Identifier, Many, Part

from .faults import FilesError, in_policy

MOST_ROWS = 20_000  # of one spreadsheet, unless the policy says otherwise
EVERY_ROW = 1_048_576  # of a spreadsheet program
OWN_ID = "id"  # a question that every person answers: who they are


def _one_or_more(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    return (value,) if isinstance(value, str) else value


Columns = Annotated[tuple[str, ...], Field(strict=False, max_length=MOST_ITEMS), BeforeValidator(_one_or_more)]


class Places(Part):
    """How many partners each person of a side may have; a number above `most` is a slip of the pen, `least` must be given."""

    column: str = ""
    if_empty: Annotated[int, Field(ge=0, le=MOST_PLACES)] | None = None
    each: Annotated[int, Field(ge=0, le=MOST_PLACES)] = 1
    least: Annotated[int, Field(ge=0, le=MOST_PLACES)] = 0
    most: Annotated[int, Field(ge=0, le=MOST_PLACES)] = MOST_PLACES


class WrittenSide(Part):
    """Where a spreadsheet says who is who; `only` keeps the rows whose columns hold one of the given values."""

    id: str
    name: Columns = ()
    places: Places = Places()
    only: dict[str, Columns] = Field(default_factory=dict)
    sheet: str = ""


class WrittenQuestion(Part):
    """What the cells of one column are: `column` for both sides, `mentees` and `mentors` where they differ."""

    type: Literal["choice", "choices", "number", "yes_no", "hours", "position", "ranking", "person"]
    column: Columns = ()
    mentees: Columns = ()
    mentors: Columns = ()
    options: Many[str] = ()
    means: dict[str, Columns] = Field(default_factory=dict)
    separator: Annotated[str, Field(max_length=1)] = ""

    def columns_of(self, side: Side) -> tuple[str, ...]:
        """Name the columns of one side's spreadsheet that hold the answer."""
        return (self.mentees if side == Side.MENTEE else self.mentors) or self.column


class WrittenPolicy(Part):
    """One policy file, whole."""

    format: Literal[1]
    objective: Objective = Objective.BEST_TOTAL
    seed: Annotated[int, Field(ge=0, le=LARGEST_SEED)] = 0
    unreadable: Literal["refuse", "leave_out"] = "refuse"
    most_rows: Annotated[int, Field(ge=1, le=EVERY_ROW)] = MOST_ROWS
    first_day: date | None = None
    mentees: WrittenSide
    mentors: WrittenSide
    questions: dict[Identifier, WrittenQuestion] = Field(default_factory=dict)
    rules: Annotated[tuple[HardRule, ...], Field(max_length=MOST_ITEMS)] = ()
    criteria: Annotated[tuple[Criterion, ...], Field(max_length=MOST_ITEMS)] = ()
    locks: tuple[Pair, ...] = ()
    bans: tuple[Pair, ...] = ()
    facts: tuple[Fact, ...] = ()

    def side(self, side: Side) -> WrittenSide:
        """Give what is written about one side."""
        return self.mentees if side == Side.MENTEE else self.mentors

    @property
    def policy(self) -> Policy:
        """Give the engine's policy."""
        return Policy(criteria=self.criteria, rules=self.rules, objective=self.objective)


@dataclass(frozen=True)
class PolicyFile:
    """A policy with the lines on which it is written."""

    file: str
    written: WrittenPolicy
    lines: Lines

    def fault(self, path: tuple[str | int, ...], code: str, mend: str) -> Fault:
        """Say what is wrong at a path of the policy."""
        where = Problem("", path).where
        return Fault(in_policy(self.file, where, line_of(path, self.lines)), code, mend)


def read_policy(path: Path) -> PolicyFile:
    """Read a policy from its file.

    Raises: FilesError with every fault of its form.
    """
    lines: Mapping[tuple[str | int, ...], int | None] = {}
    try:
        tree = read_tree(read_file(path))
        lines = dict(tree.lines())
        written = WrittenPolicy.model_validate_json(json.dumps(tree.plain()))
    except OSError as error:
        raise FilesError([Fault(path.name, "unreadable_file", _("This file cannot be opened. Check its name and folder."))]) from error
    except DefinitionErrors as error:
        raise FilesError([_fault(path.name, problem) for problem in error.problems]) from error
    except ValidationError as error:
        raise FilesError([_fault(path.name, problem) for problem in shape_problems(error, lines, WrittenPolicy)]) from error
    return PolicyFile(path.name, written, lines)


def _fault(file: str, problem: Problem) -> Fault:
    if problem.fault == "not_a_definition":
        return Fault(file, "not_a_policy", _("This is not a pairing policy. Start it with “format: 1”."))
    language = get_language() or "en"
    said = f"{problem.message(language)} {problem.mend(language)}"
    return Fault(in_policy(file, problem.where, problem.line), problem.fault, said)
