"""Pair so that no two people would both rather have each other: the best such answer for every mentee at once.

Whose preferences: a mentee ranks mentors by points, and a mentor ranks mentees by points. Both count every criterion but
the wishes of the other side, which are nobody's preference but their own. People who draw equal points are taken in the
order that the seed draws, the same for everybody. A ranking has no other use: points are compared within one, never
between two people. Anybody whom no rule forbids is better than nobody.
Locks stand, and what is free beside them is stable in itself. A least is no preference: if the stable answer leaves one
unfilled, so does every other stable answer, and the run is refused.
Source: Gale and Shapley (1962), with the places of both sides as in Roth and Sotomayor, Two-Sided Matching (1990).
"""

from dataclasses import dataclass, replace
from heapq import heappush, heappushpop

import numpy as np

from .answers import openings_for_total, result_of
from .canonical import problem_hash
from .faults import Fault, ProblemError
from .measure import BoolMatrix, IntMatrix
from .openings import Openings
from .problem import CriterionKind, Problem, Side
from .result import Certificate, Result
from .score import ScoreTable, score_pairs
from .ties import ranks_of_people


@dataclass(frozen=True, eq=False)
class Views:
    """What each side sees in the other. Shapes: (mentees, mentors) each. Units: points."""

    mentees: IntMatrix
    mentors: IntMatrix

    def in_order(self, problem: Problem) -> "Views":
        """Break ties by the order drawn: the same views, in which nobody sees two people alike."""
        mentees, mentors = ranks_of_people(problem, problem.mentees), ranks_of_people(problem, problem.mentors)
        by_mentees = self.mentees * len(mentors) - mentors
        return Views(by_mentees, self.mentors * len(mentees) - mentees[:, None])


def views_of(problem: Problem, table: ScoreTable) -> Views:
    """Say what each side sees in the other."""
    return Views(_seen_by(Side.MENTEE, problem, table), _seen_by(Side.MENTOR, problem, table))


def blocking_pairs(views: Views, openings: Openings, chosen: BoolMatrix) -> BoolMatrix:
    """Mark the open pairs of two people who would both rather have each other than a place empty or a pair they have.

    Only more points count as rather; locked pairs cannot be given up. Shapes: (mentees, mentors).
    """
    least_liked = np.iinfo(np.int64).max
    worst = np.where(chosen, views.mentees, least_liked).min(axis=1)
    worst[chosen.sum(axis=1) < openings.mentees.most] = np.iinfo(np.int64).min
    rather = views.mentees > worst[:, None]
    worst = np.where(chosen, views.mentors, least_liked).min(axis=0)
    worst[chosen.sum(axis=0) < openings.mentors.most] = np.iinfo(np.int64).min
    blocked: BoolMatrix = openings.open & ~chosen & rather & (views.mentors > worst)
    return blocked


def serve_stably(problem: Problem) -> Result:
    """Pair a problem's people so that the answer is stable and, among stable ones, the best for every mentee.

    Raises: PolicyError or ProblemError: as `assign`, or when a least breaks stability.
    """
    table = score_pairs(problem)
    openings = openings_for_total(problem, table)
    chosen = _deferred(views_of(problem, table).in_order(problem), openings)
    _refuse_unfilled(problem, openings, chosen)
    total = int(table.points[chosen].sum())
    certificate = Certificate(problem=problem_hash(problem), mentees=(), mentors=(), total=total)
    return result_of(problem, table, openings.locked, chosen, certificate)


def _seen_by(side: Side, problem: Problem, table: ScoreTable) -> IntMatrix:
    criteria = tuple(one for one in problem.policy.criteria if one.kind != CriterionKind.WISHES or one.wisher == side)
    if criteria == problem.policy.criteria:
        return table.points
    return score_pairs(replace(problem, policy=replace(problem.policy, criteria=criteria))).points


def _deferred(views: Views, openings: Openings) -> BoolMatrix:
    """Let mentees ask and mentors keep the best so far, until nobody asks any more. Shapes: (mentees, mentors)."""
    liked = np.argsort(np.where(openings.open, -views.mentees, np.iinfo(np.int64).max), axis=1)
    asks = [iter(order[:count]) for order, count in zip(liked.tolist(), openings.open.sum(axis=1).tolist(), strict=True)]
    left, most = openings.mentees.most.tolist(), openings.mentors.most.tolist()
    kept: list[list[tuple[int, int]]] = [[] for _ in most]
    waiting = [*range(len(left))]
    while waiting:
        row = waiting.pop()
        while left[row] and (column := next(asks[row], None)) is not None:
            asked, left[row] = (int(views.mentors[row, column]), row), left[row] - 1
            if len(kept[column]) < most[column]:
                heappush(kept[column], asked)
                continue
            refused = heappushpop(kept[column], asked)[1]
            left[refused] += 1
            if refused != row:
                waiting.append(refused)
    chosen = np.zeros_like(openings.open)
    for column, those in enumerate(kept):
        chosen[[row for _, row in those], column] = True
    return chosen


def _refuse_unfilled(problem: Problem, openings: Openings, chosen: BoolMatrix) -> None:
    short = [
        *zip(problem.mentees, (chosen.sum(axis=1) < openings.mentees.least).tolist(), strict=True),
        *zip(problem.mentors, (chosen.sum(axis=0) < openings.mentors.least).tolist(), strict=True),
    ]
    mend = "Lower it, or ask for another objective: stable answers leave it unfilled."
    if faults := [Fault(f"people[{person.side}={person.id}].least", "least_unstable", mend) for person, unfilled in short if unfilled]:
        raise ProblemError(faults)
