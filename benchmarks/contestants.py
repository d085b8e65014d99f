"""Pair a cohort in every way that a programmer could take from the shelf, and in ours: from people's answers to pairs.

Those that need a matrix get it from one scorer (`dense.py`), whose time is theirs: nobody pairs without it. Mentors take several
mentees, which most libraries do not know: for them each place is a column. A forbidden pair is worth 0 and every other one
more, so that a solver that must give everybody a place gives forbidden ones to those whom the best answer leaves without.
"""

import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from benchmarks import dense
from releve.matching.engine import Pair, Problem, assign, certify

Numbers = npt.NDArray[np.int64]

STEP: Final = 5  # what any two totals of a cohort differ by at least, in points
STACK: Final = 2**30  # bytes
SLICE: Final = 200_000  # pairs looked at together by the greedy one


@dataclass(frozen=True)
class Answer:
    """Pairs and, where they come with a proof that no others are better, the way to check it.

    `sweeps` is how many times every pair was scored, on average.
    """

    pairs: list[Pair]
    check: Callable[[], bool] | None = None
    sweeps: float = 1


@dataclass(frozen=True)
class Contestant:
    """One way to pair. `module` is what has to be installed for it."""

    module: str
    solve: Callable[[Problem], Answer]


def ours(problem: Problem) -> Answer:
    """Pair by the engine; the certificate is part of its result."""
    scored = 0

    def count(stage: str, done: int, of: int) -> None:
        nonlocal scored
        scored += of if stage == "score" and done == of else 0

    result = assign(problem, progress=count)
    pairs = [Pair(pair.mentee, pair.mentor) for pair in result.pairs]
    return Answer(pairs, lambda: certify(problem, result) == (), scored / (len(problem.mentees) * len(problem.mentors)))


def scipy_dense(problem: Problem) -> Answer:
    """Pair by the matrix of mentees × places."""
    from scipy.optimize import linear_sum_assignment  # only this contestant may pay for it

    points = dense.score(problem)
    places = _place_of(problem)
    values = _worth(problem, points, np.float64)[:, places]
    rows, columns = linear_sum_assignment(values, maximize=True)
    return Answer(_named(problem, points, rows, places[columns]))


def munkres(problem: Problem) -> Answer:
    """Pair by the matrix of mentees × places, in whole numbers: what this library is quickest with."""
    from munkres import linear_sum_assignment  # an optional library

    points = dense.score(problem)
    places = _place_of(problem)
    values = _worth(problem, points, np.int64)[:, places]
    rows, columns = linear_sum_assignment(values, maximize=True)
    return Answer(_named(problem, points, np.asarray(rows), places[np.asarray(columns)]))


def munkres_proved(problem: Problem) -> Answer:
    """Pair by the same library and let it write its own proof, over the matrix that it was given."""
    from munkres import solve_planned  # an optional library

    points = dense.score(problem)
    places = _place_of(problem)
    costs = -_worth(problem, points, np.int64)[:, places]
    planned = solve_planned(costs, verify=True)
    rows, columns = np.array(planned.pairs, dtype=np.int64).reshape(-1, 2).T
    return Answer(_named(problem, points, rows, places[columns]), lambda: bool(planned.certificate.verify(costs).ok))


def scipy_sparse(problem: Problem) -> Answer:
    """Pair by the admissible places alone, and one place of nobody for each mentee, since everyone must have one."""
    from scipy.sparse import csr_array  # only this contestant may pay for it
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    points = dense.score(problem)
    places = _place_of(problem)
    count = len(points)
    expanded = points[:, places]
    rows, columns = np.nonzero(expanded != dense.FORBIDDEN)
    gains = _worth(problem, expanded[rows, columns], np.float64)
    everyone = np.arange(count)
    edges = np.concatenate([gains + 1, np.ones(count)]), (np.append(rows, everyone), np.append(columns, len(places) + everyone))
    rows, columns = min_weight_full_bipartite_matching(csr_array(edges, shape=(count, len(places) + count)), maximize=True)
    real = columns < len(places)
    return Answer(_named(problem, points, rows[real], places[columns[real]]))


