"""Make groups better one change at a time: somebody moves, or two change places, as long as that earns more.

Each step takes the change that earns most among those the rules allow, as far as TRIES of them: quick, the same on every
machine, and no more than a start for a search.
"""

from typing import Final

import numpy as np

from ..measure import IntMatrix
from .board import Board, Counts
from .flow import NOWHERE
from .keeping import is_formed, too_little, too_much, unbalanced

STEPS: Final = 500
TRIES: Final = 300

Change = dict[int, int]


def improved(board: Board, chosen: Counts) -> Counts:
    """Change groups while that earns more. Shapes: (free,) in and out, a column or NOWHERE."""
    chosen = chosen.copy()
    for _ in range(STEPS):
        change = next((change for change in _promising(board, chosen) if _is_allowed(board, chosen, change)), None)
        if change is None:
            break
        for row, column in change.items():
            chosen[row] = column
    return chosen


def _promising(board: Board, chosen: Counts) -> list[Change]:
    """List the changes that would earn more if the rules allow them, the best first."""
    earned, people = _earned(board, chosen), np.arange(len(chosen))
    here = earned[people, chosen]
    moves = earned - here[:, None]
    # Each of two who change places no longer meets the other.
    beside = board.stakes.scale * board.bonds.points[np.ix_(board.rows, board.rows)]
    placed = (chosen != NOWHERE).astype(np.int64)
    swaps = earned[:, chosen] - here[:, None] - beside * placed[None, :]
    swaps = np.triu(np.where(chosen[:, None] == chosen[None, :], 0, swaps + swaps.T), 1)
    moving, swapping = np.argwhere(moves > 0), np.argwhere(swaps > 0)
    gains = np.concatenate([moves[moves > 0], swaps[swaps > 0]])
    changes: list[Change] = []
    for index in np.argsort(-gains, kind="stable")[:TRIES].tolist():
        if index < len(moving):
            row, column = moving[index].tolist()
            changes.append({row: column if column < board.open.shape[1] else NOWHERE})
        else:
            one, other = swapping[index - len(moving)].tolist()
            changes.append({one: int(chosen[other]), other: int(chosen[one])})
    return changes


def _earned(board: Board, chosen: Counts) -> IntMatrix:
    """Say what each person adds, or would add, to each group as it is; in the last column, to none.

    Shapes: (free, groups + 1). Units: gain; far below 0 where a group is closed.
    """
    members = (chosen[:, None] == np.arange(board.open.shape[1])).astype(np.int64)
    between = board.bonds.points[np.ix_(board.rows, board.rows)] @ members
    earned = board.gains + board.stakes.scale * between
    closed = -4 * (int(earned.max(initial=0)) + 1)
    return np.hstack([np.where(board.open, earned, closed), np.zeros((len(chosen), 1), dtype=np.int64)])


def _is_allowed(board: Board, chosen: Counts, change: Change) -> bool:
    problem = board.problem
    companions = {name for company in problem.together for name in company}
    if any(problem.free[row].id in companions or (column == NOWHERE and board.must[row]) for row, column in change.items()):
        return False
    after = chosen.copy()
    for row, column in change.items():
        after[row] = column
    touched = {column for row, where in change.items() for column in (int(chosen[row]), where)} - {NOWHERE}
    members = {
        group.id: [*problem.fixed[group.id], *(problem.free[row].id for row in np.flatnonzero(after == column).tolist())]
        for column, group in enumerate(problem.ordered)
    }
    for column in touched:
        group = problem.ordered[column]
        formed = is_formed(problem, group, members[group.id])
        if too_much(board.bonds, group, members[group.id]) or (formed and too_little(problem, group, members[group.id])):
            return False
    return not unbalanced(
        problem, {group.id: members[group.id] for group in problem.ordered if is_formed(problem, group, members[group.id])}
    )
