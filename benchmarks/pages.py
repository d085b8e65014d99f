"""Write measured parts into the pages of docs/, so that no figure there was typed by hand."""

import re
from pathlib import Path

DOCS = Path(__file__).resolve().parents[1] / "docs"


def write_part(page: str, part: str, text: str) -> None:
    """Replace one measured part of a page; the rest of the page stays as people wrote it.

    Raises: LookupError when the page has no such part.
    """
    path = DOCS / page
    found = re.compile(rf"(<!-- measured by {re.escape(part)} -->\n)(.*?)(<!-- end -->)", re.DOTALL)
    before = path.read_text(encoding="utf-8")
    if not found.search(before):
        raise LookupError(f"docs/{page} has no part measured by {part!r}.")
    path.write_text(found.sub(lambda place: f"{place[1]}\n{text.strip()}\n\n{place[3]}", before), encoding="utf-8")


def table(head: list[str], rows: list[list[str]], *, numbers_from: int = 1) -> str:
    """Write a Markdown table; the columns from `numbers_from` on are aligned to the right."""
    rule = ["---" if index < numbers_from else "---:" for index in range(len(head))]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [head, rule, *rows])


def short(number: float) -> str:
    """Write a measured number with three figures, or whole from a hundred on."""
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"
