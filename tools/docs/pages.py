"""Where the written parts stand, and which function writes each."""

import re
from collections.abc import Callable
from pathlib import Path

from django.utils.translation import override

from . import blocks
from .drawing import draw_lifecycle

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PLACE = re.compile(r"(<!-- written by tools\.docs: ([a-z_]+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)

BLOCKS: dict[str, Callable[[], str]] = {
    "rooms": blocks.rooms,
    "lifecycle": blocks.lifecycle,
    "readers": blocks.readers,
    "what_is_read": blocks.what_is_read,
    "kept": blocks.kept,
    "retention": blocks.retention,
    "sealed": blocks.sealed,
    "permissions": blocks.permissions,
    "commands": blocks.commands,
    "jobs": blocks.jobs,
    "breaks": blocks.breaks,
}
DRAWINGS: dict[Path, Callable[[], str]] = {DOCS / "lifecycle.svg": draw_lifecycle}


def pages() -> list[Path]:
    return sorted(DOCS.rglob("*.md"))


def refreshed(text: str) -> str:
    """Write every part of a page anew, in English."""
    with override("en"):
        return PLACE.sub(lambda found: f"{found[1]}\n{BLOCKS[found[2]]()}\n\n{found[4]}", text)


def places_in(text: str) -> list[str]:
    """Name the written parts of a page."""
    return [found[2] for found in PLACE.finditer(text)]
