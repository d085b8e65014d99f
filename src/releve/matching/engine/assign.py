"""Find the best assignment, the one canonical answer among equally good ones, and the prices that prove it.

Three steps: minimum-cost flows on a shortlist find a best assignment (`best.py`); its prices prove it over all pairs and
describe every other assignment that is as good; a last flow over those alone chooses the one whose pairs have the largest
sum of keyed hashes. So the answer depends on the people, the policy and the seed: not on the order of the rows, on the
machine, on how pairs are cut into blocks, or on time.
"""

from collections.abc import Callable

import numpy as np

from .best import Best, ShortError, best_of
from .blocks import Scoring
from .canonical import problem_hash
from .checks import ensure_sound
from .faults import Fault, ProblemError
from .flow import Choice, best_choice
from .measure import Indices, Listed
from .needs import MOST_PAIRS, ensure_meant
from .openings import Bounds, OpenPairs, open_pairs_of, pair_at
from .problem import Person, Problem
from .result import Certificate, Paired, Result
from .ties import Draw
from .tight import TightPairs
from .version import ENGINE_VERSION

# Told what is being done, how much of it is, and of how much, in pairs.
Progress = Callable[[str, int, int], None]


def assign(problem: Problem, *, progress: Progress | None = None, most_pairs: int = MOST_PAIRS) -> Result:
    """Pair a problem's people as well as its objective allows, and prove it.

    `progress` is told (stage, done, of): the stages are "score", pairs looked at, "choose", pairs in a flow, and "ties".
    It may raise to cancel the run, of which nothing remains. More than `most_pairs` are taken for a mistake (see `needs_of`).
    Raises: PolicyError or ProblemError: faults in the input, a lock that breaks a rule, least places out of reach.
    """
    ensure_meant(problem, most_pairs)
    ensure_sound(problem)
    told = progress or _told_nobody
    openings = open_pairs_of(problem, Scoring(problem))
    try:
        best = best_of(openings, told)
    except ShortError as short:
        raise ProblemError(_faults_of_shortfall(problem, short)) from None
    told("ties", 0, len(best.chosen))
    return _result(problem, openings, best, _canonical(best, Draw(problem), told))


def _told_nobody(_stage: str, _done: int, _of: int) -> None:
    """Report to nobody."""


def _canonical(best: Best, draw: Draw, told: Progress) -> tuple[Indices, Indices]:
    """Choose one among all assignments with the largest total: those that use only pairs worth exactly their prices.

    A person with a price above 0 gives every place in each of them; below 0, no more than the least. Gives rows and columns.
    """
    pairs, prices, field = best.shortlist.pairs, best.prices, best.shortlist.field
    spare = prices.mentees[pairs.rows] + prices.mentors[pairs.columns] - best.shortlist.values
    certain, tight = spare < 0, spare == 0
    mentees = _bounds_at(field.mentees, prices.mentees, pairs.rows[certain])
    mentors = _bounds_at(field.mentors, prices.mentors, pairs.columns[certain])
    rows, columns = pairs.rows[tight], pairs.columns[tight]
    numbers = draw.of_pairs(rows, columns)
    if best.shortlist.holds_all_as_good(prices.mentees):
        taken = best_choice(Choice(rows, columns, numbers, mentees, mentors))
    else:
        ties = best_of(TightPairs(field, prices, draw, mentees, mentors), told, Listed(rows, columns, numbers, field.shape[0]))
        rows, columns, taken = ties.shortlist.pairs.rows, ties.shortlist.pairs.columns, ties.chosen
    return np.append(pairs.rows[certain], rows[taken]), np.append(pairs.columns[certain], columns[taken])


def _bounds_at(bounds: Bounds, prices: Indices, certain: Indices) -> Bounds:
    held = np.bincount(certain, minlength=len(prices))
    least = np.where(prices > 0, bounds.most, bounds.least) - held
    most = np.where(prices < 0, bounds.least, bounds.most) - held
    return Bounds(np.maximum(least, 0), most)


def _result(problem: Problem, openings: OpenPairs, best: Best, chosen: tuple[Indices, Indices]) -> Result:
    locked = openings.locked
    order = np.lexsort((np.append(chosen[1], locked.columns), np.append(chosen[0], locked.rows)))
    rows, columns = np.append(chosen[0], locked.rows)[order], np.append(chosen[1], locked.columns)[order]
    points = openings.scoring.points_at(rows, columns)
    is_locked = order >= len(chosen[0])
    values = openings.worth.scale * points[~is_locked] + openings.worth.bonus
    paired = np.bincount(rows, minlength=openings.shape[0]) > 0
    fingerprint = problem_hash(problem)
    return Result(
        engine=ENGINE_VERSION,
        problem=fingerprint,
        pairs=tuple(
            Paired(*pair_at(problem, row, column), points=earned, locked=lock)
            for row, column, earned, lock in zip(rows.tolist(), columns.tolist(), points.tolist(), is_locked.tolist(), strict=True)
        ),
        unpaired=tuple(problem.mentees[row].id for row in np.flatnonzero(~paired).tolist()),
        points=int(points.sum()),
        certificate=Certificate(
            problem=fingerprint,
            mentees=_by_id(problem.mentees, best.prices.mentees),
            mentors=_by_id(problem.mentors, best.prices.mentors),
            total=int(values.sum()),
        ),
    )


def _by_id(people: tuple[Person, ...], prices: Indices) -> tuple[tuple[str, int], ...]:
    return tuple((person.id, price) for person, price in zip(people, prices.tolist(), strict=True))


def _faults_of_shortfall(problem: Problem, short: ShortError) -> list[Fault]:
    """Name the people who cannot all be given their least number of partners."""
    people = [*(problem.mentees[row] for row in short.mentees), *(problem.mentors[column] for column in short.mentors)]
    mend = "Lower it, relax a rule, or add people who fit."
    return [Fault(f"people[{person.side}={person.id}].least", "least_unreachable", mend) for person in people]
