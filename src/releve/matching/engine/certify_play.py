"""Check results that are what a procedure gives: stable ones from the scores and by playing again, drawn ones by replay."""

from collections.abc import Iterator

import numpy as np

from .answers import openings_for_total, pairs_in
from .complaint import Complaint
from .draw import serve_by_draw
from .measure import BoolMatrix, IntMatrix
from .openings import Counts, Openings, pair_at
from .problem import Problem
from .result import Certificate, Result
from .score import ScoreTable
from .stable import Views, blocking_pairs, views_of


def complaints_about_stability(problem: Problem, table: ScoreTable, result: Result) -> Iterator[Complaint]:
    """Yield the pairs that block a result, and say whether another stable one is better for mentees."""
    openings = openings_for_total(problem, table)
    chosen = pairs_in(problem, result) & ~openings.locked
    views = views_of(problem, table)
    yield from _about_what_is_free(result)
    for row, column in zip(*(places.tolist() for places in blocking_pairs(views, openings, chosen).nonzero()), strict=True):
        yield Complaint("blocking_pair", ", ".join(pair_at(problem, row, column)))
    if (chosen != _asked_all_at_once(views.in_order(problem), openings)).any():
        yield Complaint("not_best_for_mentees")


def complaints_about_draw(problem: Problem, _table: ScoreTable, result: Result) -> Iterator[Complaint]:
    """Say whether the draw, played again, gives other pairs."""
    yield from _about_what_is_free(result)
    if serve_by_draw(problem).pairs != result.pairs:
        yield Complaint("not_as_drawn")


def _about_what_is_free(result: Result) -> Iterator[Complaint]:
    proof = result.certificate
    if proof != Certificate(proof.problem, (), (), proof.total):
        yield Complaint("prices_of_others")
    if proof.total != sum(paired.points for paired in result.pairs if not paired.locked):
        yield Complaint("wrong_value")


def _asked_all_at_once(views: Views, openings: Openings) -> BoolMatrix:
    """Play the mentees' asking again, all at once, round after round, until nobody is refused. Shapes: (mentees, mentors)."""
    still = openings.open
    while True:
        asked = still & _among_the_first(still, views.mentees, openings.mentees.most)
        kept = asked & _among_the_first(asked.T, views.mentors.T, openings.mentors.most).T
        if (asked == kept).all():
            return kept
        still = still & ~(asked & ~kept)


def _among_the_first(those: BoolMatrix, seen: IntMatrix, most: Counts) -> BoolMatrix:
    """Mark, in each row, as many of those marked as there are places, the best seen first. Shapes: as given; (rows,)."""
    order = np.argsort(-seen, axis=1)
    marked = np.take_along_axis(those, order, axis=1)
    first = np.zeros_like(those)
    np.put_along_axis(first, order, marked & (marked.cumsum(axis=1) <= most[:, None]), axis=1)
    return first
