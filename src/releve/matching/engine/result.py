"""What a run gives back: pairs, and the proof that they are what was asked for."""

from dataclasses import dataclass

Prices = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Band:
    """The proof that, of the assignments that are as good in every worse band, none leaves fewer mentees in this one.

    Units: `lowest` and `highest` are levels (`levels.py`), -1 being without a mentor; `count` is how many of the mentees
    with a place left beside the locks are there. The prices, by id and without those of 0, are for the first place of
    each mentee, for their further ones, and for one place of each mentor; in mentees.
    """

    lowest: int
    highest: int
    count: int
    mentees: Prices = ()
    further: Prices = ()
    mentors: Prices = ()


@dataclass(frozen=True)
class Certificate:
    """The proof that a result is what its objective asks for; `certify.py` and its neighbours say what makes it one.

    Totals: `mentees` and `mentors` give, by id, the price of one place of each person, in value (`score.pair_values`);
    `total` is the value of the pairs that were free to choose, that is all but the locks.
    Maximin and leximin: the `bands` from the worst up, then the same prices for what they leave open, those of further
    places of mentees apart and without those of 0. `limit` proves that the worst fit cannot be better (maximin).
    Stable and draw: no prices; `total` is the points of the pairs that were free to choose. What they claim is checked
    from the scores, and by playing it again.
    """

    problem: str
    mentees: Prices
    mentors: Prices
    total: int
    further: Prices = ()
    bands: tuple[Band, ...] = ()
    limit: Band | None = None


@dataclass(frozen=True)
class Paired:
    """One pair of a result. Units: points."""

    mentee: str
    mentor: str
    points: int
    locked: bool


@dataclass(frozen=True)
class Result:
    """One run's whole output.

    Order: `pairs` by the mentee's id, then the mentor's; `unpaired` are the mentees without a mentor, by id.
    Units: `points` is the sum over the pairs, locked ones included. `problem` is the problem's fingerprint.
    """

    engine: str
    problem: str
    pairs: tuple[Paired, ...]
    unpaired: tuple[str, ...]
    points: int
    certificate: Certificate
