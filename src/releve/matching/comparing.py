"""What another aim, or an earlier run, gave instead. Pure, over what runs keep."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .looking_back import Fit


@dataclass(frozen=True)
class Moved:
    """A mentee in two runs: the mentors and the best fit in each; None for nobody, or for somebody not in that run."""

    mentee: str
    before: frozenset[str]
    after: frozenset[str]
    fit_before: int | None
    fit_after: int | None

    @property
    def gain(self) -> int:
        """What this mentee gains, in points of fit out of 100; somebody without a mentor has 0."""
        return (self.fit_after or 0) - (self.fit_before or 0)


@dataclass(frozen=True)
class TwoRuns:
    """Two runs side by side: who gained, who lost, who moved at no loss, and how many stayed. Order: the largest change first."""

    gained: tuple[Moved, ...]
    lost: tuple[Moved, ...]
    moved: tuple[Moved, ...]
    stayed: int


def compare_runs(before: Iterable[Fit], after: Iterable[Fit], mentees: Iterable[str]) -> TwoRuns:
    """Compare the pairs of two runs, both under the same ids, for these mentees."""
    one, other = _by_mentee(before), _by_mentee(after)
    all_moves = [_moved(mentee, one.get(mentee, {}), other.get(mentee, {})) for mentee in sorted(set(mentees))]
    changed = [move for move in all_moves if move.before != move.after]
    changed.sort(key=lambda move: (-abs(move.gain), move.mentee))
    return TwoRuns(
        gained=tuple(move for move in changed if move.gain > 0),
        lost=tuple(move for move in changed if move.gain < 0),
        moved=tuple(move for move in changed if move.gain == 0),
        stayed=len(all_moves) - len(changed),
    )


def _by_mentee(fits: Iterable[Fit]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for fit in fits:
        found.setdefault(fit.mentee, {})[fit.mentor] = fit.shown or 0
    return found


def _moved(mentee: str, before: Mapping[str, int], after: Mapping[str, int]) -> Moved:
    return Moved(mentee, frozenset(before), frozenset(after), max(before.values(), default=None), max(after.values(), default=None))
