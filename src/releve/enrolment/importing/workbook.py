"""Read a workbook in a process of its own: a hostile file ends this process, never the server.

A file of two kilobytes can ask for a table of seventeen billion cells, and the parser allocates
it whole. Run as a program: the file on standard input, JSON on standard output. It imports
nothing of the house, so that it starts at once.
"""

import datetime as dt
import io
import json
import sys
from decimal import Decimal
from typing import Any

import python_calamine as calamine

MOST_MEMORY = 1 << 30
MOST_SECONDS = 60


def main(*, most_rows: int, most_columns: int, wanted: str) -> dict[str, Any]:
    """Read one sheet: the one asked for, else the first visible one that holds a table."""
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
        names = [about.name for about in book.sheets_metadata if about.typ == calamine.SheetTypeEnum.WorkSheet]
        hidden = {about.name for about in book.sheets_metadata if about.visible != calamine.SheetVisibleEnum.Visible}
        if wanted and wanted not in names:
            return {"error": "no_such_sheet", "names": names}
        for name in [wanted] if wanted else sorted(names, key=lambda name: name in hidden):
            found = _sheet(book.get_sheet_by_name(name), most_rows, most_columns)
            if wanted or "error" in found or len(found["rows"]) > 1:
                return found | {"sheet": name, "others": [other for other in names if other != name]}
    except calamine.PasswordError:
        return {"error": "password"}
    except (calamine.CalamineError, calamine.XmlError, calamine.ZipError, ValueError):
        return {"error": "damaged"}
    return {"error": "no_rows"}


def _sheet(sheet: Any, most_rows: int, most_columns: int) -> dict[str, Any]:
    if sheet.width > most_columns:
        return {"error": "too_many_columns", "found": sheet.width}
    rows, filled = [], 0
    for number, values in enumerate(sheet.iter_rows(), start=1):
        cells = [_text(value) for value in values]
        if any(cells):
            filled += 1
            if filled <= most_rows + 20:  # the header and what stands above it are not counted against the limit
                rows.append([number, cells])
    return {"rows": rows, "filled": filled}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%d" if value.time() == dt.time() else "%Y-%m-%d %H:%M")
    return str(value)


def limit_myself() -> None:
    """Stop at a gigabyte or a minute, where the system knows such limits."""
    try:
        import resource  # not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))


if __name__ == "__main__":
    limit_myself()
    answer = main(most_rows=int(sys.argv[1]), most_columns=int(sys.argv[2]), wanted=sys.argv[3])
    json.dump(answer, sys.stdout)
