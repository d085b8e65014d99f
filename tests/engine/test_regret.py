"""What other pairs would have cost, worked out by hand; `test_properties` compares it with a second solve."""

from dataclasses import replace

import pytest

from releve.matching.engine import (
    NotOptimalError,
    Objective,
    Pair,
    Paired,
    ProblemError,
    RuleKind,
    assign,
    best_alternatives,
    costs_of_all,
    force_pair,
    residual,
    study,
)

from . import oracle
from .cast import mentee, mentor, problem, wishes


@pytest.fixture
def case():
    """a and b want x, who has one place; b has a second wish, a has not. c wants y and is banned from z."""
    people = [
        *(mentee("a", wishes=("x",)), mentee("b", wishes=("x", "y")), mentee("c", wishes=("y",))),
        *(mentor("x"), mentor("y"), mentor("z")),
    ]
    return problem(*people, criteria=[wishes(3)], bans=(Pair("c", "z"),))


@pytest.fixture
def asked(case):
    result = assign(case)
    assert [(pair.mentee, pair.mentor) for pair in result.pairs] == [("a", "x"), ("b", "z"), ("c", "y")]  # 6000
    return study(case, result)


def test_forcing_a_pair_says_what_it_costs_and_who_would_move(asked):
    # b takes y with 1998 and a keeps x; c, who may not have z, is left without anybody: 4998 in two pairs.
    forced = force_pair(asked, "b", "y")
    assert (forced.points, forced.shown, forced.cost_points, forced.cost_pairs) == (1998, 66, 1002, 1)
    assert (forced.added, forced.removed) == ((Pair("b", "y"),), (Pair("b", "z"), Pair("c", "y")))
    assert forced.forbidden_by == ()


def test_forcing_a_pair_keeps_everybody_paired_when_that_comes_first(case):
    # c takes x instead, and a takes z: 1998 in three pairs.
    case = replace(case, policy=replace(case.policy, objective=Objective.MOST_PEOPLE))
    forced = force_pair(study(case, assign(case)), "b", "y")
    assert (forced.cost_points, forced.cost_pairs) == (4002, 0)
    assert forced.added == (Pair("a", "z"), Pair("b", "y"), Pair("c", "x"))
    assert forced.removed == (Pair("a", "x"), Pair("b", "z"), Pair("c", "y"))


def test_forcing_a_chosen_or_locked_pair_costs_nothing(case, asked):
    locked = replace(case, locks=(Pair("a", "y"),))
    for forced in (force_pair(asked, "a", "x"), force_pair(study(locked, assign(locked)), "a", "y")):
        assert (forced.cost_points, forced.cost_pairs, forced.added, forced.removed) == (0, 0, (), ())


def test_forcing_a_forbidden_pair_names_the_rule_that_would_give_way(asked):
    # c takes z for nothing, and y is free for b: 3000 + 1998.
    forced = force_pair(asked, "c", "z")
    assert [rule.kind for rule in forced.forbidden_by] == [RuleKind.BANNED]
    assert (forced.points, forced.cost_points, forced.cost_pairs) == (0, 1002, 0)
    assert forced.added == (Pair("b", "y"), Pair("c", "z"))


def test_a_pair_that_no_assignment_holds_cannot_be_forced(case):
    held = replace(case, locks=(Pair("a", "x"),))
    asked = study(held, assign(held))
    assert force_pair(asked, "b", "x") is None
    assert force_pair(asked, "a", "y") is None


def test_alternatives_are_the_cheapest_admissible_mentors_first(asked):
    # b may have x if a takes z instead: just as good, and only the seed decided.
    assert [(forced.mentor, forced.cost_points) for forced in best_alternatives(asked, "b")] == [("x", 0), ("y", 1002)]
    assert [forced.mentor for forced in best_alternatives(asked, "c")] == ["x"]  # z is banned
    assert best_alternatives(asked, "b", most=0) == ()


