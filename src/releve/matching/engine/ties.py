"""Draw numbers from the seed and from ids alone: what orders answers, people and pairs that are equally good.

The method is published in docs/draw.md, so that anybody can draw the same numbers: BLAKE2b, keyed with the seed as eight
bytes, of framed texts (the length as four bytes, then the text in UTF-8; big-endian throughout).
"""

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Final

import numpy as np
import numpy.typing as npt

from .problem import Person, Problem

# Wide enough that two answers draw the same sum once in some hundred thousand runs (people are in the order of their
# ids even then), narrow enough for the flow's integers.
HASH_BITS: Final = 32

Numbers = npt.NDArray[np.int64]


def numbers_of_pairs(problem: Problem, rows: Numbers, columns: Numbers) -> Numbers:
    """Draw a number from 1 for each pair. Shapes: (pairs,) each."""
    mentees = [_framed(person.id) for person in problem.mentees]
    mentors = [_framed(person.id) for person in problem.mentors]
    texts = (mentees[row] + mentors[column] for row, column in zip(rows, columns, strict=True))
    return 1 + (_drawn(problem.seed, texts, len(rows)) >> np.uint64(64 - HASH_BITS)).astype(np.int64)


def ranks_of_people(problem: Problem, people: Sequence[Person]) -> Numbers:
    """Put the people of one side in the order drawn: 0 comes first. Shapes: (people,)."""
    drawn = _drawn(problem.seed, (_framed(person.side) + _framed(person.id) for person in people), len(people))
    ranks = np.empty(len(people), dtype=np.int64)
    ranks[np.argsort(drawn, kind="stable")] = np.arange(len(people))
    return ranks


def _drawn(seed: int, texts: Iterable[bytes], count: int) -> npt.NDArray[np.uint64]:
    key = seed.to_bytes(8, "big")
    digests = (int.from_bytes(blake2b(text, key=key, digest_size=8).digest(), "big") for text in texts)
    return np.fromiter(digests, dtype=np.uint64, count=count)


def _framed(text: str) -> bytes:
    """Write a text so that no two sequences of texts are written alike."""
    written = text.encode("utf-8", "surrogatepass")
    return len(written).to_bytes(4, "big") + written
