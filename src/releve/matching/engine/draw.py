"""Pair by chance alone, within the rules, in a way that anybody can play again: docs/draw.md is the method.

Mentees stand in an order drawn. As many get a mentor as can; when there are too few places, nobody is passed over for
somebody later in the order. Then each in turn gets one of the mentors who are still possible, of those with the fewest
mentees the one whose pair draws the smallest number; then, in the same order, a second one whoever has places for more;
and so on. A mentor is possible if afterwards every promise can still be kept: who was promised a mentor gets one, and
every least place is filled.
"""

import numpy as np
import numpy.typing as npt

from .answers import openings_for_total, result_of
from .assign import assign
from .canonical import problem_hash
from .faults import OutOfReachError
from .flow import Choice, best_choice
from .measure import BoolMatrix
from .openings import Counts, Openings
from .problem import Person, Problem
from .result import Certificate, Result
from .score import score_pairs
from .ties import drawn, framed, ranks_of_people

NOWHERE = -1


def serve_by_draw(problem: Problem) -> Result:
    """Pair a problem's people by the draw that its seed gives.

    Raises: as `assign`.
    """
    table = score_pairs(problem)
    openings = openings_for_total(problem, table)
    try:
        promises = Promises(openings)
    except OutOfReachError:
        return assign(problem)  # which refuses as well, and names those whose least places are out of reach
    chosen = _drawn_pairs(problem, openings, promises)
    total = int(table.points[chosen].sum())
    certificate = Certificate(problem=problem_hash(problem), mentees=(), mentors=(), total=total)
    return result_of(problem, table, openings.locked, chosen, certificate)


def _drawn_pairs(problem: Problem, openings: Openings, promises: "Promises") -> BoolMatrix:
    order = np.argsort(ranks_of_people(problem, problem.mentees)).tolist()
    held, load = openings.locked.sum(axis=1), openings.locked.sum(axis=0)
    for row in order:
        if not held[row]:
            promises.make(row)
    chosen = np.zeros_like(openings.open)
    for turn in range(max(person.most for person in problem.mentees)):
        for row in (row for row in order if held[row] == turn):
            possible = promises.possible(row)
            if len(possible):
                fewest = possible[load[possible] == load[possible].min()].tolist()
                column = fewest[int(np.argmin(_pair_numbers(problem, problem.mentees[row], fewest)))]
                promises.keep(row, column)
                chosen[row, column] = True
                held[row] += 1
                load[column] += 1
    return chosen


def _pair_numbers(problem: Problem, mentee: Person, columns: list[int]) -> npt.NDArray[np.uint64]:
    texts = (framed(mentee.id) + framed(problem.mentors[column].id) for column in columns)
    return drawn(problem.seed, texts, len(columns))


class Promises:
    """One assignment that keeps every promise made so far, and how it could change.

    Nodes: mentees by row, then mentors by column, then the pool, to which a place goes that is left empty. An arc is one
    change: a mentee takes an open mentor, a mentor lets a mentee go, somebody fills one place more or one less.
    Pairs that are kept leave the table, with their places.
    """

    def __init__(self, openings: Openings) -> None:
        rows, columns = np.nonzero(openings.open)
        choice = Choice(rows, columns, np.ones(len(rows), dtype=np.int64), openings.mentees, openings.mentors)
        used = best_choice(choice)
        self.open = openings.open.copy()
        self.taken = np.zeros_like(self.open)
        self.taken[rows[used], columns[used]] = True
        mentees, mentors = openings.mentees, openings.mentors
        # Least, count and most of every person, mentees first.
        self.least = np.concatenate([mentees.least, mentors.least])
        self.count = np.concatenate([self.taken.sum(axis=1), self.taken.sum(axis=0)])
        self.most = np.concatenate([mentees.most, mentors.most])

    def make(self, row: int) -> None:
        """Promise a mentee a mentor, if every earlier promise allows it."""
        if self.count[row] == 0:
            possible = self.possible(row)
            if not len(possible):
                return
            self._take(row, int(possible[0]))
        self.least[row] = max(self.least[row], 1)

    def possible(self, row: int) -> Counts:
        """List the mentors whom a mentee may have while every promise is kept, by column."""
        after = self._ways_to(row)[len(self.open) : -1]
        return np.flatnonzero(self.open[row] & (self.taken[row] | (after != NOWHERE)))

    def keep(self, row: int, column: int) -> None:
        """Give a mentee a possible mentor for good."""
        if not self.taken[row, column]:
            self._take(row, column)
        self.open[row, column] = self.taken[row, column] = False
        for person in (row, len(self.open) + column):
            self.count[person] -= 1
            self.most[person] -= 1
            self.least[person] = max(self.least[person] - 1, 0)

    def _take(self, row: int, column: int) -> None:
        """Let a mentee have a possible mentor, and change what has to change for it."""
        mentees = len(self.open)
        after = self._ways_to(row)
        self.taken[row, column] = True
        node = mentees + column
        while node != row:
            following = int(after[node])
            if node < mentees <= following < len(after) - 1:
                self.taken[node, following - mentees] = True
            elif following < mentees <= node < len(after) - 1:
                self.taken[following, node - mentees] = False
            node = following
        self.count = np.concatenate([self.taken.sum(axis=1), self.taken.sum(axis=0)])

    def _ways_to(self, row: int) -> Counts:
        """Find, from every node that leads to a mentee, the node after it; NOWHERE if none leads there."""
        mentees, pool = len(self.open), len(self.count)
        may_take = self.open & ~self.taken
        room, spare = self.count < self.most, self.count > self.least
        from_pool = np.append(room[:mentees], spare[mentees:])
        to_pool = np.append(spare[:mentees], room[mentees:])
        after = np.full(pool + 1, NOWHERE, dtype=np.int64)
        after[row] = row
        reached = np.array([row])
        while len(reached):
            known = after.copy()
            takers, servers = reached[reached < mentees], reached[(reached >= mentees) & (reached < pool)]
            _lead(after[mentees:pool], self.taken[takers].T, takers)
            _lead(after[:mentees], may_take[:, servers - mentees], servers)
            people = reached[reached < pool]
            _lead(after[pool:], from_pool[people][None, :], people)
            if len(people) < len(reached):
                _lead(after[:pool], to_pool[:, None], np.array([pool]))
            reached = np.flatnonzero(after != known)
        return after


def _lead(after: Counts, changes: BoolMatrix, to: Counts) -> None:
    """Note, for the nodes not reached before, one of the nodes to which a change leads. Shapes: `changes` (nodes, to)."""
    if len(to):
        new = np.flatnonzero((after == NOWHERE) & changes.any(axis=1))
        after[new] = to[changes[new].argmax(axis=1)]