def ortools_flow(problem: Problem) -> Answer:
    """Pair by a flow over all admissible pairs, which knows places without repeating columns."""
    from ortools.graph.python import min_cost_flow  # only this contestant may pay for it

    points = dense.score(problem)
    rows, columns = np.nonzero(points != dense.FORBIDDEN)
    mentees, mentors = points.shape
    nobody = mentees + mentors
    most = np.array([person.most for person in problem.mentors], dtype=np.int64)
    flow = min_cost_flow.SimpleMinCostFlow()
    gains = _worth(problem, points[rows, columns], np.int64)
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        rows.astype(np.int32), (mentees + columns).astype(np.int32), np.ones_like(gains), -gains
    )
    ends = np.arange(nobody, dtype=np.int32)
    room = np.concatenate([np.ones(mentees, dtype=np.int64), most])
    flow.add_arcs_with_capacity_and_unit_cost(ends, np.full_like(ends, nobody), room, np.zeros_like(room))
    supply = np.concatenate([np.ones(mentees, dtype=np.int64), np.zeros(mentors, dtype=np.int64), [-mentees]])
    flow.set_nodes_supplies(np.arange(nobody + 1, dtype=np.int32), supply)
    flow.solve()
    taken = np.asarray(flow.flows(arcs)) > 0
    return Answer(_named(problem, points, rows[taken], columns[taken]))


def stable(problem: Problem) -> Answer:
    """Pair so that no two people would both rather have each other, by points; equal points in the order of ids."""
    from matching.games import HospitalResident  # an optional library

    points = dense.score(problem)
    by_mentee = {row: _ranked(line) for row, line in enumerate(points)}
    by_mentor = {column: _ranked(line) for column, line in enumerate(points.T)}
    places = {column: problem.mentors[column].most for column, wanted in by_mentor.items() if wanted}

    def play() -> list[tuple[int, int]]:
        game = HospitalResident.create_from_dictionaries(
            {row: wanted for row, wanted in by_mentee.items() if wanted},
            {column: wanted for column, wanted in by_mentor.items() if wanted},
            places,
        )
        return [(mentee.name, mentor.name) for mentor, mentees in game.solve(optimal="resident").items() for mentee in mentees]

    pairs = _with_a_deep_stack(play)
    rows, columns = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return Answer(_named(problem, points, rows, columns))


def greedy(problem: Problem) -> Answer:
    """Take the best pair that is left, again and again; equal ones in the order of ids."""
    points = dense.score(problem)
    rows, columns = np.nonzero(points != dense.FORBIDDEN)
    order = np.argsort(-points[rows, columns], kind="stable")
    open_mentees = np.ones(len(points), dtype=np.bool_)
    left = np.array([person.most for person in problem.mentors])
    taken: list[tuple[int, int]] = []
    for start in range(0, len(order), SLICE):
        part = order[start : start + SLICE]
        part = part[open_mentees[rows[part]] & (left[columns[part]] > 0)]
        for row, column in zip(rows[part].tolist(), columns[part].tolist(), strict=True):
            if open_mentees[row] and left[column]:
                open_mentees[row] = False
                left[column] -= 1
                taken.append((row, column))
    chosen = np.array(taken, dtype=np.int64).reshape(-1, 2)
    return Answer(_named(problem, points, chosen[:, 0], chosen[:, 1]))


CONTESTANTS: Final = {
    "ours": Contestant("releve", ours),
    "scipy_dense": Contestant("scipy", scipy_dense),
    "scipy_sparse": Contestant("scipy", scipy_sparse),
    "ortools": Contestant("ortools", ortools_flow),
    "munkres": Contestant("munkres", munkres),
    "munkres_proved": Contestant("munkres", munkres_proved),
    "stable": Contestant("matching", stable),
    "greedy": Contestant("numpy", greedy),
}


def _place_of(problem: Problem) -> Numbers:
    """Name the mentor of each place."""
    return np.repeat(np.arange(len(problem.mentors)), [person.most for person in problem.mentors])


def _worth(problem: Problem, points: dense.Points, kind: type) -> npt.NDArray[Any]:
    """Say what pairs are worth so that points count first and the number of pairs next: whole numbers, exact as floats too."""
    worth: npt.NDArray[Any] = (points // STEP).astype(kind)
    worth *= len(problem.mentees) + 1
    worth += 1
    worth[points == dense.FORBIDDEN] = 0
    return worth


def _with_a_deep_stack(call: Callable[[], list[tuple[int, int]]]) -> list[tuple[int, int]]:
    """Make a call in a thread that may recurse: the library copies its players by following who knows whom."""
    sys.setrecursionlimit(10_000_000)
    threading.stack_size(STACK)
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(call).result()


def _ranked(points: npt.NDArray[np.int32]) -> list[int]:
    """List who is admissible, most points first."""
    order = np.argsort(-points, kind="stable")
    return list(order[points[order] != dense.FORBIDDEN].tolist())


def _named(problem: Problem, points: dense.Points, rows: Numbers, columns: Numbers) -> list[Pair]:
    """Name the pairs that are allowed; the others stand for nobody."""
    mentees, mentors = problem.mentees, problem.mentors
    kept = points[rows, columns] != dense.FORBIDDEN
    return [Pair(mentees[row].id, mentors[column].id) for row, column in zip(rows[kept].tolist(), columns[kept].tolist(), strict=True)]
