"""A table on the screen or in a file, which is written whole or not at all."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from releve.enrolment.table_files import Cell, write_table


def lines_of(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> list[str]:
    """Write a table for the screen, its cells apart by tabs."""
    return ["\t".join(columns), *("\t".join("" if cell is None else str(cell) for cell in row) for row in rows)]


def table_for(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Write a table as the kind of file that its name says: .csv, else .xlsx."""
    return write_table(columns, rows, "csv" if path.suffix.casefold() == ".csv" else "xlsx")


def replace_file(path: Path, content: bytes) -> None:
    """Write beside the file, then take its place: whoever stops this half way leaves what stood there before.

    Raises: CommandError when nothing can be written there.
    """
    try:
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as beside:
            try:
                beside.write(content)
                beside.close()
                Path(beside.name).replace(path)
            except BaseException:
                Path(beside.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        raise CommandError(_("“%(file)s” cannot be written: %(reason)s.") % {"file": path, "reason": error.strerror}) from error
