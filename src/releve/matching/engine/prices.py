"""Price every place so that an assignment is proved the best.

Prices are distances from the *pool*, the places that nobody fills, in the residual graph: a mentee takes an open mentor
(its length is minus the pair's value), a mentor lets a chosen mentee go (plus the value), somebody fills a place from
the pool or gives it back (0). An assignment is the best one exactly when no way round has a negative length.
Source: Ahuja, Magnanti and Orlin, Network Flows (1993), chapters 5 and 9.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .faults import Fault, NotOptimalError
from .flow import Choice
from .measure import BoolMatrix, Indices
from .openings import Bounds, Counts

Distances = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Prices:
    """What a place is worth. Shapes: (mentees,), (mentors,). Units: value."""

    mentees: Distances
    mentors: Distances


def prices_of(choice: Choice, taken: BoolMatrix, farthest: int) -> Prices:
    """Price every place: of all prices that prove the assignment, those dearest for mentees and cheapest for mentors.

    They belong to the pairs to choose from and not to the assignment: every equally good one has the same. Where mentees
    have one place each, a mentor's price is what one more place of theirs would add. `farthest` is a distance beyond any
    way, for people whom the pool does not reach; a least that is not kept costs as much.
    Shapes: `taken` (pairs,); the choice's pairs by row.
    Raises: NotOptimalError when the assignment can be improved.
    """
    ways = _Ways(choice, taken)
    counts = (
        np.bincount(choice.rows[taken], minlength=len(choice.mentees.most)),
        np.bincount(choice.columns[taken], minlength=len(choice.mentors.most)),
    )
    mentees = np.where(counts[0] < choice.mentees.most, 0, farthest)
    mentors = np.where(_may_not_fall(counts[1], choice.mentors), 0, farthest)
    mentees[counts[0] < choice.mentees.least] = -farthest
    # Nearer to the pool than this, a way round has a negative length.
    mentee_floor = np.where(_may_not_fall(counts[0], choice.mentees), 0, -farthest)
    mentor_floor = np.where(counts[1] < choice.mentors.most, 0, -farthest)
    mentor_floor[counts[1] < choice.mentors.least] = farthest
    changed = np.arange(len(mentees))
    for _ in range(len(mentees) + len(mentors) + 2):
        ways.shorten_to_mentors(mentees, mentors, changed)
        nearer = ways.shorten_to_mentees(mentors, mentees)
        if (nearer < mentee_floor).any() or (mentors < mentor_floor).any():
            break
        changed = np.flatnonzero(nearer < mentees)
        mentees = nearer
        if not len(changed):
            return Prices(np.where(choice.mentees.most > 0, mentees, 0), np.where(choice.mentors.most > 0, -mentors, 0))
    raise NotOptimalError([Fault("answer.pairs", "not_optimal", "Assign again: this is not the best assignment.")])


class _Ways:
    """The arcs of the residual graph that stand between two people."""

    def __init__(self, choice: Choice, taken: BoolMatrix) -> None:
        # Where both people of a chosen pair have several places, "at most once" binds by itself: it may be worth more.
        free = ~taken | (choice.mentees.most[choice.rows] == 1) | (choice.mentors.most[choice.columns] == 1)
        self.takers, self.taken, self.gains = choice.rows[free], choice.columns[free], choice.gains[free]
        self.starts = np.searchsorted(self.takers, np.arange(len(choice.mentees.most)))
        self.counts = np.bincount(self.takers, minlength=len(choice.mentees.most))
        self.held_by, self.held, self.lost = choice.rows[taken], choice.columns[taken], choice.gains[taken]

    def shorten_to_mentors(self, mentees: Distances, mentors: Distances, changed: Indices) -> None:
        """Let the changed mentees take mentors: shortens the mentors' distances in place."""
        counts = self.counts[changed]
        arcs = np.arange(counts.sum()) + np.repeat(self.starts[changed] - np.cumsum(counts) + counts, counts)
        np.minimum.at(mentors, self.taken[arcs], mentees[self.takers[arcs]] - self.gains[arcs])

    def shorten_to_mentees(self, mentors: Distances, mentees: Distances) -> Distances:
        """Let mentors give up the mentees they have. Shapes: (mentees,)."""
        nearer = mentees.copy()
        np.minimum.at(nearer, self.held_by, mentors[self.held] + self.lost)
        return nearer


def _may_not_fall(counts: Counts, bounds: Bounds) -> npt.NDArray[np.bool_]:
    """Say whose price cannot be below 0: all but those who give no more than a least above 0."""
    unheld: npt.NDArray[np.bool_] = (bounds.least == 0) | (counts > bounds.least)
    return unheld
