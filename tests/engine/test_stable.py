"""Stable answers: nobody blocks them, no other stable answer is better for any mentee, and the checker sees both."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from releve.matching.engine import Complaint, Objective, Pair, ProblemError, Side, certify, read_result, result_json, solve
from releve.matching.engine.ties import ranks_of_people

from . import fairness, oracle
from .cast import mentee, mentor, pairs_of, problem, wishes
from .claims import claimed

many = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
EITHER_SIDE = (wishes(3), replace(wishes(3), id="wished", wisher=Side.MENTOR))


def points_seen(case):
    """What a mentee sees in a mentor and a mentor in a mentee: points alone."""
    return (
        lambda one, other: fairness.seen_by(Side.MENTEE, case, one, other),
        lambda one, other: fairness.seen_by(Side.MENTOR, case, one, other),
    )


def order_seen(case):
    """The same, equal points in the order drawn."""
    mentees = dict(zip([one.id for one in case.mentees], ranks_of_people(case, case.mentees).tolist(), strict=True))
    mentors = dict(zip([one.id for one in case.mentors], ranks_of_people(case, case.mentors).tolist(), strict=True))
    return (
        lambda one, other: (fairness.seen_by(Side.MENTEE, case, one, other), -mentors[other.id]),
        lambda one, other: (fairness.seen_by(Side.MENTOR, case, one, other), -mentees[one.id]),
    )


@many
@given(oracle.problems(with_least=False))
def test_nobody_blocks_the_answer_and_no_stable_one_is_better_for_any_mentee(case):
    case = fairness.asked_for(case, Objective.STABLE)
    result = solve(case)
    every = list(oracle.assignments(case))
    assert pairs_of(result) in every
    assert fairness.blocking(case, pairs_of(result), *points_seen(case)) == set()
    sees = order_seen(case)
    stable = [pairs for pairs in every if not fairness.blocking(case, pairs, *sees)]
    assert pairs_of(result) in stable
    for other in stable:
        for one in case.mentees:
            mine, theirs = (liked(case, one, pairs, sees[0]) for pairs in (pairs_of(result), other))
            assert len(mine) == len(theirs)
            assert all(better >= worse for better, worse in zip(mine, theirs, strict=True))
    assert certify(case, result) == ()


def liked(case, one, pairs, sees):
    return sorted((sees(one, other) for other in case.mentors if Pair(one.id, other.id) in pairs), reverse=True)


@many
@given(oracle.problems(with_least=False), st.data())
def test_checker_finds_the_blocking_pairs_of_any_other_answer_and_refuses_all_others(case, data):
    case = fairness.asked_for(case, Objective.STABLE)
    result = solve(case)
    other = data.draw(st.sampled_from(list(oracle.assignments(case))))
    assume(other != pairs_of(result))
    complaints = certify(case, claimed(case, result, other))
    assert Complaint("not_best_for_mentees") in complaints
    found = {tuple(complaint.subject.split(", ")) for complaint in complaints if complaint.code == "blocking_pair"}
    assert found == fairness.blocking(case, other, *points_seen(case))


@many
@given(oracle.problems(with_least=False), st.randoms(use_true_random=False))
def test_result_is_the_same_to_the_byte_when_rows_are_permuted(case, random):
    case = fairness.asked_for(case, Objective.STABLE)
    names = ("people", "locks", "bans", "facts")
    other = replace(case, **{name: tuple(random.sample(getattr(case, name), len(getattr(case, name)))) for name in names})
    assert result_json(solve(other)) == result_json(solve(case))
    assert read_result(result_json(solve(case))) == solve(case)


@pytest.fixture
def crossed():
    """Each mentee wants the mentor who wants the other mentee: two stable answers."""
    people = [
        mentee("a", wishes=("x", "y")),
        mentee("b", wishes=("y", "x")),
        mentor("x", wishes=("b", "a")),
        mentor("y", wishes=("a", "b")),
    ]
    case = problem(*people, criteria=EITHER_SIDE)
    return replace(case, policy=replace(case.policy, objective=Objective.STABLE))


def test_wishes_count_for_the_side_that_made_them_and_mentees_get_theirs(crossed):
    result = solve(crossed)
    assert pairs_of(result) == {Pair("a", "x"), Pair("b", "y")}
    wanted_by_mentors = claimed(crossed, result, {Pair("a", "y"), Pair("b", "x")})
    assert certify(crossed, wanted_by_mentors) == (Complaint("not_best_for_mentees"),)


def test_locked_pairs_stand_and_block_nothing(crossed):
    locked = replace(crossed, locks=(Pair("a", "y"),))
    result = solve(locked)
    assert pairs_of(result) == {Pair("a", "y"), Pair("b", "x")}
    assert certify(locked, result) == ()
    assert result.certificate.total == result.points - next(pair.points for pair in result.pairs if pair.locked)


def test_a_least_that_stable_answers_leave_unfilled_is_refused_by_name():
    people = [mentee("a", wishes=("x",)), mentor("x"), mentor("y", least=1)]
    case = problem(*people, criteria=[wishes(1)])
    case = replace(case, policy=replace(case.policy, objective=Objective.STABLE))
    with pytest.raises(ProblemError) as refusal:
        solve(case)
    assert [(fault.path, fault.code) for fault in refusal.value.faults] == [("people[mentor=y].least", "least_unstable")]
    people[0] = mentee("a", most=3, least=3, wishes=("x",))
    with pytest.raises(ProblemError) as refusal:
        solve(replace(case, people=tuple(people)))
    assert [fault.path for fault in refusal.value.faults] == ["people[mentee=a].least"]


def test_claims_that_do_not_hold_are_refused(crossed):
    result = solve(crossed)
    proof = result.certificate
    assert certify(crossed, replace(result, certificate=replace(proof, total=proof.total + 1))) == (Complaint("wrong_value"),)
    for priced in (replace(proof, mentees=(("a", 0),)), replace(proof, further=(("a", 1),))):
        assert certify(crossed, replace(result, certificate=priced)) == (Complaint("prices_of_others"),)
