"""Put people into groups one after the other, for a search to start from: quick, and neither best nor always allowed."""

import numpy as np

from .board import Board, Counts
from .flow import NOWHERE
from .keeping import too_little, too_much
from .problem import Group, may_be_left

Unit = tuple[str, ...]


class Start:
    """Groups being filled. `members`: by group, fixed ones first."""

    def __init__(self, board: Board) -> None:
        self.board, self.problem = board, board.problem
        self.members = {name: list(held) for name, held in self.problem.fixed.items()}

    def place(self, units: list[Unit], groups: tuple[Group, ...]) -> None:
        """Let each unit in turn join the group that lacks somebody, or else where it earns most."""
        for unit in units:
            free = [group for group in groups if not too_much(self.board.bonds, group, [*self.members[group.id], *unit])]
            if free:
                best = max(free, key=lambda group: self._wanted(group, unit))
                self.members[best.id].extend(unit)

    def leave_what_lacks(self) -> list[Group]:
        """Empty the optional groups that did not come about, and say which groups remain."""
        remaining = []
        for group in self.problem.ordered:
            if may_be_left(self.problem, group) and too_little(self.problem, group, self.members[group.id]):
                self.members[group.id] = list(self.problem.fixed[group.id])
            else:
                remaining.append(group)
        return remaining

    def _wanted(self, group: Group, unit: Unit) -> tuple[bool, int]:
        members = self.members[group.id]
        begun = len(members) > len(self.problem.fixed[group.id]) or not may_be_left(self.problem, group)
        bonds = self.board.bonds
        earned = int(bonds.points[np.ix_(bonds.positions(unit), bonds.positions(members))].sum())
        return begun and bool(too_little(self.problem, group, members)), earned


def start_of(board: Board) -> Counts:
    """Find groups to start a search from. Shapes: (free,), a column or NOWHERE."""
    problem = board.problem
    companions = {name for company in problem.together for name in company}
    choices = dict(zip((person.id for person in problem.free), board.open.sum(axis=1).tolist(), strict=True))
    alone = sorted((choices[name], name) for name in choices.keys() - companions)
    units: list[Unit] = [*problem.together, *((name,) for _, name in alone)]
    start = Start(board)
    start.place(units, problem.ordered)
    remaining = start.leave_what_lacks()
    placed = {name for members in start.members.values() for name in members}
    start.place([unit for unit in units if unit[0] not in placed], tuple(remaining))
    column_of = {name: column for column, group in enumerate(problem.ordered) for name in start.members[group.id]}
    return np.array([column_of.get(person.id, NOWHERE) for person in problem.free], dtype=np.int64)
