"""Say what a run will need before it begins, so that a million rows by mistake do not fill a machine.

The figures are those measured on two processors of 2020, rounded up; docs/benchmarks.md has newer ones.
"""

from dataclasses import dataclass
from typing import Final

from .faults import Fault, ProblemError
from .problem import Problem, Side

# A problem with more pairs is paired only by who says so: minutes, and a gigabyte or two.
MOST_PAIRS: Final = 10_000_000_000
# A matrix of all pairs takes about 120 bytes for each while it is worked on: 1.2 GB at this limit.
MOST_PAIRS_AT_ONCE: Final = 10_000_000
# Scored twice over, by two processors.
NANOSECONDS_PER_PAIR: Final = 25
MICROSECONDS_PER_PERSON: Final = 400
BYTES_PER_PERSON: Final = 10_000
BYTES_AT_LEAST: Final = 250_000_000


@dataclass(frozen=True)
class Needs:
    """What pairing so many people takes. Units: `memory` in bytes, `seconds` on two processors; both rough."""

    pairs: int
    memory: int
    seconds: int

    def __str__(self) -> str:
        minutes = max(1, round(self.seconds / 60))
        return f"{self.pairs:,} pairs: about {self.memory / 1e9:.1f} GB of memory and {minutes:,} min"


def needs_of(mentees: int, mentors: int) -> Needs:
    """Estimate what pairing so many mentees and mentors takes."""
    people, pairs = mentees + mentors, mentees * mentors
    seconds = (pairs * NANOSECONDS_PER_PAIR + people * MICROSECONDS_PER_PERSON * 1000) / 1e9
    return Needs(pairs, BYTES_AT_LEAST + people * BYTES_PER_PERSON, round(seconds))


def ensure_meant(problem: Problem, most_pairs: int) -> None:
    """Let a problem of an expected size pass.

    Raises: ProblemError that says what it would need.
    """
    mentees = sum(person.side == Side.MENTEE for person in problem.people)
    mentors = sum(person.side == Side.MENTOR for person in problem.people)
    if mentees * mentors > most_pairs:
        mend = f"{mentees:,} mentees × {mentors:,} mentors make {needs_of(mentees, mentors)}. "
        mend += f"Here at most {most_pairs:,} pairs are expected: split the run by site or by language, or say that more are meant."
        raise ProblemError([Fault("people", "too_many_pairs", mend)])
