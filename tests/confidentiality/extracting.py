"""The words of whatever a server sends: pages, tables, archives, calendars, PDF."""

import html
import io
import re
import zipfile
from typing import Any

import pikepdf

HEX = re.compile(r"<([0-9A-Fa-f]+)>")


def text_of(response: Any) -> str:
    """Return everything that can be read in a response, its headers and cookies included."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    head = "\n".join([*(f"{name}: {value}" for name, value in response.headers.items()), response.cookies.output()])
    return f"{head}\n{readable(content)}"


def readable(content: bytes) -> str:
    """Open archives and papers, whatever their name says they are."""
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(f"{name}\n{readable(archive.read(name))}" for name in archive.namelist())
    if content.startswith(b"%PDF"):
        return pdf_text(content)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    text = content.decode("utf-8", errors="replace")
    return html.unescape(text.replace("\r\n ", "").replace("\n ", "\n"))  # calendars fold their lines


def pdf_text(content: bytes) -> str:
    """Read the glyphs of every page back into letters, by the fonts' own tables, and what describes the document."""
    with pikepdf.open(io.BytesIO(content)) as paper:
        described = [str(value) for value in (paper.docinfo or {}).values()]
        return "\n".join([*described, *(_page_text(page) for page in paper.pages)])


def _page_text(page: pikepdf.Page) -> str:
    letters = {str(name): _letters(font) for name, font in page.resources.get("/Font", {}).items()}
    now: dict[int, str] = {}
    text = []
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            now = letters.get(str(operands[0]), {})
        elif str(operator) in {"Tj", "TJ"}:
            shown = operands[0] if str(operator) == "TJ" else operands
            text += [_decoded(bytes(part), now) for part in shown if isinstance(part, pikepdf.String)]
        elif str(operator) in {"Td", "TD", "Tm", "T*"}:
            text.append(" ")
    return "".join(text)


def _letters(font: pikepdf.Object) -> dict[int, str]:
    """Read which letters each glyph of a font stands for."""
    table = font.get("/ToUnicode")
    if table is None:
        return {}
    found: dict[int, str] = {}
    kind = ""
    for line in table.read_bytes().decode("latin-1").splitlines():
        kind = "char" if "beginbfchar" in line else "range" if "beginbfrange" in line else kind
        codes = HEX.findall(line)
        if kind == "char" and len(codes) == 2:
            found[int(codes[0], 16)] = _utf16(codes[1])
        elif kind == "range" and len(codes) == 3:
            first, last = int(codes[0], 16), int(codes[1], 16)
            found |= {code: chr(ord(_utf16(codes[2])) + code - first) for code in range(first, last + 1)}
    return found


def _utf16(code: str) -> str:
    return bytes.fromhex(code).decode("utf-16-be")


def _decoded(glyphs: bytes, letters: dict[int, str]) -> str:
    return "".join(letters.get(int.from_bytes(glyphs[at : at + 2], "big"), "") for at in range(0, len(glyphs), 2))
