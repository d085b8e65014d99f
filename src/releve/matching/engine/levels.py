"""Say how well off each mentee is, on one scale for all: what the objectives "worst off first" compare.

A mentee's level is the share, 0 to 100 rounded down, of the points within that mentee's reach: the number that people
are shown. It is that of the best of their mentors, locked ones included, and NOBODY without one. Points themselves would
call badly off whoever answered fewer questions; and a difference that nobody is shown should cost nobody anything.
A mentee of whom nothing is asked is at BEST with anybody.
Source: docs/adr/0009-objectives.md.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from .blocks import FULL_FIT
from .measure import BoolMatrix, IntMatrix, measure
from .problem import Problem
from .score import ScoreTable

NOBODY: Final = -1
BEST: Final = 100

Levels = npt.NDArray[np.int64]


def levels_of_pairs(problem: Problem, table: ScoreTable) -> IntMatrix:
    """Give the level at which each mentor would put each mentee. Shapes: (mentees, mentors). Units: 0 to BEST."""
    reachable = np.zeros(len(problem.mentees), dtype=np.int64)
    for criterion in problem.policy.criteria:
        asked = measure(criterion, problem.mentees, problem.mentors).out_of > 0
        reachable += np.where(asked, criterion.weight * FULL_FIT, 0)
    shares = BEST * table.points // np.maximum(reachable, 1)[:, None]
    return np.where(reachable[:, None] > 0, shares, BEST)


def levels_held(levels: IntMatrix, chosen: BoolMatrix) -> Levels:
    """Give the level of each mentee in an answer. Shapes: (mentees,). Units: NOBODY to BEST."""
    held: Levels = np.where(chosen, levels, NOBODY).max(axis=1)
    return held
