"""The draw as docs/draw.md publishes it, played again from that page alone over every assignment of small problems."""

from dataclasses import replace
from hashlib import blake2b

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from releve.matching.engine import Complaint, Objective, Pair, ProblemError, certify, read_result, result_json, solve

from . import fairness, oracle
from .cast import mentee, mentor, pairs_of, problem, wishes
from .claims import claimed

many = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


def number(case, *texts):
    framed = b"".join(len(text.encode()).to_bytes(4, "big") + text.encode() for text in texts)
    return int.from_bytes(blake2b(framed, key=case.seed.to_bytes(8, "big"), digest_size=8).digest(), "big")


def played_by_hand(case):
    order = sorted(case.mentees, key=lambda one: number(case, "mentee", one.id))
    fixed, possible = set(case.locks), list(oracle.assignments(case))
    for one in order:
        with_one = [pairs for pairs in possible if any(pair.mentee == one.id for pair in pairs)]
        possible = with_one or possible
    for turn in range(max(one.most for one in case.mentees)):
        for one in order:
            if [pair.mentee for pair in fixed].count(one.id) == turn:
                mentors = {pair.mentor for pairs in possible if fixed <= pairs for pair in pairs - fixed if pair.mentee == one.id}
                load = {other: [pair.mentor for pair in fixed].count(other) for other in mentors}
                ranked = sorted(mentors, key=lambda other, one=one, load=load: (load[other], number(case, one.id, other)))
                fixed |= {Pair(one.id, other) for other in ranked[:1]}
    return fixed


@many
@given(oracle.problems())
def test_draw_is_the_one_that_the_published_method_gives(case):
    case = fairness.asked_for(case, Objective.DRAW)
    result = solve(case)
    assert pairs_of(result) == played_by_hand(case)
    assert certify(case, result) == ()


@many
@given(oracle.problems())
def test_as_many_get_a_mentor_as_can_and_nobody_is_passed_over_for_somebody_later(case):
    case = fairness.asked_for(case, Objective.DRAW)
    order = sorted(case.mentees, key=lambda one: number(case, "mentee", one.id))
    every = list(oracle.assignments(case))

    def served(pairs):
        return [any(pair.mentee == one.id for pair in pairs) for one in order]

    mine = served(pairs_of(solve(case)))
    assert pairs_of(solve(case)) in every
    assert sum(mine) == max(sum(served(pairs)) for pairs in every)
    assert mine == max(served(pairs) for pairs in every)


@many
@given(oracle.problems(), st.randoms(use_true_random=False))
def test_points_change_nothing_and_rows_change_nothing(case, random):
    case = fairness.asked_for(case, Objective.DRAW)
    names = ("people", "locks", "bans", "facts")
    other = replace(case, **{name: tuple(random.sample(getattr(case, name), len(getattr(case, name)))) for name in names})
    assert result_json(solve(other)) == result_json(solve(case))
    assert read_result(result_json(solve(case))) == solve(case)
    unweighed = tuple(replace(criterion, weight=0) for criterion in case.policy.criteria)
    assert pairs_of(solve(replace(case, policy=replace(case.policy, criteria=unweighed)))) == pairs_of(solve(case))


@many
@given(oracle.problems(), st.data())
def test_any_other_answer_is_refused(case, data):
    case = fairness.asked_for(case, Objective.DRAW)
    result = solve(case)
    other = data.draw(st.sampled_from(list(oracle.assignments(case))))
    assert certify(case, claimed(case, result, other)) == (() if other == pairs_of(result) else (Complaint("not_as_drawn"),))


@pytest.mark.parametrize(("mentees", "mentors", "places"), [(7, 3, 5), (12, 5, 3), (4, 6, 2)])
def test_mentors_whom_everybody_may_have_get_as_many_mentees_give_or_take_one(mentees, mentors, places):
    people = [*(mentee(f"a{n}") for n in range(mentees)), *(mentor(f"x{n}", most=places) for n in range(mentors))]
    for seed in range(20):
        case = replace(problem(*people), seed=seed)
        case = replace(case, policy=replace(case.policy, objective=Objective.DRAW))
        held = [pair.mentor for pair in pairs_of(solve(case))]
        loads = [held.count(f"x{n}") for n in range(mentors)]
        assert sum(loads) == mentees
        assert max(loads) - min(loads) <= 1


def test_every_answer_is_drawn_by_some_seed():
    people = [mentee("a"), mentee("b"), mentor("x"), mentor("y"), mentor("z")]
    case = problem(*people)
    case = replace(case, policy=replace(case.policy, objective=Objective.DRAW))
    drawn = {frozenset(pairs_of(solve(replace(case, seed=seed)))) for seed in range(60)}
    assert drawn == {frozenset({Pair("a", one), Pair("b", other)}) for one in "xyz" for other in "xyz" if one != other}


def test_least_places_out_of_reach_are_named():
    case = problem(mentee("a"), mentor("x"), mentor("y", most=2, least=2), criteria=[wishes(1)])
    for objective in (Objective.DRAW, Objective.MAXIMIN, Objective.LEXIMIN):
        with pytest.raises(ProblemError) as refusal:
            solve(replace(case, policy=replace(case.policy, objective=objective)))
        assert [(fault.path, fault.code) for fault in refusal.value.faults] == [("people[mentor=y].least", "least_unreachable")]
