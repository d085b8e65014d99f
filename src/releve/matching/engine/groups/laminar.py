"""Decide whether a problem of groups is a flow, and along which arcs.

A flow sends each person through kinds that lie one within the other, each with a least and a most per group, into a
group: student → discipline of that group [at most 1] → group [at most 4]. Rules of which the kinds nest or do not touch
(a *laminar* family) fit; whatever bonds two people to place to each other in another way does not.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from ..measure import BoolMatrix
from ..problem import options_of
from .board import Board, Limit
from .keeping import in_common
from .problem import GroupRule, GroupRuleKind, may_be_left


class Crossing(StrEnum):
    """What makes a problem more than a flow."""

    OPTIONAL_GROUP = "optional_group"  # a group that may be left alone, yet has a least once it is not
    KEPT_APART = "kept_apart"  # two people to place who may not meet
    KEPT_TOGETHER = "kept_together"  # people to place who must meet
    POINTS_BETWEEN = "points_between"  # two people to place who earn points together
    BALANCE = "balance"  # groups are compared with each other
    SHARED_OPTION = "shared_option"  # what all members share depends on who joins
    CROSSING_KINDS = "crossing_kinds"  # kinds that overlap and do not nest


@dataclass(frozen=True)
class Obstacle:
    """One thing that is not a flow, and the rules it comes from, by id."""

    crossing: Crossing
    rules: tuple[str, ...] = ()


def obstacles_to_flow(board: Board) -> tuple[Obstacle, ...]:
    """List what keeps a problem from being solved as a flow; empty when nothing does."""
    problem, bonds = board.problem, board.bonds
    optional = np.array([may_be_left(problem, group) for group in problem.ordered], dtype=np.bool_)
    between = np.ix_(board.rows, board.rows)
    may_meet = _may_meet(board.open)
    found = [
        Obstacle(Crossing.OPTIONAL_GROUP) if any((limit.least[optional] > 0).any() for limit in board.limits) else None,
        Obstacle(Crossing.KEPT_APART) if (bonds.barred[between] & may_meet).any() else None,
        Obstacle(Crossing.KEPT_TOGETHER) if problem.together else None,
        Obstacle(Crossing.POINTS_BETWEEN) if (bonds.points[between][may_meet] > 0).any() else None,
    ]
    for rule in problem.rules:
        if rule.kind == GroupRuleKind.BALANCE:
            found.append(Obstacle(Crossing.BALANCE, (rule.id,)))
        if rule.shared_least and not _is_decided(board, rule):
            found.append(Obstacle(Crossing.SHARED_OPTION, (rule.id,)))
    crossing = [Obstacle(Crossing.CROSSING_KINDS, two) for two in _crossing_kinds(binding_limits(board))]
    return (*(obstacle for obstacle in found if obstacle), *crossing)


def binding_limits(board: Board) -> tuple[Limit, ...]:
    """Keep the limits that can hold anybody back, larger kinds first, so that a kind comes after those it lies within."""
    binding = [limit for limit in board.limits if (limit.least > 0).any() or (limit.most < limit.rows.sum()).any()]
    return tuple(sorted(binding, key=lambda limit: (-int(limit.rows.sum()), limit.rule, limit.option)))


def _may_meet(free: BoolMatrix) -> BoolMatrix:
    counts = free.astype(np.float32)
    meet: BoolMatrix = counts @ counts.T > 0
    np.fill_diagonal(meet, False)
    return meet


def _is_decided(board: Board, rule: GroupRule) -> bool:
    """Say whether any people who may join a group share enough with each other too."""
    problem = board.problem
    for column, group in enumerate(problem.ordered):
        joining = [problem.free[row] for row in np.flatnonzero(board.open[:, column])]
        answers = [options_of(person, rule.question) for person in joining if person.side in rule.among]
        held = in_common(problem, rule, problem.fixed[group.id])
        shared = frozenset.intersection(*answers, *([] if held is None else [held])) if answers else None
        if shared is not None and len(shared) < rule.shared_least:
            return False
    return True


def _crossing_kinds(limits: tuple[Limit, ...]) -> list[tuple[str, ...]]:
    """List the rules of which two kinds overlap without one lying within the other."""
    if not limits:
        return []
    rows = np.array([limit.rows for limit in limits]).astype(np.float32)
    sizes = rows.sum(axis=1)
    overlap = rows @ rows.T
    crossing = (overlap > 0) & (overlap < np.minimum(sizes[:, None], sizes[None, :]))
    return sorted({tuple(sorted({limits[one].rule, limits[other].rule})) for one, other in np.argwhere(crossing).tolist()})
