"""Flows, their prices and what is left of a network, on a few arcs."""

import numpy as np
import pytest

from releve.matching.engine import NotOptimalError
from releve.matching.engine.network import Network, cheapest_flow, narrowed, potentials_of


@pytest.fixture
def network():
    """One unit from node 0 to node 2: straight, or by way of node 1."""
    tails, heads = np.array([0, 0, 1]), np.array([2, 1, 2])
    return Network(tails, heads, np.zeros(3, dtype=np.int64), np.ones(3, dtype=np.int64), np.array([10, 11, 12]), np.array([1, 0, -1]))


def test_cheapest_way_is_taken_and_alone_kept(network):
    costs = np.array([3, 1, 1])
    flows = cheapest_flow(network, costs)
    assert flows.tolist() == [0, 1, 1]
    left, still = narrowed(network, costs, flows, potentials_of(network, costs, flows))
    assert (left.names.tolist(), still.tolist()) == ([11, 12], [1, 1])


def test_ways_that_cost_the_same_are_both_kept(network):
    costs = np.array([2, 1, 1])
    flows = cheapest_flow(network, costs)
    left, _ = narrowed(network, costs, flows, potentials_of(network, costs, flows))
    assert left.names.tolist() == [10, 11, 12]


def test_arc_that_every_cheapest_flow_fills_stays_filled(network):
    costs = np.array([-5, -1, -1])
    flows = cheapest_flow(network, costs)
    prices = np.array([0, -2, -4])
    left, _ = narrowed(network, costs, flows, prices)
    assert (left.names.tolist(), left.least.tolist()) == ([10], [1])


def test_prices_are_the_same_for_every_cheapest_flow_and_refused_to_others(network):
    costs = np.array([2, 1, 1])
    straight, around = np.array([1, 0, 0]), np.array([0, 1, 1])
    assert potentials_of(network, costs, straight).tolist() == potentials_of(network, costs, around).tolist()
    with pytest.raises(NotOptimalError):
        potentials_of(network, np.array([3, 1, 1]), straight)
