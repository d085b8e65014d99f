"""Check results that are what a procedure gives: stable ones from the scores and by playing again, drawn ones by replay."""

from collections.abc import Iterator

import numpy as np

from .answers import openings_for_total, pairs_in
from .complaint import Complaint
from .draw import serve_by_draw
from .measure import BoolMatrix
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
    still, asked = openings.open.copy(), np.zeros_like(openings.open)
    liked, liked_by = np.argsort(-views.mentees, axis=1), np.argsort(-views.mentors.T, axis=1)
    again = np.arange(len(still))
    while len(again):
        asked[again] = _the_first(still[again], liked[again], openings.mentees.most[again])
        asked_of = np.flatnonzero(asked[again].any(axis=0))
        kept = _the_first(asked[:, asked_of].T, liked_by[asked_of], openings.mentors.most[asked_of]).T
        refused = asked[:, asked_of] & ~kept
        still[:, asked_of] &= ~refused
        asked[:, asked_of] = kept
        again = np.flatnonzero(refused.any(axis=1))
    return asked


def _the_first(those: BoolMatrix, order: Counts, most: Counts) -> BoolMatrix:
    """Mark, in each row, as many of those marked as there are places, in an order. Shapes: as given; (rows,)."""
    marked = np.take_along_axis(those, order, axis=1)
    first = np.zeros_like(those)
    np.put_along_axis(first, order, marked & (marked.cumsum(axis=1) <= most[:, None]), axis=1)
    return first
