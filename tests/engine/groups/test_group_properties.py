"""Groups against a slow and obvious solution of many small problems."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from releve.matching.engine import ProblemError
from releve.matching.engine.groups import (
    Method,
    certify_groups,
    draw_groups,
    form_groups,
    group_problem_hash,
    group_problem_json,
    group_result_json,
    read_group_problem,
    read_group_result,
    why_not_flow,
)
from releve.matching.engine.groups.board import board_of
from releve.matching.engine.groups.checks import ensure_formable
from releve.matching.engine.groups.search import fill_by_search

from . import oracle

many = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


def formed(problem):
    assume(oracle.best_worth(problem) is not None)
    return form_groups(problem)


@many
@given(st.one_of(oracle.problems(), oracle.laminar_problems()))
def test_groups_are_the_best_of_all_when_any_keep_the_rules(problem):
    best = oracle.best_worth(problem)
    if best is None:
        event("no groups keep the rules")
        with pytest.raises(ProblemError):
            form_groups(problem)
        return
    result = form_groups(problem)
    event(result.method)
    members = oracle.members_of(result)
    assert oracle.worth(problem, members) == best
    assert oracle.keeps(problem, members)
    assert result.points == oracle.points_of(problem, members)
    assert result.proved_best
    assert certify_groups(problem, result) == ()


@many
@given(oracle.laminar_problems())
def test_flow_and_search_reach_the_same_value(problem):
    result = formed(problem)
    assert (result.method, why_not_flow(problem)) == (Method.FLOW, ()) or result.method == Method.CP_SAT
    _, bound = fill_by_search(board_of(ensure_formable(problem)))
    assert bound == result.value


@many
@given(st.one_of(oracle.problems(), oracle.laminar_problems()), st.randoms(use_true_random=False))
def test_result_is_the_same_to_the_byte_when_rows_are_permuted(problem, random):
    def shuffled(items):
        return tuple(random.sample(items, len(items)))

    pairing = replace(problem.pairing, **{name: shuffled(getattr(problem.pairing, name)) for name in ("people", "locks", "bans")})
    groups = tuple(replace(group, fixed=shuffled(group.fixed)) for group in shuffled(problem.groups))
    apart = tuple(two[::-1] for two in shuffled(problem.apart))
    other = replace(problem, pairing=pairing, groups=groups, rules=shuffled(problem.rules), apart=apart)
    assert group_problem_hash(other) == group_problem_hash(problem)
    assert group_result_json(formed(other)) == group_result_json(form_groups(problem))


@many
@given(st.one_of(oracle.problems(), oracle.laminar_problems()))
def test_problem_and_result_are_read_back_as_they_were(problem):
    result = formed(problem)
    text = group_problem_json(problem)
    assert group_problem_json(read_group_problem(text)) == text
    assert read_group_result(group_result_json(result)) == result
    assert certify_groups(read_group_problem(text), read_group_result(group_result_json(result))) == ()


@many
@given(oracle.problems())
def test_a_draw_keeps_every_rule_and_is_drawn_again_the_same(problem):
    try:
        result = draw_groups(problem)
    except ProblemError:
        event("nothing drawn")
        return
    event("drawn")
    members = oracle.members_of(result)
    assert oracle.keeps(problem, members)
    assert result.points == oracle.points_of(problem, members)
    assert group_result_json(draw_groups(problem)) == group_result_json(result)
    assert certify_groups(problem, result) == ()


@many
@given(oracle.laminar_problems(), st.randoms(use_true_random=False))
def test_no_corruption_of_a_proved_answer_is_certified(problem, random):
    result = formed(problem)
    assume(result.method == Method.FLOW)
    for corrupted in corruptions(result, random):
        assert corrupted == result or certify_groups(problem, corrupted) != ()


def corruptions(result, random):
    change = random.choice([-1, 1, 1000])
    yield replace(result, points=result.points + change)
    yield replace(result, value=result.value + change)
    yield replace(result, bound=result.bound + change)
    yield replace(result, bound=result.bound + change, value=result.value + change)
    yield replace(result, unplaced=(*result.unplaced, "s0"))
    yield replace(result, round=1)
    yield replace(result, certificate=None)
    groups = list(result.groups)
    index = random.randrange(len(groups))
    for altered in (
        replace(groups[index], points=groups[index].points + change),
        replace(groups[index], members=groups[index].members[1:]),
        replace(groups[index], members=(*groups[index].members, "stranger")),
        replace(groups[index], members=tuple(sorted((*groups[index].members, "s0")))),
        replace(groups[index], formed=not groups[index].formed),
    ):
        yield replace(result, groups=(*groups[:index], altered, *groups[index + 1 :]))
    yield replace(result, groups=tuple(groups[1:]))
    people = list(result.certificate.people)
    if people:
        index = random.randrange(len(people))
        people[index] = (people[index][0], people[index][1] + change)
        yield replace(result, certificate=replace(result.certificate, people=tuple(people)))
        yield replace(result, certificate=replace(result.certificate, people=tuple(people[1:])))
    for index, price in enumerate(result.certificate.limits):
        others = result.certificate.limits[:index] + result.certificate.limits[index + 1 :]
        yield replace(result, certificate=replace(result.certificate, limits=others))
        changed = tuple(sorted((*others, price._replace(price=price.price + change))))
        yield replace(result, certificate=replace(result.certificate, limits=changed))
