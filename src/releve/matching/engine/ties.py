"""Draw numbers from the seed and from ids alone: what orders answers, people and pairs that are equally good.

The method is published in docs/draw.md, so that anybody can draw the same numbers: BLAKE2b, keyed with the seed as eight
bytes, of a person's side and id as framed texts (the length as four bytes, then the text in UTF-8; big-endian throughout)
gives a person's number. The numbers of two people, added modulo 2**64 and stirred by the finalizer of SplitMix64, give their pair's.
"""

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Final

import numpy as np
import numpy.typing as npt

from .measure import Cut
from .problem import Person, Problem

# Wide enough that two answers draw the same sum once in some hundred thousand runs (people are in the order of their
# ids even then), narrow enough for the flow's integers.
HASH_BITS: Final = 32
# Steele, Lea and Flood, Fast splittable pseudorandom number generators (2014), in Vigna's constants.
SPLITMIX64: Final = (
    (np.uint64(30), np.uint64(0xBF58476D1CE4E5B9)),
    (np.uint64(27), np.uint64(0x94D049BB133111EB)),
)

Numbers = npt.NDArray[np.int64]


class Draw:
    """The numbers that order the pairs of one problem."""

    def __init__(self, problem: Problem) -> None:
        self._mentees = numbers_of_people(problem, problem.mentees)
        self._mentors = numbers_of_people(problem, problem.mentors)

    def of_pairs(self, rows: Numbers, columns: Numbers) -> Numbers:
        """Draw a number from 1 for each pair. Shapes: (pairs,) each."""
        return _stirred(self._mentees[rows] + self._mentors[columns])

    def of_block(self, rows: Cut, columns: Cut) -> Numbers:
        """Draw a number from 1 for each pair of a block. Shapes: (rows, columns)."""
        return _stirred(self._mentees[rows][:, None] + self._mentors[columns])


def numbers_of_pairs(problem: Problem, rows: Numbers, columns: Numbers) -> Numbers:
    """Draw a number from 1 for each pair. Shapes: (pairs,) each."""
    return Draw(problem).of_pairs(rows, columns)


def numbers_of_people(problem: Problem, people: Sequence[Person]) -> npt.NDArray[np.uint64]:
    """Draw a number for each person of one side. Shapes: (people,)."""
    return drawn(problem.seed, (framed(person.side) + framed(person.id) for person in people), len(people))


def ranks_of_people(problem: Problem, people: Sequence[Person]) -> Numbers:
    """Put the people of one side in the order drawn: 0 comes first. Shapes: (people,)."""
    drawn = numbers_of_people(problem, people)
    ranks = np.empty(len(people), dtype=np.int64)
    ranks[np.argsort(drawn, kind="stable")] = np.arange(len(people))
    return ranks


def drawn(seed: int, texts: Iterable[bytes], count: int) -> npt.NDArray[np.uint64]:
    """Draw a number for each of some texts. Shapes: (count,)."""
    key = seed.to_bytes(8, "big")
    digests = (int.from_bytes(blake2b(text, key=key, digest_size=8).digest(), "big") for text in texts)
    return np.fromiter(digests, dtype=np.uint64, count=count)


def _stirred(sums: npt.NDArray[np.uint64]) -> Numbers:
    """Stir sums into numbers as unlike each other as those drawn one by one would be."""
    for shift, factor in SPLITMIX64:
        sums ^= sums >> shift
        sums *= factor
    sums ^= sums >> np.uint64(31)
    sums >>= np.uint64(64 - HASH_BITS)
    sums += np.uint64(1)
    return sums.view(np.int64)


def framed(text: str) -> bytes:
    """Write a text so that no two sequences of texts are written alike."""
    written = text.encode("utf-8", "surrogatepass")
    return len(written).to_bytes(4, "big") + written
