"""What is left to decide once the fixed members are in: who may still join which group, at what gain, within which limits.

Shapes: one row per person to place (`problem.free`), one column per group (`problem.ordered`).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ..measure import BoolMatrix, IntMatrix
from ..problem import Side, options_of
from .bonds import Bonds, Stakes, points_with_fixed, stakes_of
from .keeping import SIZE_IDS, count_of, counts_by_option, in_common
from .problem import GroupProblem, GroupRule, GroupRuleKind, must_be_placed

Counts = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Limit:
    """How many people of one kind may still join each group.

    Shapes: `rows` (free,), who is of the kind; `least` and `most` (groups,).
    """

    rule: str
    option: str
    rows: Mask
    least: Counts
    most: Counts


@dataclass(frozen=True, eq=False)
class Board:
    """Shapes: `open` and `points` (free, groups), `must` (free,). Units: `points` with a group's fixed members.

    `open`: no rule between two people, and nothing that all must share, keeps a person from a group's fixed members.
    """

    bonds: Bonds
    stakes: Stakes
    open: BoolMatrix
    points: IntMatrix
    limits: tuple[Limit, ...]
    must: Mask

    @property
    def problem(self) -> GroupProblem:
        """The problem it was opened from."""
        return self.bonds.problem

    @property
    def gains(self) -> IntMatrix:
        """What placing each person in each group adds to the value by itself. Shapes: (free, groups)."""
        return self.stakes.scale * self.points + self.stakes.bonus

    @property
    def settled_points(self) -> int:
        """What the fixed members earn among themselves."""
        return sum(self.bonds.points_of(members) for members in self.problem.fixed.values())

    @property
    def rows(self) -> list[int]:
        """Where the people to place stand among everybody."""
        return self.bonds.positions([person.id for person in self.problem.free])


def board_of(bonds: Bonds) -> Board:
    """Open the board of a sound problem.

    Raises: ProblemError when the values would be too large to compute with.
    """
    problem = bonds.problem
    return Board(
        bonds=bonds,
        stakes=stakes_of(bonds),
        open=_open(bonds),
        points=points_with_fixed(bonds),
        limits=tuple(_limits(problem)),
        must=np.array([must_be_placed(problem, person) for person in problem.free], dtype=np.bool_),
    )


def _open(bonds: Bonds) -> BoolMatrix:
    problem = bonds.problem
    rows = bonds.positions([person.id for person in problem.free])
    free = np.ones((len(rows), len(problem.ordered)), dtype=np.bool_)
    for column, group in enumerate(problem.ordered):
        free[:, column] = ~bonds.barred[np.ix_(rows, bonds.positions(problem.fixed[group.id]))].any(axis=1)
    for rule in problem.rules:
        if rule.shared_least:
            _close_unlike(problem, rule, free)
    return free


def _close_unlike(problem: GroupProblem, rule: GroupRule, free: BoolMatrix) -> None:
    """Close the groups with whose fixed members somebody shares too few options."""
    shared = [in_common(problem, rule, problem.fixed[group.id]) for group in problem.ordered]
    known: dict[frozenset[str], Mask] = {}
    for row, person in enumerate(problem.free):
        if person.side in rule.among:
            mine = options_of(person, rule.question)
            if mine not in known:
                counts = (len(mine if theirs is None else mine & theirs) for theirs in shared)
                known[mine] = np.array([count >= rule.shared_least for count in counts], dtype=np.bool_)
            free[row] &= known[mine]


def _limits(problem: GroupProblem) -> Iterator[Limit]:
    for side in Side:
        rows = np.array([person.side == side for person in problem.free], dtype=np.bool_)
        held = np.array([count_of(problem, problem.fixed[group.id], side) for group in problem.ordered], dtype=np.int64)
        least, most = (
            np.array([getattr(group.size(side), name) for group in problem.ordered], dtype=np.int64) for name in ("least", "most")
        )
        yield Limit(SIZE_IDS[side], "", rows, np.maximum(least - held, 0), most - held)
    for rule in sorted(problem.rules, key=lambda rule: rule.id):
        if rule.kind in (GroupRuleKind.ALL_DIFFERENT, GroupRuleKind.AT_LEAST_ONE_OF_EACH):
            yield from _limits_by_option(problem, rule)


def _limits_by_option(problem: GroupProblem, rule: GroupRule) -> Iterator[Limit]:
    held = [counts_by_option(problem, rule, problem.fixed[group.id]) for group in problem.ordered]
    each = rule.kind == GroupRuleKind.AT_LEAST_ONE_OF_EACH
    answers = [options_of(person, rule.question) if person.side in rule.among else frozenset() for person in problem.free]
    for option in sorted(set(rule.options) if each else frozenset().union(*answers)):
        rows = np.array([option in mine for mine in answers], dtype=np.bool_)
        taken = np.array([count.get(option, 0) for count in held], dtype=np.int64)
        least = np.maximum(rule.least - taken, 0) if each else np.zeros_like(taken)
        # At least as many as are asked for, so that a least nobody can fill is found out where the groups are filled.
        yield Limit(rule.id, option, rows, least, np.maximum(least, rows.sum()) if each else 1 - taken)
