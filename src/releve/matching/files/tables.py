"""One spreadsheet as a table whose columns are found by title; a file too large says what it would need first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from releve.enrolment.importing.choices import spelled
from releve.enrolment.importing.reading import Table, TableRow, most_bytes, read_table
from releve.enrolment.importing.refusals import UnreadableFile
from releve.enrolment.importing.sentences import file_sentence
from releve.matching.engine import Fault

from .faults import FilesError

CHUNK = 1024 * 1024
# Measured on 100,000 registrations of 22 columns, read and understood; pairing comes on top.
BYTES_PER_ROW, ROWS_PER_SECOND = 8_000, 8_000


@dataclass(frozen=True)
class Sheet:
    """One side's table and the name of its file."""

    file: str
    table: Table

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for place, title in enumerate(self.table.columns):
            found.setdefault(spelled(title), []).append(place)
        return found

    @cached_property
    def _asked(self) -> dict[str, int]:
        return {}

    def place_of(self, title: str) -> int:
        """Say where a column stands, one with which there is no problem."""
        if title not in self._asked:
            [self._asked[title]] = self._places[spelled(title)]
        return self._asked[title]

    def problem_with(self, title: str) -> tuple[str, str] | None:
        """Say in a code and a sentence why a column cannot be found; None when it can."""
        places = self._places.get(spelled(title), [])
        if len(places) > 1:
            said = _("%(file)s has %(count)d columns called “%(column)s”. Rename all but one.")
            return "repeated_column", said % {"file": self.file, "count": len(places), "column": title}
        if places:
            return None
        titles = [column for column in self.table.columns if column]
        near = get_close_matches(title, titles, n=1, cutoff=0.6)
        if near:
            said = _("%(file)s has no column “%(column)s”. Did you mean “%(nearest)s”?")
            return "unknown_column", said % {"file": self.file, "column": title, "nearest": near[0]}
        said = _("%(file)s has no column “%(column)s”. Its columns: %(columns)s.")
        return "unknown_column", said % {"file": self.file, "column": title, "columns": ", ".join(titles[:40])}

    def cells(self, row: TableRow, titles: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Yield the title and the text of each of these cells, the empty ones left out."""
        for title in titles:
            if text := row.cells[self.place_of(title)]:
                yield title, text


def read_sheet(path: Path, sheet: str, most_rows: int) -> Sheet:
    """Read one spreadsheet.

    Raises: FilesError saying why it cannot be read, or what so many rows would need first.
    """
    try:
        if path.stat().st_size > most_bytes(most_rows):
            raise FilesError([Fault(path.name, "too_many_rows", _too_large(path, most_rows))])
        return Sheet(path.name, read_table(path.read_bytes(), sheet=sheet, most_rows=most_rows))
    except OSError as error:
        raise FilesError([Fault(path.name, "unreadable_file", _("This file cannot be opened. Check its name and folder."))]) from error
    except UnreadableFile as error:
        said = _too_many(error.facts["found"], most_rows) if error.code == "too_many_rows" else file_sentence(error)
        raise FilesError([Fault(path.name, error.code, said)]) from error


def _too_large(path: Path, most_rows: int) -> str:
    """Count the lines of a text piece by piece; a packed workbook cannot be counted without unpacking it."""
    with path.open("rb") as file:
        if file.read(2) == b"PK":
            size = {"size": _number(path.stat().st_size // CHUNK), "most": _number(most_bytes(most_rows) // CHUNK)}
            return _("This workbook weighs %(size)s MB, and at most %(most)s MB are read. Keep the list alone, or raise most_rows.") % size
        lines = sum(piece.count(b"\n") for piece in iter(lambda: file.read(CHUNK), b""))
    return _too_many(lines, most_rows)


def _too_many(found: int, most_rows: int) -> str:
    need = {
        "found": _number(found),
        "most": _number(most_rows),
        "memory": number_format(found * BYTES_PER_ROW / 1e9, decimal_pos=1),
        "seconds": _number(found // ROWS_PER_SECOND),
        "pairs": _number(found * 1_000),
    }
    return (
        _(
            "This file has about %(found)s rows, and at most %(most)s are read. Reading it would need about %(memory)s GB of memory "
            "and %(seconds)s seconds, and every thousand people of the other side would make %(pairs)s pairs to compare. "
            "If this is the right file, write most_rows in the policy; else keep the list alone."
        )
        % need
    )


def _number(number: int) -> str:
    return number_format(number, use_l10n=True, force_grouping=True)
