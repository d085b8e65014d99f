"""Who is served well and who is not: figures of a run, from the fits that its reader may see. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from .looking_back import Fit, Reach

BANDS = ((80, 100), (60, 79), (40, 59), (20, 39), (0, 19))  # of fit, both ends included
SMALLEST_GROUP = 5  # fewer people say nothing about a group
WORSE_BY = 10  # points of average fit below everybody's
RARELY = 0.2  # share without a mentor above everybody's


@dataclass(frozen=True)
class Band:
    """How many pairs have a fit from `least` to `most`."""

    least: int
    most: int
    pairs: int

    @property
    def words(self) -> str:
        return f"{self.least}–{self.most}"


@dataclass(frozen=True)
class Group:
    """The mentees who gave one answer. `average` is None when nobody of them is paired."""

    question: str
    value: str
    mentees: int
    unpaired: int
    average: int | None
    is_worse: bool


@dataclass(frozen=True)
class Fairness:
    """The whole of a run. Units: fit 0 to 100, rounded down; `loads` counts mentors by how many mentees they have."""

    average: int | None
    worst: int | None
    bands: tuple[Band, ...]
    loads: tuple[tuple[int, int], ...]
    wished: int
    first_wishes: int
    groups: tuple[Group, ...]


def fairness_of(
    fits: Sequence[Fit], reaches: Sequence[Reach], mentors: Iterable[str], answers: Mapping[str, Iterable[tuple[str, str]]], wishes: str
) -> Fairness:
    """Sum up a run.

    `mentors`: everybody with a place. `answers`: question and value pairs of each mentee. `wishes`: the id of the
    criterion that counts wishes, "" without one.
    """
    shown = [fit.shown or 0 for fit in fits]
    held = Counter(fit.mentor for fit in fits)
    ranked = [part for fit in fits for part in fit.parts if part.criterion == wishes and part.reachable]
    return Fairness(
        average=int(fmean(shown)) if shown else None,
        worst=min(shown, default=None),
        bands=tuple(Band(least, most, sum(least <= one <= most for one in shown)) for least, most in BANDS),
        loads=tuple(sorted(Counter(held[mentor] for mentor in mentors).items())),
        wished=len(ranked),
        first_wishes=sum(part.points == part.reachable for part in ranked),
        groups=_groups(fits, reaches, answers),
    )


def _groups(fits: Sequence[Fit], reaches: Sequence[Reach], answers: Mapping[str, Iterable[tuple[str, str]]]) -> tuple[Group, ...]:
    best: dict[str, int | None] = {reach.mentee: None for reach in reaches}
    for fit in fits:
        best[fit.mentee] = max(best.get(fit.mentee) or 0, fit.shown or 0)
    members: dict[tuple[str, str], list[int | None]] = {}
    for mentee, shown in best.items():
        for answer in answers.get(mentee, ()):
            members.setdefault(answer, []).append(shown)
    overall = _sum_up(list(best.values()))
    return tuple(_group(answer, found, overall) for answer, found in sorted(members.items()))


def _sum_up(found: Sequence[int | None]) -> tuple[float, float]:
    """Give the average fit of those paired, and the share of those who are not."""
    paired = [one for one in found if one is not None]
    return (fmean(paired) if paired else 0.0), (len(found) - len(paired)) / len(found) if found else 0.0


def _group(answer: tuple[str, str], found: Sequence[int | None], overall: tuple[float, float]) -> Group:
    average, without = _sum_up(found)
    unpaired = sum(one is None for one in found)
    is_worse = len(found) >= SMALLEST_GROUP and (
        (unpaired < len(found) and average <= overall[0] - WORSE_BY) or without >= overall[1] + RARELY
    )
    return Group(*answer, len(found), unpaired, int(average) if unpaired < len(found) else None, is_worse)
