"""Read a table saved as text: any encoding a spreadsheet writes, any separator."""

import csv
import io
from collections import Counter
from typing import Any

from .refusals import UnreadableFile

SEPARATORS = (";", ",", "\t", "|")
LONGEST_CELL = 500_000
SAMPLE_ROWS = 50
END = "\x01end\x01"  # a last row of our own: swallowed, it shows that a quotation mark was never closed
MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe\x00\x00": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}


def decode(content: bytes) -> tuple[str, str]:
    """Find the encoding and give the text with the encoding's name.

    Raises: UnreadableFile when the file is a page (HTML, XML) or no text at all.
    """
    encoding = next((name for mark, name in MARKS.items() if content.startswith(mark)), "") or _encoding_without_mark(content)
    text = content.decode(encoding, errors="replace").replace("\0", "").lstrip("\ufeff")
    start = text.lstrip()[:200].casefold()
    if start.startswith(("<!doctype html", "<html", "<table", "<head", "<body", "<meta", "<style")):
        raise UnreadableFile("html")
    if start.startswith("<"):
        raise UnreadableFile("xml")
    strange = sum(letter < " " and letter not in "\t\r\n" for letter in text[:4000])
    if strange * 20 > len(text[:4000]):
        raise UnreadableFile("not_a_table", kind="binary")
    return text, encoding


def _encoding_without_mark(content: bytes) -> str:
    start = content[:2000]
    if start[1::2].count(0) * 2 > len(start[1::2]):
        return "utf-16-le"
    if start[0::2].count(0) * 2 > len(start[0::2]):
        return "utf-16-be"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def split(text: str, *, most_columns: int) -> tuple[list[tuple[int, list[str]]], str]:
    """Cut the text into numbered rows, by the separator that the file names or that fits best.

    Raises: UnreadableFile for a quotation mark that is never closed and for too many columns.
    """
    first, _, rest = text.partition("\n")
    told = first.strip().strip('"').casefold()
    if told.startswith("sep=") and len(told) == 5:  # Excel's own first line
        return _rows(rest, told[-1], most_columns, start=2), told[-1]
    separator = max(SEPARATORS, key=lambda mark: _fit(text, mark))
    return _rows(text, separator, most_columns, start=1), separator


def _fit(text: str, separator: str) -> tuple[float, int]:
    """Say how well a separator cuts the first rows: how many of them to one width, then into how many cells."""
    widths: Counter[int] = Counter()
    try:
        for row, _number in zip(_reader(text, separator), range(SAMPLE_ROWS), strict=False):
            widths[len(row)] += any(row)
    except csv.Error:
        return 0, 0
    several = {width: rows for width, rows in widths.items() if width > 1 and rows}
    width = max(several, key=lambda width: (several[width], width), default=0)
    return (several[width] / widths.total(), width) if width else (0, 0)


def _reader(text: str, separator: str) -> Any:
    csv.field_size_limit(LONGEST_CELL)
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _rows(text: str, separator: str, most_columns: int, start: int) -> list[tuple[int, list[str]]]:
    rows: list[tuple[int, list[str]]] = []
    reader, line = _reader(f"{text}\n{END}", separator), 0
    try:
        for number, cells in enumerate(reader, start=start):
            if cells == [END]:
                return rows
            if any(cells[most_columns:]):
                raise UnreadableFile("too_many_columns", found=len(cells), most=most_columns)
            if any(cell.endswith(f"\n{END}") for cell in cells):
                break
            rows.append((number, cells[:most_columns]))
            line = reader.line_num
    except csv.Error as error:
        raise UnreadableFile("unclosed_quote", line=line + start) from error
    raise UnreadableFile("unclosed_quote", line=line + start)
