"""The engine against a slow and obvious solution of thousands of small problems."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from releve.matching.engine import (
    Criterion,
    Objective,
    Pair,
    ProblemError,
    assign,
    best_alternatives,
    certify,
    force_pair,
    problem_hash,
    problem_json,
    read_problem,
    read_result,
    result_json,
    score_pairs,
    study,
)

from . import oracle
from .cast import pairs_of

many = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


def solved(problem):
    assume(oracle.best_worth(problem) is not None)
    return assign(problem)


@many
@given(oracle.problems())
def test_points_and_admissible_pairs_equal_the_obvious_ones(problem):
    table = score_pairs(problem)
    for row, one in enumerate(problem.mentees):
        for column, other in enumerate(problem.mentors):
            assert table.points[row, column] == oracle.points_of(problem, one, other)
            assert table.admissible[row, column] == oracle.may_pair(problem, one, other)


@many
@given(oracle.problems())
def test_total_is_the_best_of_all_assignments_when_one_exists(problem):
    best = oracle.best_worth(problem)
    event("nothing keeps every least" if best is None else "solved")
    if best is None:
        with pytest.raises(ProblemError) as refusal:
            assign(problem)
        assert {fault.code for fault in refusal.value.faults} == {"least_unreachable"}
        return
    result = assign(problem)
    assert oracle.worth(problem, pairs_of(result)) == best
    assert pairs_of(result) in list(oracle.assignments(problem))  # places, rules, locks
    assert certify(problem, result) == ()


@many
@given(oracle.problems(), st.randoms(use_true_random=False))
def test_result_is_the_same_to_the_byte_when_rows_are_permuted(problem, random):
    def shuffled(items):
        return tuple(random.sample(items, len(items)))

    names = ("people", "locks", "bans", "facts")
    other = replace(problem, **{name: shuffled(getattr(problem, name)) for name in names})
    other = replace(other, facts=tuple(replace(fact, one=fact.other, other=fact.one) for fact in other.facts))
    assert problem_hash(other) == problem_hash(problem)
    assert result_json(solved(other)) == result_json(assign(problem))


@many
@given(oracle.problems())
def test_problem_and_result_are_read_back_as_they_were(problem):
    result = solved(problem)
    again = read_problem(problem_json(problem))
    assert problem_json(again) == problem_json(problem)
    assert read_result(result_json(result)) == result == assign(again)


@many
@given(oracle.problems(with_least=False), st.sampled_from(["mentee", "mentor"]), st.data())
def test_any_corrupted_number_or_name_of_a_certificate_is_refused_when_a_side_has_one_place(problem, single, data):
    people = tuple(replace(person, most=min(person.most, 1)) if person.side == single else person for person in problem.people)
    problem = replace(problem, people=people, locks=())
    result = solved(problem)
    proof = result.certificate
    side = data.draw(st.sampled_from(["mentees", "mentors"]))
    prices = list(getattr(proof, side))
    at = data.draw(st.integers(0, len(prices) - 1))
    by = data.draw(st.sampled_from([-1, 1, 1000, -(10**12), 2**80]))
    for corrupted in (
        replace(proof, **{side: (*prices[:at], (prices[at][0], prices[at][1] + by), *prices[at + 1 :])}),
        replace(proof, **{side: (*prices[:at], ("nobody", prices[at][1]), *prices[at + 1 :])}),
        replace(proof, **{side: tuple(prices[1:])}),
        replace(proof, total=proof.total + by),
        replace(proof, problem=proof.problem[::-1] + "0"),
    ):
        assert certify(problem, replace(result, certificate=corrupted)) != ()


@many
@given(oracle.problems(), st.data())
def test_every_other_assignment_is_refused_under_the_same_certificate_unless_it_is_as_good(problem, data):
    result = solved(problem)
    other = data.draw(st.sampled_from(list(oracle.assignments(problem))))
    people = {(person.side, person.id): person for person in problem.people}
    points = {pair: oracle.points_of(problem, people["mentee", pair.mentee], people["mentor", pair.mentor]) for pair in other}
    kept = {Pair(pair.mentee, pair.mentor): pair for pair in result.pairs}
    blank = replace(result.pairs[0], locked=False) if result.pairs else None
    assume(blank is not None)
    claimed = tuple(kept.get(pair) or replace(blank, mentee=pair.mentee, mentor=pair.mentor, points=points[pair]) for pair in sorted(other))
    unpaired = tuple(person.id for person in problem.mentees if person.id not in {pair.mentee for pair in other})
    swapped = replace(result, pairs=claimed, unpaired=unpaired, points=sum(points.values()))
    as_good = oracle.worth(problem, other) == oracle.worth(problem, pairs_of(result))
    assert (certify(problem, swapped) == ()) == as_good


@many
@given(oracle.problems(), st.data())
def test_stated_cost_of_a_forced_pair_is_the_difference_of_two_solves(problem, data):
    result = solved(problem)
    asked = study(problem, result)
    wanted = Pair(data.draw(st.sampled_from(problem.mentees)).id, data.draw(st.sampled_from(problem.mentors)).id)
    forced = force_pair(asked, *wanted)
    if wanted not in {
        Pair(one.id, other.id) for one in problem.mentees for other in problem.mentors if oracle.may_pair(problem, one, other)
    }:
        assert forced is None or forced.forbidden_by
        return
    best = max((oracle.worth(problem, pairs) for pairs in oracle.assignments(problem) if wanted in pairs), default=None)
    if best is None:
        assert forced is None
        return
    now = oracle.worth(problem, pairs_of(result))
    lost = tuple(before - after for before, after in zip(now, best, strict=True))
    costs = (forced.cost_points, forced.cost_pairs)
    assert lost == (costs if problem.policy.objective == "best_total" else costs[::-1])
    after = (pairs_of(result) | set(forced.added)) - set(forced.removed)
    assert wanted in after
    assert after in list(oracle.assignments(problem))
    assert oracle.worth(problem, after) == best


@many
@given(oracle.problems(), st.data())
def test_alternatives_are_all_other_admissible_mentors_cheapest_first(problem, data):
    asked = study(problem, solved(problem))
    one = data.draw(st.sampled_from(problem.mentees))
    held = {pair.mentor for pair in pairs_of(assign(problem)) if pair.mentee == one.id}
    found = best_alternatives(asked, one.id, most=10)
    possible = {
        other.id
        for other in problem.mentors
        if any(Pair(one.id, other.id) in pairs for pairs in oracle.assignments(problem)) and other.id not in held
    }
    assert {forced.mentor for forced in found} == possible
    costs = [(forced.cost_points, forced.cost_pairs) for forced in found]
    assert sorted(costs, key=lambda cost: cost if problem.policy.objective == "best_total" else cost[::-1]) == costs
    assert best_alternatives(asked, one.id, most=1) == found[:1]


@many
@given(oracle.problems())
def test_prices_do_not_depend_on_the_seed(problem):
    first, second = solved(problem), assign(replace(problem, seed=problem.seed + 1))
    assert first.certificate.mentees == second.certificate.mentees
    assert first.certificate.mentors == second.certificate.mentors
    assert first.points == second.points


@many
@given(oracle.problems(with_least=False, most_places=3), st.data())
def test_price_of_a_mentor_is_what_one_more_place_would_add_when_mentees_have_one(problem, data):
    people = tuple(replace(person, most=min(person.most, 1)) if person.side == "mentee" else person for person in problem.people)
    problem = replace(problem, people=people, locks=(), policy=replace(problem.policy, objective=Objective.BEST_TOTAL))
    wider = data.draw(st.sampled_from([person for person in problem.mentors if person.most] or [None]))
    assume(wider is not None)
    one_more = tuple(replace(person, most=person.most + 1) if person == wider else person for person in people)
    points, pairs = (
        after - before
        for before, after in zip(oracle.best_worth(problem), oracle.best_worth(replace(problem, people=one_more)), strict=True)
    )
    places = min(sum(person.most for person in problem.mentees), sum(person.most for person in problem.mentors))
    assert dict(assign(problem).certificate.mentors)[wider.id] == points * (places + 1) + pairs


@many
@given(oracle.problems())
def test_weights_in_the_same_proportion_give_the_same_pairs(problem):
    tripled = tuple(Criterion(**{**vars(criterion), "weight": 3 * criterion.weight}) for criterion in problem.policy.criteria)
    other = replace(problem, policy=replace(problem.policy, criteria=tripled))
    assert pairs_of(solved(other)) == pairs_of(assign(problem))
    assert assign(other).points == 3 * assign(problem).points
