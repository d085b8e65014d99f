"""Why a mentee has nobody, worked out by hand."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from releve.matching.engine import Objective, Pair, Paired, RuleKind, assign, explain_nobody, solve, study, way_in_by_locking

from . import oracle
from .cast import choices, mentee, mentor, problem, rule, wishes

FRENCH, ENGLISH = {"languages": choices("fr")}, {"languages": choices("en")}


@pytest.fixture
def case():
    """a and b speak French; of the French mentors x has one place, which a wants most, and y may not meet b. z speaks English."""
    people = [
        *(mentee("a", wishes=("x",), **FRENCH), mentee("b", **FRENCH), mentee("c", **ENGLISH)),
        *(mentor("v", most=0, **FRENCH), mentor("x", **FRENCH), mentor("y", **FRENCH), mentor("z", **ENGLISH)),
    ]
    bans = (Pair("b", "y"), Pair("b", "z"), Pair("a", "y"))
    return problem(*people, criteria=[wishes(3)], rules=[rule("language_in_common", "languages")], bans=bans)


def test_nobody_is_explained_by_rules_alone_and_together_and_by_full_places(case):
    result = assign(case)
    assert result.unpaired == ("b",)
    why = explain_nobody(case, result, "b", asked=study(case, result))
    counts = {count.rule.kind: (count.mentors, count.alone) for count in why.reach.closed_by}
    assert counts == {RuleKind.LANGUAGE_IN_COMMON: (1, 0), RuleKind.BANNED: (2, 1)}
    assert (why.places, why.reach.without_places, why.reach.open, why.full, why.free) == (1, 1, 1, ("x",), ())
    assert (why.way_in.mentor, why.way_in.cost_points, why.way_in.removed) == ("x", 3000, (Pair("a", "x"),))


def test_nobody_is_explained_without_a_study_but_for_the_way_in(case):
    result = assign(case)
    why = explain_nobody(case, result, "b")
    assert why.way_in is None
    assert replace(explain_nobody(case, result, "b", asked=study(case, result)), way_in=None) == why


def test_nobody_has_no_way_in_when_no_mentor_is_open(case):
    case = replace(case, bans=(*case.bans, Pair("b", "x")))
    result = assign(case)
    why = explain_nobody(case, result, "b", asked=study(case, result))
    assert (why.reach.open, why.full, why.way_in) == (0, (), None)


def test_a_mentee_who_asks_for_nobody_has_no_places(case):
    people = tuple(replace(person, most=0) if person.id == "b" else person for person in case.people)
    case = replace(case, people=people)
    assert explain_nobody(case, assign(case), "b").places == 0


def test_an_open_mentor_with_a_place_left_is_told_apart(case):
    result = assign(case)
    drawn = replace(result, pairs=(Paired("c", "z", 0, False),), unpaired=("a", "b"))
    assert (explain_nobody(case, drawn, "a").free, explain_nobody(case, drawn, "a").full) == (("x",), ())


@pytest.mark.parametrize("objective", list(Objective))
def test_a_way_in_by_locking_leaves_fewest_without_anybody_then_costs_least(case, objective):
    # b may have x, whom a would have to leave for nobody, or w, who takes nobody else.
    case = replace(case, people=(*case.people, mentor("w", most=2, **FRENCH)), locks=(Pair("c", "z"),), bans=(*case.bans, Pair("a", "w")))
    case = replace(case, policy=replace(case.policy, objective=objective))
    result = solve(replace(case, bans=(*case.bans, Pair("b", "w"), Pair("b", "x"))))
    assert result.unpaired == ("b",)
    way = way_in_by_locking(case, result, "b")
    assert (way.mentor, way.cost_points, way.cost_pairs, way.added, way.removed) == ("w", 0, -1, (Pair("b", "w"),), ())
    (only,) = way_in_by_locking(replace(case, bans=(*case.bans, Pair("b", "w"))), result, "b").removed
    assert only == Pair("a", "x")


def test_a_way_in_by_locking_tries_the_mentors_with_most_points_first_and_no_more(case):
    people = tuple(replace(one, answers={**one.answers, "wishes": ("x",)}) if one.id == "b" else one for one in case.people)
    case = replace(case, people=(*people, mentor("w", **FRENCH)))
    result = replace(solve(case), unpaired=("b",))
    assert way_in_by_locking(case, result, "b", tries=1).mentor == "x"
    assert way_in_by_locking(case, result, "b", tries=0) is None


def test_there_is_no_way_in_by_locking_where_every_place_is_locked(case):
    case = replace(case, locks=(Pair("a", "x"),))
    assert way_in_by_locking(case, solve(case), "b") is None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(oracle.problems(), st.data())
def test_cost_of_a_way_in_by_locking_is_the_difference_of_two_solves(case, data):
    assume(oracle.best_worth(case) is not None)
    result = solve(case)
    assume(result.unpaired)
    one = data.draw(st.sampled_from(result.unpaired))
    way = way_in_by_locking(case, result, one)
    with_pair = {other.id: [pairs for pairs in oracle.assignments(case) if (one, other.id) in pairs] for other in case.mentors}
    if way is None:
        assert not any(with_pair.values())
        return
    before = {Pair(pair.mentee, pair.mentor) for pair in result.pairs}
    after = (before | set(way.added)) - set(way.removed)
    assert after in with_pair[way.mentor]
    assert way.cost_pairs == len(before) - len(after)
    now, best = oracle.worth(case, before), max(oracle.worth(case, pairs) for pairs in with_pair[way.mentor])
    by_points = case.policy.objective == Objective.BEST_TOTAL
    lost = (way.cost_points, way.cost_pairs) if by_points else (way.cost_pairs, way.cost_points)
    assert tuple(then - later for then, later in zip(now, best, strict=True)) == lost
