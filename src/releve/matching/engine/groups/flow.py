"""Fill groups by a minimum-cost flow, price every place, and choose the one canonical answer among equally good ones.

Nodes: the people to place, then one per binding limit and group, then the end. Each person sends one unit: over a group
that is open to them, into the smallest kind they belong to there, on through the kinds around it to the end; or straight
to the end, placed nowhere, at no gain. Prices are shortest distances from the end through what could still change: they
belong to the problem and not to the answer, so that the answers worth exactly their prices are all the best ones, and
the lots drawn for each person and group choose among these.
Source: Ahuja, Magnanti and Orlin, Network Flows (1993), chapters 5, 6 and 9.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
from ortools.graph.python import min_cost_flow

from ..faults import Fault, OutOfReachError
from .board import Board, Counts, Limit, Mask
from .laminar import binding_limits
from .lots import lot
from .result import GroupCertificate, LimitPrice

NOWHERE: Final = -1
# Of a lot's 64 bits: wide enough that two answers hardly ever draw the same sum, narrow enough for the flow's integers.
LOT_BITS: Final = 32


@dataclass(frozen=True, eq=False)
class Ways:
    """The network. Shapes: (ways,) for what places a person in a group, (limits × groups,) for what leads on from there.

    `rows`, `columns` and `heads`: the person, the group and the node each way in leads to; `gains` in value.
    `through`: the node that each limit's node leads to; `least` and `most` what passes. `must` (free,): who is placed.
    """

    rows: Counts
    columns: Counts
    heads: Counts
    gains: Counts
    through: Counts
    least: Counts
    most: Counts
    must: Mask

    @property
    def end(self) -> int:
        """The last node."""
        return len(self.must) + len(self.through)


@dataclass(frozen=True, eq=False)
class Prices:
    """Shapes: `people` (free,), `limits` (limits × groups,), `beyond` (nodes,), the sum from each node on. Units: gain."""

    people: Counts
    limits: Counts
    beyond: Counts


def fill_by_flow(board: Board) -> tuple[Counts, int, GroupCertificate]:
    """Fill the groups of a problem without obstacles to a flow: each person's group, the bound, and its proof.

    Shapes: (free,), a column or NOWHERE. Units: the bound in value, fixed members included.
    Raises: OutOfReachError when the least of some kind cannot be filled, or somebody who must be placed cannot.
    """
    limits = binding_limits(board)
    ways = _ways(board, limits)
    taken, passed = _best(ways)
    prices = _prices(ways, taken, passed)
    chosen = np.full(len(ways.must), NOWHERE, dtype=np.int64)
    canonical = _canonical(board, ways, prices)
    chosen[canonical.rows] = canonical.columns
    best = board.stakes.value(board.settled_points, 0) + int(ways.gains[taken].sum())
    return chosen, best, _certificate(board, limits, ways, prices)


def _ways(board: Board, limits: tuple[Limit, ...]) -> Ways:
    people, groups = board.open.shape
    end = people + len(limits) * groups
    innermost = np.full(people, len(limits), dtype=np.int64)
    around = np.full(len(limits), len(limits), dtype=np.int64)
    for index, limit in enumerate(limits):
        innermost[limit.rows] = index
        wider = [outer for outer in range(index) if limits[outer].rows[limit.rows].all()]
        around[index] = wider[-1] if wider else len(limits)
    rows, columns = np.nonzero(board.open)
    every_group = np.tile(np.arange(groups), len(limits))
    outward = np.repeat(around, groups)
    return Ways(
        rows=rows,
        columns=columns,
        heads=_node(innermost[rows], columns, people, groups, end),
        gains=board.gains[rows, columns],
        through=_node(outward, every_group, people, groups, end),
        least=np.concatenate([limit.least for limit in limits]) if limits else np.zeros(0, dtype=np.int64),
        most=np.concatenate([limit.most for limit in limits]) if limits else np.zeros(0, dtype=np.int64),
        must=board.must,
    )


def _node(limit: Counts, group: Counts, people: int, groups: int, end: int) -> Counts:
    node: Counts = np.minimum(people + limit * groups + group, end)
    return node


def _best(ways: Ways) -> tuple[Mask, Counts]:
    """Find a flow with the largest sum of gains: which ways in are taken, and what passes through each limit.

    Shapes: (ways,), (limits × groups,).
    """
    people, end = len(ways.must), ways.end
    kinds = np.arange(people, end)
    flow = min_cost_flow.SimpleMinCostFlow()
    into = _add(flow, ways.rows, ways.heads, np.ones_like(ways.rows), -ways.gains)
    onward = _add(flow, kinds, ways.through, ways.most - ways.least, np.zeros_like(ways.most))
    unplaced = np.flatnonzero(~ways.must)
    _add(flow, unplaced, np.full_like(unplaced, end), np.ones_like(unplaced), np.zeros_like(unplaced))
    supplies = np.zeros(end + 1, dtype=np.int64)
    supplies[:people], supplies[end] = 1, -people
    # What must pass is sent ahead: it leaves the limit's node and arrives at the next before anything else moves.
    np.add.at(supplies, kinds, -ways.least)
    np.add.at(supplies, ways.through, ways.least)
    flow.set_nodes_supplies(np.arange(end + 1, dtype=np.int32), supplies)
    if flow.solve() != flow.Status.OPTIMAL:  # values are bounded beforehand, so nothing but an unreachable least is left
        raise OutOfReachError([Fault("groups", "least_unreachable", "Ask for fewer members.")])
    return np.asarray(flow.flows(into)) > 0, ways.least + np.asarray(flow.flows(onward))


def _add(flow: min_cost_flow.SimpleMinCostFlow, tails: Counts, heads: Counts, most: Counts, costs: Counts) -> npt.NDArray[np.int32]:
    added = flow.add_arcs_with_capacity_and_unit_cost(tails.astype(np.int32), heads.astype(np.int32), most, costs)
    return np.asarray(added, dtype=np.int32)


def _prices(ways: Ways, taken: Mask, passed: Counts) -> Prices:
    """Price each person and each limit from the shortest distances in what could still change."""
    people, end = len(ways.must), ways.end
    kinds = np.arange(people, end)
    may_grow, may_shrink = passed < ways.most, passed > ways.least
    placed = np.zeros(people, dtype=np.bool_)
    placed[ways.rows[taken]] = True
    leaves = np.flatnonzero(~ways.must)
    stays = np.flatnonzero(~placed)
    # One unit per person is all there is, so every way in may be thought of as one that more could take.
    tails = [ways.rows, ways.heads[taken], kinds[may_grow], ways.through[may_shrink], leaves, np.full_like(stays, end)]
    heads = [ways.heads, ways.rows[taken], ways.through[may_grow], kinds[may_shrink], np.full_like(leaves, end), stays]
    lengths = [-ways.gains, ways.gains[taken], *(np.zeros(len(part), dtype=np.int64) for part in tails[2:])]
    # Farther than any way, so that what nothing reaches has a finite price too.
    farthest = 2 * (int(ways.gains.max(initial=0)) + 1) * (end + 1)
    distance = np.full(end + 1, farthest, dtype=np.int64)
    distance[end] = 0
    _shorten(distance, np.concatenate(tails), np.concatenate(heads), np.concatenate(lengths))
    beyond = distance[end] - distance
    return Prices(people=-beyond[:people], limits=distance[ways.through] - distance[people:end], beyond=beyond)


def _shorten(distance: Counts, tails: Counts, heads: Counts, lengths: Counts) -> None:
    """Shorten every distance as far as the ways allow: none of them leads round at a gain, as the flow is a best one."""
    while True:
        before = distance.copy()
        np.minimum.at(distance, heads, distance[tails] + lengths)
        if (distance == before).all():
            return


def _canonical(board: Board, ways: Ways, prices: Prices) -> Ways:
    """Choose one among all best answers: those whose ways in are worth exactly their prices.

    A person with a price above 0 is placed; a limit with one is filled to its most, with one below 0 to its least.
    """
    tight = np.flatnonzero(ways.gains == prices.people[ways.rows] + prices.beyond[ways.heads])
    shift = 64 - LOT_BITS
    problem = board.problem
    names, groups = [person.id for person in problem.free], [group.id for group in problem.ordered]
    places = zip(ways.rows[tight].tolist(), ways.columns[tight].tolist(), strict=True)
    lots = [1 + (lot(problem.pairing.seed, names[row], groups[column]) >> shift) for row, column in places]
    best = replace(
        ways,
        rows=ways.rows[tight],
        columns=ways.columns[tight],
        heads=ways.heads[tight],
        gains=np.array(lots, dtype=np.int64),
        least=np.where(prices.limits > 0, ways.most, ways.least),
        most=np.where(prices.limits < 0, ways.least, ways.most),
        must=ways.must | (prices.people > 0),
    )
    taken, _ = _best(best)
    return replace(best, rows=best.rows[taken], columns=best.columns[taken])


def _certificate(board: Board, limits: tuple[Limit, ...], ways: Ways, prices: Prices) -> GroupCertificate:
    problem = board.problem
    # Where no place is to be had, or none must be filled, a price pays for nothing and proves nothing.
    paid = np.where(prices.limits > 0, ways.most, ways.least) * prices.limits
    named = [(group.id, limit.rule, limit.option) for limit in limits for group in problem.ordered]
    priced = zip(named, prices.limits.tolist(), paid.tolist(), strict=True)
    return GroupCertificate(
        people=tuple((person.id, price) for person, price in zip(problem.free, prices.people.tolist(), strict=True)),
        limits=tuple(sorted(LimitPrice(*name, price) for name, price, amount in priced if amount)),
    )
