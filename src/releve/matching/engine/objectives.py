"""Pair people as well as their policy's objective says: the one way in, whatever the objective."""

from collections.abc import Callable, Mapping
from typing import Final

from .assign import Progress, assign
from .draw import serve_by_draw
from .problem import Objective, Problem
from .result import Result
from .stable import serve_stably
from .worst_off import serve_worst_off

SOLVERS: Final[Mapping[Objective, Callable[[Problem], Result]]] = {
    Objective.MAXIMIN: serve_worst_off,
    Objective.LEXIMIN: serve_worst_off,
    Objective.STABLE: serve_stably,
    Objective.DRAW: serve_by_draw,
}


def solve(problem: Problem, *, progress: Progress | None = None) -> Result:
    """Pair a problem's people by its objective, with a certificate of what the objective promises.

    `progress` is told how far a total is (see `assign`); the other objectives hold every pair in memory and say nothing.
    Raises: PolicyError or ProblemError: faults in the input, a lock that breaks a rule, least places out of reach.
    """
    if problem.policy.objective in SOLVERS:
        return SOLVERS[problem.policy.objective](problem)
    return assign(problem, progress=progress)