def test_of_alternatives_at_one_cost_the_better_fit_comes_first_and_three_are_given():
    # a with z and b with x, or a with y and b with z: 1500 either way, instead of 2000.
    people = [mentee("a", wishes=("x", "z", "y")), mentee("b", wishes=("z", "x")), *map(mentor, ("v", "w", "x", "y", "z"))]
    case = problem(*people, criteria=[wishes(1, ranks=4)])
    found = best_alternatives(study(case, assign(case)), "a")
    assert [(forced.mentor, forced.points, forced.cost_points) for forced in found] == [("z", 750, 500), ("y", 500, 500), ("v", 0, 1000)]


def test_the_first_alternative_of_a_mentee_without_a_mentor_says_what_pairing_them_takes():
    people = [mentee("a", wishes=("x",)), mentee("b", wishes=("n", "x")), mentor("x")]
    case = problem(*people, criteria=[wishes(1)])
    result = assign(case)
    assert result.unpaired == ("b",)
    (only,) = best_alternatives(study(case, result), "b")
    assert (only.mentor, only.cost_points, only.cost_pairs, only.removed) == ("x", 334, 0, (Pair("a", "x"),))


def test_a_result_that_is_not_the_best_cannot_be_studied(case):
    result = assign(case)
    worse = replace(result, pairs=(Paired("a", "z", 0, False), Paired("b", "x", 3000, False), Paired("c", "y", 3000, False)))
    study(case, worse)  # as good
    with pytest.raises(NotOptimalError):
        study(case, replace(result, pairs=(Paired("a", "y", 0, False),)))
    with pytest.raises(NotOptimalError):  # c with x although y is free: worse by a way round, with nobody left out
        study(case, replace(result, pairs=(Paired("a", "z", 0, False), Paired("b", "y", 1998, False), Paired("c", "x", 0, False))))


def test_a_result_that_a_swap_would_improve_cannot_be_studied_although_all_places_are_owed():
    people = [mentee("a", least=1, wishes=("x",)), mentee("b", least=1, wishes=("y",)), mentor("x", least=1), mentor("y", least=1)]
    case = problem(*people, criteria=[wishes(1)])
    result = assign(case)
    assert result.points == 2000
    with pytest.raises(NotOptimalError):
        study(case, replace(result, pairs=(Paired("a", "y", 0, False), Paired("b", "x", 0, False))))


def test_a_result_with_strangers_cannot_be_studied(case):
    result = assign(case)
    for stranger in (Paired("nobody", "x", 0, False), Paired("a", "nobody", 0, False)):
        with pytest.raises(ProblemError) as refusal:
            study(case, replace(result, pairs=(stranger,)))
        assert refusal.value.code == "unknown_person"


@pytest.mark.parametrize("at_once", [1, 32])
def test_costs_of_all_mentors_are_those_of_forcing_each(monkeypatch, at_once):
    monkeypatch.setattr(residual, "AT_ONCE", at_once)
    possible = 0
    for case in map(oracle.random_problem, range(150)):
        if case.policy.objective not in {Objective.BEST_TOTAL, Objective.MOST_PEOPLE} or oracle.best_worth(case) is None:
            continue
        asked = study(case, assign(case))
        for one in case.mentees:
            costs = costs_of_all(asked, one.id)
            forced = [force_pair(asked, one.id, other.id) for other in case.mentors]
            assert costs.possible.tolist() == [each is not None for each in forced]
            stated = [(each.cost_points, each.cost_pairs) for each in forced if each]
            assert [*zip(costs.points[costs.possible].tolist(), costs.pairs[costs.possible].tolist(), strict=True)] == stated
            possible += len(stated)
    assert possible > 300


def test_study_of_a_result_without_proof_is_refused(case):
    result = assign(case)
    unproved = replace(result, certificate=replace(result.certificate, mentees=()))
    with pytest.raises(NotOptimalError):
        study(case, unproved)
