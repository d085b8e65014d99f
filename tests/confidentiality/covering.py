"""How much a run covered: said in the summary of the run, and never less than what stands here."""

from collections.abc import Callable

LEAST = {
    "access": {"addresses": 105, "objects": 280, "people": 7, "visits": 2000},
    "markers": {"people": 19, "things": 130, "pages": 1000, "exports": 60, "letters": 200},
    "storage": {"columns": 300, "cells": 12_000, "things": 130},
    "swapped answers": {"people": 4, "pages": 200, "tables": 40, "letters": 2},
    "staff who take part": {"people": 2, "pages": 250, "figures": 8},
    "typed words": {"forms": 11, "words": 55},
    "backup": {"files": 2, "bytes": 100_000, "things": 60},
}


def cover(record_property: Callable[[str, object], None], what: str, **counts: int) -> None:
    """Say what was covered, and fail when it was less than agreed."""
    record_property("covered", f"{what}: " + ", ".join(f"{count} {name}" for name, count in counts.items()))
    least = LEAST[what]
    assert counts.keys() == least.keys()
    assert {name: count for name, count in counts.items() if count < least[name]} == {}
