"""A network in which whole units flow at least cost, its prices, and what of it the best flows use.

One minimum-cost flow has many answers. Prices say which arcs all of them fill, which none of them uses, and which are
free; kept within that, a second cost chooses among the best flows of the first, exactly, without weights that dwarf
each other.
Source: Ahuja, Magnanti and Orlin, Network Flows (1993), chapter 9 (complementary slackness).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from ortools.graph.python import min_cost_flow

from .faults import Fault, NotOptimalError
from .flow import solve_flow

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Network:
    """Arcs between nodes, and what the nodes supply.

    Shapes: (arcs,) for `tails`, `heads`, `least`, `most` and `names`; (nodes,) for `supplies`, which sum to 0.
    `names` are numbers by which the owner of the network knows its arcs again.
    """

    tails: Numbers
    heads: Numbers
    least: Numbers
    most: Numbers
    names: Numbers
    supplies: Numbers


def cheapest_flow(network: Network, costs: Numbers) -> Numbers:
    """Send what the nodes supply at least cost. Shapes: (arcs,).

    Raises: as `solve_flow`.
    """
    supplies = network.supplies.copy()
    np.subtract.at(supplies, network.tails, network.least)
    np.add.at(supplies, network.heads, network.least)
    solver = min_cost_flow.SimpleMinCostFlow()
    tails, heads = network.tails.astype(np.int32), network.heads.astype(np.int32)
    arcs = solver.add_arcs_with_capacity_and_unit_cost(tails, heads, network.most - network.least, costs)
    solver.set_nodes_supplies(np.arange(len(supplies), dtype=np.int32), supplies)
    solve_flow(solver)
    return network.least + np.asarray(solver.flows(arcs), dtype=np.int64)


def potentials_of(network: Network, costs: Numbers, flows: Numbers) -> Numbers:
    """Price the nodes so that no change of the flow costs less than nothing.

    They are distances in the residual network from a source beside every node, so every flow of least cost has the same.
    Shapes: (nodes,).
    Raises: NotOptimalError when some change does cost less.
    """
    onward, back = flows < network.most, flows > network.least
    tails = np.concatenate([network.tails[onward], network.heads[back]])
    heads = np.concatenate([network.heads[onward], network.tails[back]])
    lengths = np.concatenate([costs[onward], -costs[back]])
    potentials = np.zeros_like(network.supplies)
    # No way without a loop is shorter than the sum of the shortest steps that leave each node.
    shortest = np.zeros_like(potentials)
    np.minimum.at(shortest, tails, lengths)
    lowest = shortest.sum()
    arcs = np.flatnonzero(lengths < 0)
    while len(arcs):
        before = potentials.copy()
        np.minimum.at(potentials, heads[arcs], potentials[tails[arcs]] + lengths[arcs])
        if potentials.min() < lowest:
            raise NotOptimalError([Fault("answer.pairs", "not_optimal", "Assign again: this is not the best assignment.")])
        arcs = np.flatnonzero((potentials < before)[tails])
    return potentials


def narrowed(network: Network, costs: Numbers, flows: Numbers, potentials: Numbers) -> tuple[Network, Numbers]:
    """Keep of a network what its flows of least cost use, which the potentials must prove; and one such flow on it."""
    reduced = costs + potentials[network.tails] - potentials[network.heads]
    least = np.where(reduced < 0, network.most, network.least)
    most = np.where(reduced > 0, network.least, network.most)
    left = most > 0
    tails, heads, names = network.tails[left], network.heads[left], network.names[left]
    return Network(tails, heads, least[left], most[left], names, network.supplies), flows[left]
