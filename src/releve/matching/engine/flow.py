"""Choose pairs by a minimum-cost flow (OR-Tools), with least and most places on both sides.

Each mentee sends one unit per place: over an open pair to a mentor, at the pair's gain, or over their arc to *nobody*,
at 0. Without that arc a flow pairs at any price or fails. What a mentor's least does not hold back flows on to nobody too.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from ortools.graph.python import min_cost_flow

from .faults import EngineError, Fault, OutOfReachError
from .openings import Bounds

Indices = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Choice:
    """Pairs to choose from. Shapes: (pairs,) for `rows` (mentees), `columns` (mentors) and `gains`, integers."""

    rows: Indices
    columns: Indices
    gains: Indices
    mentees: Bounds
    mentors: Bounds


def best_choice(choice: Choice) -> npt.NDArray[np.bool_]:
    """Choose pairs with the largest sum of gains.

    Shapes: (pairs,).
    Raises: OutOfReachError when the least places cannot all be filled, EngineError when gains are too large for the flow.
    """
    flow, pair_arcs = _network(choice, -choice.gains)
    solve_flow(flow)
    return np.asarray(flow.flows(pair_arcs)) > 0


def solve_flow(flow: min_cost_flow.SimpleMinCostFlow) -> None:
    """Let a flow of least cost be found.

    Raises: OutOfReachError when nothing can flow as asked, EngineError when costs are too large for the solver.
    """
    status = flow.solve()
    if status == flow.Status.INFEASIBLE:
        raise OutOfReachError([Fault("people", "least_unreachable", "Ask for fewer places.")])
    if status != flow.Status.OPTIMAL:
        raise EngineError([Fault("policy.criteria", status.name.lower(), "Use smaller weights: only their proportions matter.")])


def fullest_choice(choice: Choice) -> npt.NDArray[np.bool_]:
    """Choose pairs so that as few least places as possible stay empty, whatever the gains. Shapes: (pairs,)."""
    flow, pair_arcs = _network(choice, np.zeros_like(choice.gains), empty_cost=1)
    flow.solve()
    return np.asarray(flow.flows(pair_arcs)) > 0


def _network(
    choice: Choice, costs: Indices, *, empty_cost: int | None = None
) -> tuple[min_cost_flow.SimpleMinCostFlow, npt.NDArray[np.int32]]:
    """Build the network; least places may stay empty only at a cost."""
    mentees, mentors = len(choice.mentees.least), len(choice.mentors.least)
    nobody = mentees + mentors
    everyone = np.arange(nobody)
    flow = min_cost_flow.SimpleMinCostFlow()
    arcs = _add(flow, choice.rows, mentees + choice.columns, np.ones_like(costs), costs)
    spare = np.concatenate([choice.mentees.most - choice.mentees.least, choice.mentors.most - choice.mentors.least])
    _add(flow, everyone, np.full(nobody, nobody), spare, np.zeros(nobody, dtype=np.int64))
    if empty_cost is not None:
        tails = np.where(everyone < mentees, everyone, nobody)
        heads = np.where(everyone < mentees, nobody, everyone)
        least = np.concatenate([choice.mentees.least, choice.mentors.least])
        _add(flow, tails, heads, least, np.full(nobody, empty_cost))
    supplies = np.concatenate([choice.mentees.most, -choice.mentors.least])
    flow.set_nodes_supplies(np.arange(nobody + 1, dtype=np.int32), np.append(supplies, -supplies.sum()))
    return flow, arcs


def _add(flow: min_cost_flow.SimpleMinCostFlow, tails: Indices, heads: Indices, most: Indices, costs: Indices) -> npt.NDArray[np.int32]:
    added = flow.add_arcs_with_capacity_and_unit_cost(tails.astype(np.int32), heads.astype(np.int32), most, costs)
    return np.asarray(added, dtype=np.int32)
