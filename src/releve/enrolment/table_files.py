"""Tables as files, CSV and XLSX, that no spreadsheet runs as formulas; apart from the lists of people, which need a database."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Literal

from django.utils.translation import get_language

Format = Literal["csv", "xlsx"]
Cell = str | int | Decimal | None
RUNS = ("=", "+", "-", "@")
LONGEST_CELL = 32_767  # of a spreadsheet


def write_table(columns: Sequence[str], rows: Iterable[Sequence[Cell]], fmt: Format) -> bytes:
    """Write a table as a file. Numbers stay numbers; texts stay texts, whatever they begin with."""
    return _csv(columns, rows) if fmt == "csv" else _xlsx(columns, rows)


def safe_cell(value: object) -> str:
    """Write a value as text; mark what a spreadsheet would run as a formula. The import takes the mark off again."""
    text = "" if value is None else str(value)
    runs = isinstance(value, str) and (text.lstrip().startswith(RUNS) or text.startswith(("\t", "\r", "\n")))
    return f"'{text}" if runs else text


def _french() -> bool:
    return (get_language() or "").startswith("fr")


def _csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Write what a spreadsheet in the reader's language opens by a double click: `;` and decimal commas in French."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";" if _french() else ",")
    writer.writerow([safe_cell(column) for column in columns])
    for row in rows:
        writer.writerow([_csv_cell(cell) for cell in row])
    return file.getvalue().encode("utf-8-sig")


def _csv_cell(cell: Cell) -> str:
    text = safe_cell(cell)
    return text.replace(".", ",") if isinstance(cell, Decimal) and _french() else text


def _xlsx(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    import xlsxwriter  # slow to load, and most tables are CSV

    file = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = xlsxwriter.Workbook(file, plain)
    sheet = book.add_worksheet()
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column[:LONGEST_CELL], head)
        sheet.set_column(place, place, min(max(len(column), 12), 40))
    for number, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, place, cell[:LONGEST_CELL])
            elif cell is not None:
                sheet.write_number(number, place, cell)
    book.close()
    return file.getvalue()
