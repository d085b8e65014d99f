"""Write chosen pairs down as the result of a run."""

from .canonical import problem_hash
from .measure import BoolMatrix
from .openings import pair_at
from .problem import Problem
from .result import Certificate, Paired, Result
from .score import ScoreTable
from .version import ENGINE_VERSION


def result_of(problem: Problem, table: ScoreTable, locked: BoolMatrix, chosen: BoolMatrix, certificate: Certificate) -> Result:
    """Write a result. Shapes: `locked` and `chosen`, the pairs beside the locks, (mentees, mentors)."""
    whole = chosen | locked
    return Result(
        engine=ENGINE_VERSION,
        problem=problem_hash(problem),
        pairs=tuple(
            Paired(*pair_at(problem, row, column), points=int(table.points[row, column]), locked=bool(locked[row, column]))
            for row, column in zip(*(places.tolist() for places in whole.nonzero()), strict=True)
        ),
        unpaired=tuple(person.id for person, count in zip(problem.mentees, whole.sum(axis=1), strict=True) if not count),
        points=int(table.points[whole].sum()),
        certificate=certificate,
    )
