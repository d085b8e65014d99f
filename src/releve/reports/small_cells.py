"""Which counts are kept from somebody who reads totals only, as plain numbers.

A count of a few people points at them. So does one that follows from the others: 12 pairs introduced, 11 of them
confirmed, tells that one was not.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple


class Division(NamedTuple):
    """A count and counts of its parts, which do not overlap; what they leave of it has no count of its own."""

    whole: str
    parts: Sequence[str]


def hidden_among(counts: Mapping[str, int], divisions: Iterable[Division], *, limit: int) -> set[str]:
    """Name the counts to hide: those from one to below the limit, and what would give away such a number by subtraction.

    Nothing says whether a hidden count is a small one.
    """
    hidden = {key for key, count in counts.items() if 0 < count < limit}
    divisions = list(divisions)
    while more := {key for division in divisions if (key := _one_more(counts, division, hidden, limit))}:
        hidden |= more
    return hidden


def _one_more(counts: Mapping[str, int], division: Division, hidden: set[str], limit: int) -> str | None:
    """Name the next count to hide while what is left after subtracting every shown part is itself too small."""
    if division.whole in hidden:
        return None
    shown = [part for part in division.parts if part not in hidden and counts[part]]
    left = counts[division.whole] - sum(counts[part] for part in shown)
    if not 0 < left < limit:
        return None
    return min(shown, key=lambda part: (counts[part], part), default=division.whole)
