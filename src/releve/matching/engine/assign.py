"""Find the best assignment, the one canonical answer among equally good ones, and the prices that prove it.

Three steps: a minimum-cost flow finds a best assignment; prices from its residual graph prove it and describe every
other assignment that is as good; a second flow over those alone chooses the one whose pairs have the largest sum of
keyed hashes. So the answer depends on the people, the policy and the seed: not on the order of the rows, on the
machine, or on time.
"""

import numpy as np
import numpy.typing as npt

from .canonical import problem_hash
from .faults import Fault, OutOfReachError, ProblemError
from .flow import Choice, best_choice, short_of_least
from .measure import BoolMatrix
from .openings import Bounds, Openings, openings_of, pair_at
from .problem import Person, Problem
from .residual import Prices, Standing, prices_of
from .result import Certificate, Paired, Result
from .score import ScoreTable, score_pairs
from .ties import numbers_of_pairs
from .version import ENGINE_VERSION


def assign(problem: Problem) -> Result:
    """Pair a problem's people as well as its objective allows, and prove it.

    Raises: PolicyError or ProblemError: faults in the input, a lock that breaks a rule, least places out of reach.
    """
    table = score_pairs(problem)
    openings = openings_of(problem, table)
    first = Standing(openings, _best(problem, openings))
    prices = prices_of(first)
    chosen = _canonical(problem, first, prices)
    return _result(problem, table, openings, chosen, prices)


def _best(problem: Problem, openings: Openings) -> BoolMatrix:
    rows, columns = np.nonzero(openings.open)
    choice = Choice(rows, columns, openings.values[rows, columns], openings.mentees, openings.mentors)
    try:
        taken = best_choice(choice)
    except OutOfReachError:
        raise ProblemError(_faults_of_shortfall(problem, choice)) from None
    return _marked(openings.open.shape, rows[taken], columns[taken])


def _canonical(problem: Problem, standing: Standing, prices: Prices) -> BoolMatrix:
    """Choose one among all assignments with the largest total: those that use only pairs worth exactly their prices.

    A person with a price above 0 gives every place in each of them; below 0, no more than the least.
    """
    openings = standing.openings
    spare = np.where(openings.open, prices.mentees[:, None] + prices.mentors[None, :] - openings.values, 1)
    certain = spare < 0
    rows, columns = np.nonzero(spare == 0)
    mentees = _bounds_at(openings.mentees, prices.mentees, certain.sum(axis=1))
    mentors = _bounds_at(openings.mentors, prices.mentors, certain.sum(axis=0))
    taken = best_choice(Choice(rows, columns, numbers_of_pairs(problem, rows, columns), mentees, mentors))
    return certain | _marked(certain.shape, rows[taken], columns[taken])


def _bounds_at(bounds: Bounds, prices: npt.NDArray[np.int64], held: npt.NDArray[np.int64]) -> Bounds:
    least = np.where(prices > 0, bounds.most, bounds.least) - held
    most = np.where(prices < 0, bounds.least, bounds.most) - held
    return Bounds(np.maximum(least, 0), most)


def _result(problem: Problem, table: ScoreTable, openings: Openings, chosen: BoolMatrix, prices: Prices) -> Result:
    whole = chosen | openings.locked
    fingerprint = problem_hash(problem)
    return Result(
        engine=ENGINE_VERSION,
        problem=fingerprint,
        pairs=tuple(
            Paired(*pair_at(problem, row, column), points=int(table.points[row, column]), locked=bool(openings.locked[row, column]))
            for row, column in np.argwhere(whole).tolist()
        ),
        unpaired=tuple(person.id for person, count in zip(problem.mentees, whole.sum(axis=1), strict=True) if not count),
        points=int(table.points[whole].sum()),
        certificate=Certificate(
            problem=fingerprint,
            mentees=_by_id(problem.mentees, prices.mentees),
            mentors=_by_id(problem.mentors, prices.mentors),
            total=int(openings.values[chosen].sum()),
        ),
    )


def _by_id(people: tuple[Person, ...], prices: npt.NDArray[np.int64]) -> tuple[tuple[str, int], ...]:
    return tuple((person.id, price) for person, price in zip(people, prices.tolist(), strict=True))


def _marked(shape: tuple[int, ...], rows: npt.NDArray[np.int64], columns: npt.NDArray[np.int64]) -> BoolMatrix:
    marked = np.zeros(shape, dtype=np.bool_)
    marked[rows, columns] = True
    return marked


def _faults_of_shortfall(problem: Problem, choice: Choice) -> list[Fault]:
    """Name the people who cannot all be given their least number of partners."""
    return [
        Fault(f"people[{person.side}={person.id}].least", "least_unreachable", "Lower it, relax a rule, or add people who fit.")
        for person, missing in zip((*problem.mentees, *problem.mentors), short_of_least(choice), strict=True)
        if missing
    ]
