"""Draw the numbers of groups as those of pairs are drawn: from the seed and some words alone."""

from ..ties import drawn, framed


def lot(seed: int, *words: str) -> int:
    """Draw a number from 0 to 2**64 - 1 for some words, as docs/draw.md says: BLAKE2b of the framed words, keyed with the seed."""
    return int(drawn(seed, (b"".join(map(framed, words)),), 1)[0])
