"""What the committee reads of a run: worked out once, when it is made, so that a page of it is only looked up.

Everything stands under run-local ids, as the run's own inputs do.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from .engine import PairExplained, Problem, Reader, Result, explain_pair, explain_reach

MOST_SHARED = 3  # of what two people have in common, as many as a line shows


@dataclass(frozen=True)
class PartGiven:
    """What one criterion gives a pair.

    Units: the engine's points; `amount` out of `out_of` in the criterion's own unit. `shared`: what both answered, coded.
    """

    criterion: str
    points: int
    reachable: int
    amount: int = 0
    out_of: int = 0
    shared: Sequence[str] = ()


@dataclass(frozen=True)
class Fit:
    """One pair of a run. `shown` is 0 to 100 of what the mentee could reach; None if nothing was asked.

    `written` are the parts as the run keeps them: of thousands of pairs a page opens a few.
    """

    mentee: str
    mentor: str
    shown: int | None
    written: Sequence[Sequence[Any]]

    @property
    def parts(self) -> list[PartGiven]:
        return [PartGiven(*part) for part in self.written]


@dataclass(frozen=True)
class Reach:
    """A mentee of a run without a mentor: how many mentors each rule closed, how many gave no place, how many were open."""

    mentee: str
    closed_by: Mapping[str, int]
    without_places: int
    open: int


def look_back(problem: Problem, result: Result) -> dict[str, Any]:
    """Write what the committee may read of every pair and of everybody without one."""
    fits = (fit_of(explain_pair(problem, paired.mentee, paired.mentor, reader=Reader.COMMITTEE)) for paired in result.pairs)
    return {
        "pairs": [[fit.mentee, fit.mentor, fit.shown, fit.written] for fit in fits],
        "unpaired": [asdict(_reach_of(problem, mentee)) for mentee in result.unpaired],
        "places": {mentor.id: mentor.most for mentor in problem.mentors},
    }


def fit_of(explained: PairExplained) -> Fit:
    """Keep of an explanation what pages show."""
    written = [
        [part.criterion.id, part.points, part.reachable, part.amount, part.out_of, list(part.shared[:MOST_SHARED])]
        for part in explained.parts
    ]
    return Fit(explained.mentee, explained.mentor, explained.shown, written)


def fits_in(looked_back: Mapping[str, Any], among: Collection[str]) -> list[Fit]:
    """Read back the pairs of which both members are among these people."""
    return [Fit(*pair) for pair in looked_back["pairs"] if pair[0] in among and pair[1] in among]


def reaches_in(looked_back: Mapping[str, Any], among: Collection[str]) -> list[Reach]:
    """Read back the mentees without a mentor who are among these people."""
    return [Reach(**one) for one in looked_back["unpaired"] if one["mentee"] in among]


def _reach_of(problem: Problem, mentee: str) -> Reach:
    reach = explain_reach(problem, mentee, reader=Reader.COMMITTEE)
    closed_by = {count.rule.id: count.mentors for count in reach.closed_by}
    return Reach(mentee, closed_by, reach.without_places, reach.open)
