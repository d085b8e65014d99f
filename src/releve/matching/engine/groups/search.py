"""Fill groups by search where the rules are more than a flow: the best found, and a bound on all the rest.

The answer is the same on every machine: one worker searches a canonical model from a fixed seed, and what ends the
search is the solver's count of its own work (`effort`), never a clock.
"""

from typing import Final

import numpy as np
from ortools.sat.python import cp_model

from ..faults import EngineError, Fault, OutOfReachError
from .board import Board, Counts
from .flow import NOWHERE
from .improve import improved
from .model import Model, Term, model_of, value_of
from .start import start_of

SEED_SPAN: Final = 2**31 - 1


def fill_by_search(board: Board) -> tuple[Counts, int]:
    """Fill the groups of a problem as well as the effort allows: each person's group, and the bound.

    Shapes: (free,), a column or NOWHERE. Units: the bound in value, fixed members included.
    Raises: OutOfReachError when no groups keep all the rules, EngineError when none were found with this effort, and
    ProblemError when there is too much to state.
    """
    model = model_of(board)
    model.cp.maximize(value_of(model))
    _begin(model, improved(board, start_of(board)))
    solver = _searched(model)
    chosen = np.full(len(board.must), NOWHERE, dtype=np.int64)
    for (row, column), joins in model.joins.items():
        if solver.boolean_value(joins):
            chosen[row] = column
    return chosen, board.stakes.value(board.settled_points, 0) + round(solver.best_objective_bound)


def shortages(board: Board) -> list[Fault]:
    """Name what cannot be filled when as little as possible goes short."""
    model = model_of(board, elastic=True)
    short: list[Term] = [short for _, short in model.short]
    model.cp.minimize(cp_model.LinearExpr.sum(short))
    solver = _searched(model)
    return list(dict.fromkeys(fault for fault, short in model.short if solver.value(short)))


def _begin(model: Model, start: Counts) -> None:
    """Let the search begin with some groups, so that it ends with none that are worse; if they break a rule, near them."""
    for (row, column), joins in model.joins.items():
        model.cp.add_hint(joins, bool(start[row] == column))
    for (one, other), meets in model.meets.items():
        model.cp.add_hint(meets, bool(start[one] == start[other] != NOWHERE))
    # Only where every decision has its value, down to the slots that a group shares, does the search take the whole.
    solver = _solver(model)
    solver.parameters.fix_variables_to_their_hinted_value = True
    if solver.solve(model.cp) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        model.cp.clear_hints()  # type: ignore[no-untyped-call]
        for index, value in enumerate(solver.response_proto.solution):
            model.cp.add_hint(model.cp.get_int_var_from_proto_index(index), value)


def _solver(model: Model) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = model.board.problem.pairing.seed % SEED_SPAN
    solver.parameters.max_deterministic_time = model.board.problem.effort
    # Its own preparations would eat the effort of large problems before the search begins.
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.max_presolve_iterations = 1
    solver.parameters.merge_at_most_one_work_limit = 0
    return solver


def _searched(model: Model) -> cp_model.CpSolver:
    solver = _solver(model)
    status = solver.solve(model.cp)
    if status == cp_model.INFEASIBLE:
        raise OutOfReachError([Fault("groups", "least_unreachable", "Ask for less.")])
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise EngineError([Fault("effort", "nothing_found", "Allow more effort, or relax a rule.")])
    return solver
