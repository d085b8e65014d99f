"""Find blocks of competing demands: mentees who, together, may have fewer mentors' places than they are. For the committee only.

As many mentees as possible are given one place each; whoever still lacks one, and everybody who would have to make room
for them, compete for places that are all taken. These are the same mentees whichever assignment one begins with.
Source: Dulmage and Mendelsohn, Coverings of bipartite graphs (1958).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from ortools.graph.python import max_flow

from .measure import BoolMatrix
from .openings import Openings, openings_of
from .problem import HardRule, Problem, options_of
from .rules import forbidden_by
from .score import score_pairs

Indices = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Need:
    """What keeps a block from going elsewhere.

    `mentors`: how many mentors outside the block, with a place left, this rule closes to every mentee of it.
    `options`: what all its mentees answered to the rule's question, sorted; empty if the rule asks none, or if they differ.
    """

    rule: HardRule
    options: tuple[str, ...]
    mentors: int


@dataclass(frozen=True)
class Block:
    """Mentees who compete for too few places, and the mentors who have them.

    Units: `places` counts what the mentors have left beside the locks: fewer than the `mentees`. No mentor outside the
    block is open to any of them, and blocks share nobody. Order: ids; `needs` closing most mentors first.
    """

    mentees: tuple[str, ...]
    mentors: tuple[str, ...]
    places: int
    needs: tuple[Need, ...]

    @property
    def short(self) -> int:
        """How many of its mentees will have nobody, whatever the assignment."""
        return len(self.mentees) - self.places


def competing_blocks(problem: Problem) -> tuple[Block, ...]:
    """List the blocks of mentees who may have fewer places than they are; empty when everybody can have somebody.

    Mentees with a lock, or who ask for nobody, compete for nothing. Order: most short first, then the first mentee's id.
    Raises: PolicyError or ProblemError as `assign`.
    """
    openings = openings_of(problem, score_pairs(problem))
    demanding = (openings.mentees.most > 0) & ~openings.locked.any(axis=1)
    alone = demanding & ~openings.open.any(axis=1)
    crowded = _crowded(openings, demanding & ~alone)
    rules = problem.policy.rules_in_force
    closed = [forbidden_by(rule, problem, problem.mentees, problem.mentors) for rule in rules]
    places = openings.mentors.most
    parts = [*_components(openings.open, crowded), *_without_anybody(problem, np.flatnonzero(alone), closed, places > 0)]
    blocks = [
        Block(
            mentees=tuple(problem.mentees[row].id for row in rows.tolist()),
            mentors=tuple(problem.mentors[column].id for column in columns.tolist()),
            places=int(places[columns].sum()),
            needs=_needs(problem, rows, closed, _outside(places > 0, columns)),
        )
        for rows, columns in parts
    ]
    return tuple(sorted(blocks, key=lambda block: (-block.short, block.mentees)))


def _crowded(openings: Openings, demanding: BoolMatrix) -> BoolMatrix:
    """Mark the mentees who can be left over by some assignment that gives as many as possible one mentor. Shapes: (mentees,)."""
    rows, columns = np.nonzero(openings.open & demanding[:, None])
    taken = _one_each(rows, columns, demanding, openings.mentors.most)
    # A mentee makes room for another whose open mentor they hold: follow that from those who were left over.
    holders = np.zeros_like(openings.open)
    holders[rows[taken], columns[taken]] = True
    crowded = demanding & ~holders.any(axis=1)
    edge = crowded
    while edge.any():
        wanted = openings.open[edge].any(axis=0)
        edge = holders[:, wanted].any(axis=1) & ~crowded
        crowded = crowded | edge
    return crowded


def _one_each(rows: Indices, columns: Indices, demanding: BoolMatrix, places: Indices) -> BoolMatrix:
    """Give as many of these mentees as possible one place. Shapes: (pairs,)."""
    mentees, mentors = len(demanding), len(places)
    source, sink = mentees + mentors, mentees + mentors + 1
    flow = max_flow.SimpleMaxFlow()
    everyone = np.arange(mentees + mentors)
    arcs = flow.add_arcs_with_capacity(rows, mentees + columns, np.ones_like(rows))
    flow.add_arcs_with_capacity(np.full(mentees, source), everyone[:mentees], demanding.astype(np.int64))
    flow.add_arcs_with_capacity(everyone[mentees:], np.full(mentors, sink), places)
    flow.solve(source, sink)
    return np.asarray(flow.flows(arcs)) > 0


def _components(open_pairs: BoolMatrix, crowded: BoolMatrix) -> Iterator[tuple[Indices, Indices]]:
    """Split the crowded mentees and the mentors open to them into parts that share nobody."""
    left = crowded.copy()
    while left.any():
        mentees = np.zeros_like(left)
        mentees[left.argmax()] = True
        mentors = open_pairs[mentees].any(axis=0)
        while (more := left & open_pairs[:, mentors].any(axis=1) & ~mentees).any():
            mentees |= more
            mentors |= open_pairs[more].any(axis=0)
        left &= ~mentees
        yield np.flatnonzero(mentees), np.flatnonzero(mentors)


def _without_anybody(
    problem: Problem, rows: Indices, closed: Sequence[BoolMatrix], with_places: BoolMatrix
) -> Iterator[tuple[Indices, Indices]]:
    """Put together the mentees to whom nobody is open for the same reason: one rule that closes everybody, or else all of them."""
    alike: dict[tuple[Need, ...], list[int]] = {}
    everybody = int(with_places.sum())
    for row in rows.tolist():
        needs = _needs(problem, np.array([row]), closed, with_places)
        enough = tuple(need for need in needs if need.mentors == everybody)
        alike.setdefault(enough[:1] or needs, []).append(row)
    for together in alike.values():
        yield np.array(together), np.array([], dtype=np.int64)


def _needs(problem: Problem, rows: Indices, closed: Sequence[BoolMatrix], outside: BoolMatrix) -> tuple[Need, ...]:
    mentees = [problem.mentees[row] for row in rows.tolist()]
    counts = [int((forbidden[rows].all(axis=0) & outside).sum()) for forbidden in closed]
    needs = [
        Need(rule, tuple(sorted(frozenset.intersection(*(options_of(person, rule.question) for person in mentees)))), count)
        for rule, count in zip(problem.policy.rules_in_force, counts, strict=True)
        if count
    ]
    return tuple(sorted(needs, key=lambda need: -need.mentors))


def _outside(with_places: BoolMatrix, columns: Indices) -> BoolMatrix:
    outside = with_places.copy()
    outside[columns] = False
    return outside
