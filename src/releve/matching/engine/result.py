"""What a run gives back: pairs, and the proof that no others are better."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Certificate:
    """The proof that no assignment has a larger total value.

    Units: `mentees` and `mentors` give, by id, the price of one place of each person, in value (`score.pair_values`);
    `total` is the value of the pairs that were free to choose, that is all but the locks. `certify.py` says what makes
    it a proof.
    """

    problem: str
    mentees: tuple[tuple[str, int], ...]
    mentors: tuple[tuple[str, int], ...]
    total: int


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
