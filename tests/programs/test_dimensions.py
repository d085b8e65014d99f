"""Everything that varies between the ten programs has a place in the definition, and takes what each would write there."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError
from ruamel.yaml import YAML

from releve.programs import blueprints
from releve.programs.definition import Definition
from releve.programs.loading import load
from releve.questionnaires.conditions import RelativeDate, Rule

HERE = Path(__file__).parent
ROWS = YAML(typ="safe", pure=True).load(HERE / "dimensions.yaml")
PROGRAMS = [f"S{number}" for number in range(1, 11)]
WRITTEN = {
    "S1": blueprints.FOLDER / "cchl_quebec.yaml",
    "S5": HERE / "sketches" / "s5.yaml",
    "S6": HERE / "sketches" / "s6.yaml",
    "S8": HERE / "sketches" / "s8.yaml",
}
TABLE = [
    "Operator", "Mentor rule", "Mentee rule", "Other roles", "Proof at entry", "Both roles at once", "Shape", "Mix limit",
    "Pairing mode", "Consent to pair", "Anonymous preview", "Intake", "Runs", "Minimum contact", "Channel", "Who leads",
    "Required documents", "Goal frame", "Training", "Events", "Journals / supervisor", "Programme check-in", "Evaluation",
    "Credit, recognition", "Sensitive data", "Operator sees", "Early end / re-match", "Conflict route", "After the end",
    "Sites / sub-programmes", "Languages", "Yearly carry-over",
]  # fmt: skip

WHOLE = (Rule, RelativeDate)  # written whole in a cell; other parts are written only as far as the row needs


def bare(annotation: Any) -> tuple[Any, list[Any]]:
    """Take "or nothing" and the constraints off a type, and keep the constraints."""
    constraints: list[Any] = []
    while True:
        if get_origin(annotation) is Annotated:
            constraints += annotation.__metadata__
            annotation = get_args(annotation)[0]
        elif type(None) in get_args(annotation):
            annotation = next(choice for choice in get_args(annotation) if choice is not type(None))
        else:
            return annotation, constraints


def is_part(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel) and not issubclass(annotation, WHOLE)


def fields_of(part: type[BaseModel]) -> dict[str, Any]:
    return {field.alias or name: field for name, field in part.model_fields.items()}


def refused(annotation: Any, constraints: list[Any], value: Any, path: str) -> Iterator[str]:
    """List what a definition would refuse of a cell; keys that the cell leaves out are not missed."""
    kind, own = bare(annotation)
    if is_part(kind) and isinstance(value, dict):
        known = fields_of(kind)
        for key, inner in value.items():
            if key not in known:
                yield f"{path}.{key} is no key"
            else:
                yield from refused(known[key].annotation, known[key].metadata, inner, f"{path}.{key}")
    elif get_origin(kind) is tuple and is_part(bare(get_args(kind)[0])[0]) and isinstance(value, list):
        for item in value:
            yield from refused(get_args(kind)[0], [], item, f"{path}[]")
    elif value is not None:
        try:
            TypeAdapter(Annotated[(kind, *own, *constraints)] if own or constraints else kind).validate_python(value)
        except ValidationError as error:
            yield f"{path}: {error.errors()[0]['msg']}"


def holds_of(actual: Any, expected: Any) -> bool:
    """Say whether a definition says what a cell says: cells may leave keys and items out."""
    if isinstance(expected, dict):
        return isinstance(actual, dict) and all(holds_of(actual.get(key), value) for key, value in expected.items())
    if isinstance(expected, list):
        return isinstance(actual, list) and all(any(holds_of(item, wanted) for item in actual) for wanted in expected)
    return actual == expected


CELLS = [(row, program) for row in ROWS for program in PROGRAMS if row[program] not in ("open", "none")]


def named(cell: Any) -> str | None:
    return cell["row"] if isinstance(cell, dict) else None


def test_every_row_of_the_table_is_here():
    assert [row["row"] for row in ROWS] == TABLE
    assert all(set(row) == {"row", "keys", *PROGRAMS} for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["row"])
def test_row_names_keys_that_a_definition_has(row):
    for key in row["keys"]:
        part: Any = Definition
        for name in key.split("."):
            assert is_part(part), key
            assert name in fields_of(part), key
            part, _constraints = bare(fields_of(part)[name].annotation)
            if get_origin(part) is tuple:
                part, _constraints = bare(get_args(part)[0])


@pytest.mark.parametrize(("row", "program"), CELLS, ids=named)
def test_definition_takes_what_the_program_would_write(row, program):
    assert list(refused(Definition, [], row[program], program)) == []


@pytest.mark.parametrize(("row", "program"), [cell for cell in CELLS if cell[1] in WRITTEN], ids=named)
def test_written_definition_says_what_the_table_says(row, program):
    assert holds_of(load(WRITTEN[program]).model_dump(mode="json", by_alias=True), row[program]), row[program]


@pytest.mark.parametrize(
    "cell",
    [
        {"contact": {"lead": "both"}},
        {"contact": {"leads": "everyone"}},
        {"roles": [{"proof": [{"kind": "oath"}]}]},
        {"relationship": {"members": {"mentor": {"least": "one"}}}},
        {"roles": [{"eligibility": {"question": "years"}}]},
    ],
)
def test_cell_that_no_definition_takes_is_found(cell):
    assert len(list(refused(Definition, [], cell, "S0"))) == 1


def test_cell_that_a_definition_does_not_say_is_found():
    assert not holds_of(load(WRITTEN["S5"]).model_dump(mode="json", by_alias=True), {"contact": {"leads": "mentor"}})
