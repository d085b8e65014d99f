"""Turn an uploaded file into a table of texts, within limits, or say in one word why it cannot be."""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import packing, separated
from .cleaning import clean
from .refusals import UnreadableFile

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 200
HEADER_WITHIN = 20  # filled rows
OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
NO_TABLES = {
    b"%PDF": "pdf",
    b"\x89PNG": "picture",
    b"\xff\xd8\xff": "picture",
    b"GIF8": "picture",
    b"{\\rtf": "document",
    b"Rar!": "archive",
    b"7z\xbc\xaf": "archive",
    b"\x1f\x8b": "archive",
}


@dataclass(frozen=True)
class TableRow:
    """One filled row; `number` is the one that a spreadsheet shows beside it."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """What a file holds: one header and the filled rows under it."""

    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    header_row: int
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()
    facts: dict[str, str] = field(default_factory=dict)  # encoding, separator


def read_table(content: bytes, *, sheet: str = "", most_rows: int = MOST_ROWS) -> Table:
    """Read one table from a file, whatever its name says it is.

    Raises: UnreadableFile.
    """
    if not content.strip(b"\0\t\r\n \xef\xbb\xbf"):
        raise UnreadableFile("empty")
    if len(content) > most_bytes(most_rows):
        raise UnreadableFile("too_big", size=len(content), most=most_bytes(most_rows))
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")) or content.startswith(OLD_OFFICE):
        return _from_workbook(content, sheet, most_rows)
    for start, kind in NO_TABLES.items():
        if content.startswith(start):
            raise UnreadableFile("not_a_table", kind=kind)
    text, encoding = separated.decode(content)
    rows, separator = separated.split(text, most_columns=MOST_COLUMNS)
    return _table(rows, most_rows, facts={"encoding": encoding, "separator": separator})


def most_bytes(most_rows: int) -> int:
    """Say how large a file of at most so many rows may be."""
    return MOST_BYTES * max(most_rows, MOST_ROWS) // MOST_ROWS


def _from_workbook(content: bytes, sheet: str, most_rows: int) -> Table:
    if not content.startswith(OLD_OFFICE):
        packing.inspect(content)
    elif ENCRYPTED_PACKAGE in content:
        raise UnreadableFile("password")
    found = _in_own_process(content, sheet, most_rows)
    if "error" in found:
        code = found.pop("error")
        raise UnreadableFile(code, **({"most": MOST_COLUMNS, "wanted": sheet} | found))
    if found["filled"] > most_rows + HEADER_WITHIN:
        raise UnreadableFile("too_many_rows", found=found["filled"], most=most_rows)
    return _table(found["rows"], most_rows, sheet=found["sheet"], other_sheets=tuple(found["others"]))


def _in_own_process(content: bytes, sheet: str, most_rows: int) -> dict[str, Any]:
    reader = Path(__file__).with_name("workbook.py")
    command = [sys.executable, "-I", str(reader), str(most_rows), str(MOST_COLUMNS), sheet]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=90, check=True)  # noqa: S603  our own program
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise UnreadableFile("needs_too_much_room") from error
    return json.loads(done.stdout)


def _table(rows: list[tuple[int, list[str]]], most_rows: int, **about: Any) -> Table:
    """Find the header among the first filled rows and square the rest to its width."""
    filled = [TableRow(number, cleaned) for number, cells in rows if any(cleaned := tuple(clean(cell) for cell in cells))]
    if not filled:
        raise UnreadableFile("empty")
    place = _header_place(filled)
    header, body = filled[place], filled[place + 1 :]
    if not body:
        raise UnreadableFile("no_rows")
    if len(body) > most_rows:
        raise UnreadableFile("too_many_rows", found=len(body), most=most_rows)
    width = max(_width(row.cells) for row in (header, *body))
    squared = tuple(TableRow(row.number, (*row.cells, *[""] * width)[:width]) for row in body)
    columns = tuple(" ".join(title.split()) for title in (*header.cells, *[""] * width)[:width])
    return Table(columns, squared, header.number, **about)


def _width(cells: tuple[str, ...]) -> int:
    return max((place for place, cell in enumerate(cells, start=1) if cell), default=0)


def _header_place(rows: list[TableRow]) -> int:
    """Find the first row that names more than half of the columns; titles and notes above it are passed over.

    Raises: UnreadableFile when that row already holds a person: the columns have no names.
    """
    usual = max(sum(map(bool, row.cells)) for row in rows[: HEADER_WITHIN * 2])
    for place, row in enumerate(rows[:HEADER_WITHIN]):
        named = [cell for cell in row.cells if cell]
        if len(named) * 2 > usual:
            if any("@" in cell and " " not in cell for cell in named):
                raise UnreadableFile("no_header", row=row.number)
            return place
    raise UnreadableFile("no_header", row=rows[0].number)
