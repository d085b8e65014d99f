"""Prices prove the best choice, and cannot be made for any other."""

import numpy as np
import pytest

from releve.matching.engine import NotOptimalError
from releve.matching.engine.flow import Choice, best_choice
from releve.matching.engine.openings import Bounds
from releve.matching.engine.prices import prices_of

FAR = 1000


def places(*most, least=0):
    return Bounds(np.full(len(most), least), np.array(most))


def two_by_two(gains, mentees=(1, 1), mentors=(1, 1)):
    rows, columns = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    return Choice(rows, columns, np.array(gains), places(*mentees), places(*mentors))


def test_prices_are_dearest_for_mentees_and_cheapest_for_mentors():
    choice = two_by_two([5, 3, 4, 1])  # 3 + 4 beats 5 + 1
    taken = best_choice(choice)
    assert taken.tolist() == [False, True, True, False]
    prices = prices_of(choice, taken, FAR)
    assert (prices.mentees.tolist(), prices.mentors.tolist()) == ([3, 2], [2, 0])


@pytest.mark.parametrize(
    "taken",
    [
        [True, False, False, True],  # another swap gains 1
        [True, False, False, False],  # the second could be paired too
        [False, True, False, False],  # a better mentor is free
    ],
)
def test_a_choice_that_can_be_improved_has_no_prices(taken):
    with pytest.raises(NotOptimalError) as refusal:
        prices_of(two_by_two([5, 3, 4, 1]), np.array(taken), FAR)
    assert refusal.value.code == "not_optimal"


def test_a_round_of_swaps_among_people_without_a_free_place_ends_too():
    # Everybody gives exactly one place and no pool is in reach: going round gains, again and again.
    bounds = places(1, 1, least=1)
    choice = Choice(np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1]), np.array([1, 9, 9, 1]), bounds, bounds)
    with pytest.raises(NotOptimalError):
        prices_of(choice, np.array([True, False, False, True]), 10**6)
