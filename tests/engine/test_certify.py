"""The checker refuses what is not so, one claim at a time."""

from dataclasses import replace

import pytest

from releve.matching.engine import Complaint, Pair, Paired, assign, certify

from . import oracle
from .cast import mentee, mentor, problem, wishes


@pytest.fixture
def case():
    """Two mentees want x, who has one place; a third is locked to y."""
    people = [mentee("a", wishes=("x", "y")), mentee("b", wishes=("x",)), mentee("c"), mentor("x"), mentor("y", most=2)]
    return problem(*people, criteria=[wishes(3)], locks=(Pair("c", "y"),))


@pytest.fixture
def result(case):
    return assign(case)


def codes(case, result):
    return {complaint.code for complaint in certify(case, result)}


def test_result_is_accepted_and_its_prices_are_those_worked_out_by_hand(case, result):
    # b takes x (3000) and a takes y (2001 as 667 per mille is rounded down to 666 × 3 = 1998): 4998, against 3000 + 0.
    assert certify(case, result) == ()
    assert [(pair.mentee, pair.mentor, pair.points) for pair in result.pairs] == [("a", "y", 1998), ("b", "x", 3000), ("c", "y", 0)]
    # Three pairs are possible, so a value is 4 × points + 1. One more place with x would let a have x: 4 × 1002 more.
    assert result.certificate.mentors == (("x", 4008), ("y", 0))
    assert result.certificate.mentees == (("a", 7993), ("b", 7993), ("c", 0))
    assert result.certificate.total == 7993 + 12001 == 4008 + 7993 + 7993


def test_result_of_another_problem_is_refused(case, result):
    other = replace(case, seed=case.seed + 1)
    assert certify(other, result) == (Complaint("other_problem"),)
    assert certify(case, replace(result, problem="0" * 64)) == (Complaint("other_problem"),)
    assert certify(case, replace(result, certificate=replace(result.certificate, problem=""))) == (Complaint("other_problem"),)


def test_pairs_of_strangers_are_refused(case, result):
    for stranger in (Paired("z", "x", 0, False), Paired("a", "z", 0, False)):
        found = certify(case, replace(result, pairs=(*result.pairs, stranger)))
        assert found == (Complaint("unknown_person", f"{stranger.mentee}, {stranger.mentor}"),)


def test_pairs_out_of_order_or_twice_are_refused(case, result):
    assert codes(case, replace(result, pairs=result.pairs[::-1])) == {"pairs_not_in_order"}
    assert codes(case, replace(result, pairs=(*result.pairs[:2], *result.pairs[1:]))) == {"pairs_not_in_order"}


def test_pair_that_a_rule_forbids_is_refused(result, case):
    banned = replace(case, bans=(Pair("a", "y"),))
    renamed = assign(banned)
    claimed = replace(result, problem=renamed.problem, certificate=replace(result.certificate, problem=renamed.problem))
    assert Complaint("rule_broken", "a, y") in certify(banned, claimed)


def test_wrong_points_and_totals_are_refused(case, result):
    first = replace(result.pairs[0], points=result.pairs[0].points + 1)
    assert codes(case, replace(result, pairs=(first, *result.pairs[1:]))) == {"wrong_points", "wrong_total"}
    assert codes(case, replace(result, points=result.points + 1)) == {"wrong_total"}
    assert codes(case, replace(result, certificate=replace(result.certificate, total=19995))) == {"wrong_value", "sums_differ"}


def test_locks_that_are_lost_or_invented_are_refused(case, result):
    free = replace(result.pairs[2], locked=False)
    assert codes(case, replace(result, pairs=(*result.pairs[:2], free))) == {"wrong_lock"}
    without = replace(result, pairs=result.pairs[:2], unpaired=("c",))
    assert certify(case, without) == (Complaint("lock_lost", "c, y"),)


def test_places_not_kept_are_refused(case, result):
    crowded = replace(result, pairs=(Paired("a", "x", 3000, False), *result.pairs[1:]), points=6000)
    assert Complaint("places_not_kept", "mentor x") in certify(case, crowded)
    greedy = replace(result, pairs=(Paired("a", "x", 3000, False), *result.pairs), points=7998)
    assert {Complaint("places_not_kept", "mentee a"), Complaint("places_not_kept", "mentor x")} <= set(certify(case, greedy))


def test_a_least_not_kept_is_refused():
    case = problem(mentee("a", wishes=("x",)), mentor("x"), mentor("y", least=1), criteria=[wishes(1)])
    result = assign(case)
    better = replace(result, pairs=(Paired("a", "x", 1000, False),), points=1000)
    assert Complaint("places_not_kept", "mentor y") in certify(case, better)


def test_a_worse_answer_is_refused_although_it_keeps_every_rule(case, result):
    worse = replace(result, pairs=(Paired("a", "x", 3000, False), Paired("b", "y", 0, False), result.pairs[2]), points=3000)
    total = 4 * 3000 + 1 + 1
    assert codes(case, worse) == {"wrong_value"}
    assert codes(case, replace(worse, certificate=replace(worse.certificate, total=total))) == {"sums_differ"}


def test_unpaired_people_left_out_or_invented_are_refused(case, result):
    assert codes(case, replace(result, unpaired=("a",))) == {"wrong_unpaired"}


def with_price(result, side, at, price):
    prices = list(getattr(result.certificate, side))
    prices[at] = (prices[at][0], price)
    return replace(result, certificate=replace(result.certificate, **{side: tuple(prices)}))


def test_prices_that_prove_nothing_are_refused(case, result):
    assert codes(case, with_price(result, "mentors", 0, 4007)) == {"pair_above_its_prices", "sums_differ"}
    assert codes(case, with_price(result, "mentors", 0, 4009)) == {"sums_differ"}
    assert codes(case, with_price(result, "mentees", 2, 1)) == {"impossible_price"}  # c has no place left beside the lock
    assert codes(case, with_price(result, "mentors", 1, -1)) == {"impossible_price"}
    assert codes(case, with_price(result, "mentees", 0, 2**62)) == {"impossible_price"}


def test_prices_of_others_are_refused(case, result):
    for prices in ((("a", 7993), ("b", 7993)), (("b", 7993), ("a", 7993), ("c", 0))):
        assert codes(case, replace(result, certificate=replace(result.certificate, mentees=prices))) == {"prices_of_others"}
    assert codes(case, replace(result, certificate=replace(result.certificate, mentors=()))) == {"prices_of_others"}


def test_a_pair_of_people_with_several_places_may_be_worth_more_than_its_prices():
    numbers = [n for n in range(300) if above_prices(oracle.random_problem(n, with_least=False))]
    assert numbers  # such results exist, and were accepted


def above_prices(case):
    result = assign(case)
    assert certify(case, result) == ()
    mentees, mentors = dict(result.certificate.mentees), dict(result.certificate.mentors)
    free = [pair for pair in result.pairs if not pair.locked]
    return result.certificate.total > sum(mentees[pair.mentee] + mentors[pair.mentor] for pair in free)
