"""What each two people are to each other in a group: the points they earn, and the rule that keeps them apart.

Shapes: matrices are (people, people), in the order of `problem.people`, and the same both ways round.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from ..faults import Fault, ProblemError
from ..measure import BoolMatrix, IntMatrix
from ..problem import Objective, Person, options_of
from ..score import score_pairs
from .problem import GroupProblem

# The flow scales a value by its number of nodes and adds it up: an int64 has to hold the product. The search reports
# its bound as a float64, exact below this sum.
LARGEST_PRODUCT: Final = 2**62
LARGEST_SUM: Final = 2**53
UNBARRED: Final = -1
APART: Final = -2
APART_ID: Final = "apart"


@dataclass(frozen=True, eq=False)
class Bonds:
    """Units: `points` of two people in one group; `rule` is an index into the policy's `rules_in_force`, APART or UNBARRED."""

    problem: GroupProblem
    at: Mapping[str, int]
    points: IntMatrix
    rule: npt.NDArray[np.int16]

    @property
    def barred(self) -> BoolMatrix:
        """Say which two may not meet in a group."""
        barred: BoolMatrix = self.rule != UNBARRED
        return barred

    def positions(self, members: Sequence[str]) -> list[int]:
        """Find the rows of some people."""
        return [self.at[name] for name in members]

    def points_of(self, members: Sequence[str]) -> int:
        """Add up the points of all pairs of a group."""
        inside = self.positions(members)
        return int(np.triu(self.points[np.ix_(inside, inside)], 1).sum())

    def barred_pairs(self, members: Sequence[str]) -> list[tuple[str, str, str]]:
        """List the pairs that may not meet: the rule, and the two people by id."""
        inside = self.positions(members)
        found = np.argwhere(np.triu(self.barred[np.ix_(inside, inside)], 1)).tolist()
        return [(self.rule_id(members[one], members[other]), members[one], members[other]) for one, other in found]

    def rule_id(self, one: str, other: str) -> str:
        """Name the rule that keeps two people apart."""
        index = int(self.rule[self.at[one], self.at[other]])
        return APART_ID if index == APART else self.problem.pairing.policy.rules_in_force[index].id


def bonds_of(problem: GroupProblem) -> Bonds:
    """Score every two people of a sound problem."""
    at = {name: index for index, name in enumerate(problem.people)}
    points = np.zeros((len(at), len(at)), dtype=np.int64)
    rule = np.full((len(at), len(at)), UNBARRED, dtype=np.int16)
    pairing = problem.pairing
    if pairing.mentees and pairing.mentors:
        # Locks and places mean something else here, and are kept by the groups.
        table = score_pairs(replace(pairing, locks=()))
        cells, mirrored = (
            np.ix_(_rows(at, pairing.mentees), _rows(at, pairing.mentors)),
            np.ix_(_rows(at, pairing.mentors), _rows(at, pairing.mentees)),
        )
        points[cells], points[mirrored] = table.points, table.points.T
        rule[cells], rule[mirrored] = table.rule, table.rule.T
    if problem.cohesion and pairing.mentees:
        one_way = score_pairs(problem.among_mentees).points
        points[np.ix_(_rows(at, pairing.mentees), _rows(at, pairing.mentees))] = one_way + one_way.T
    for one, other in problem.apart:
        rule[at[one], at[other]] = rule[at[other], at[one]] = APART
    points.flags.writeable = rule.flags.writeable = False
    return Bonds(problem, at, points, rule)


def _rows(at: Mapping[str, int], people: Sequence[Person]) -> list[int]:
    return [at[person.id] for person in people]


@dataclass(frozen=True)
class Stakes:
    """How points and people placed make one value: `scale` times the points plus `bonus` for each person placed."""

    scale: int
    bonus: int

    def value(self, points: int, placed: int) -> int:
        """Weigh an answer; the objective's second goal never outweighs one unit of the first."""
        return self.scale * points + self.bonus * placed


def points_with_fixed(bonds: Bonds) -> IntMatrix:
    """Add up what each person to place earns with the fixed members of each group. Shapes: (free, groups)."""
    problem = bonds.problem
    rows = bonds.positions([person.id for person in problem.free])
    held = np.zeros((len(bonds.at), len(problem.ordered)), dtype=np.int64)
    for column, group in enumerate(problem.ordered):
        held[bonds.positions(problem.fixed[group.id]), column] = 1
    earned: IntMatrix = bonds.points[rows] @ held
    return earned


def stakes_of(bonds: Bonds) -> Stakes:
    """Fold the policy's objective into one integer.

    Raises: ProblemError when the values would not fit the solvers' integers.
    """
    problem = bonds.problem
    earned, rows = points_with_fixed(bonds), bonds.positions([person.id for person in problem.free])
    between = int(np.triu(bonds.points[np.ix_(rows, rows)], 1).sum())
    settled = sum(bonds.points_of(members) for members in problem.fixed.values())
    most_points = settled + between + int(earned.max(axis=1, initial=0).sum())
    best_total = problem.pairing.policy.objective == Objective.BEST_TOTAL
    stakes = Stakes(len(rows) + 1, 1) if best_total else Stakes(1, most_points + 1)
    options = {(rule.id, option) for rule in problem.rules for person in problem.free for option in options_of(person, rule.question)}
    nodes = len(rows) + (len(options) + 2) * len(problem.groups) + 2
    largest = stakes.value(int(earned.max(initial=0)), 1)
    if largest * nodes**2 > LARGEST_PRODUCT or stakes.value(most_points, len(rows)) > LARGEST_SUM:
        raise ProblemError([Fault("policy.criteria", "scores_too_large", "Use smaller weights: only their proportions matter.")])
    return stakes
