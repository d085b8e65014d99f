"""The price of an objective: every outcome by every yardstick."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from releve.matching.engine import Comparison, Objective, Outcome, Pair, ProblemError, Side, compare, solve

from . import fairness, oracle
from .cast import choices, mentee, mentor, needs, pairs_of, problem, wishes

few = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


@few
@given(oracle.problems(), st.sampled_from(list(Objective)))
def test_every_outcome_is_what_solving_under_that_objective_gives(case, objective):
    if objective == Objective.STABLE:
        case = replace(case, people=tuple(replace(person, least=0) for person in case.people))
    case = fairness.asked_for(case, objective)
    own = pairs_of(solve(case))
    sees = [lambda one, other, side=side: fairness.seen_by(side, case, one, other) for side in (Side.MENTEE, Side.MENTOR)]
    comparison = compare(case)
    assert comparison.chosen.objective == objective
    assert comparison.chosen.differing == ()
    assert {outcome.objective for outcome in (comparison.chosen, *comparison.others, *comparison.refused)} == set(Objective)
    for outcome in (comparison.chosen, *comparison.others):
        pairs = pairs_of(solve(replace(case, policy=replace(case.policy, objective=outcome.objective))))
        held = held_levels(case, pairs)
        assert (outcome.points, outcome.pairs) == fairness.totals(case, pairs)
        assert outcome.unpaired == len(case.mentees) - len(held)
        assert outcome.worst == min(held, default=None)
        assert outcome.below == tuple((mark, sum(level < mark for level in held)) for mark in (25, 50, 75))
        assert outcome.blocking == len(fairness.blocking(case, pairs, *sees))
        assert outcome.differing == tuple(sorted({pair.mentee for pair in own ^ pairs}))


def held_levels(case, pairs):
    people = {(person.side, person.id): person for person in case.people}
    served = {pair.mentee for pair in pairs}
    return [
        max(fairness.level(case, people["mentee", one], people["mentor", p.mentor]) for p in pairs if p.mentee == one) for one in served
    ]


@pytest.fixture
def case():
    """a fits x wholly and y two thirds, b fits x two thirds and y a third: the best total leaves b worse off than it must."""
    people = [
        mentee("a", areas=choices("p", "q", "r")),
        mentee("b", areas=choices("p", "s", "t")),
        mentor("x", areas=choices("p", "q", "r", "s")),
        mentor("y", areas=choices("p", "q")),
    ]
    return problem(*people, criteria=[needs(1)])


def test_price_of_a_choice_is_told_beside_the_others(case):
    # Thousandths: a-x 1000, a-y 666, b-x 666, b-y 333.
    comparison = compare(case, objectives=(Objective.LEXIMIN, Objective.STABLE, Objective.BEST_TOTAL))
    assert comparison == Comparison(
        chosen=Outcome(Objective.BEST_TOTAL, 1333, 2, 0, 33, ((25, 0), (50, 1), (75, 1)), 0, ()),
        others=(
            Outcome(Objective.LEXIMIN, 1332, 2, 0, 66, ((25, 0), (50, 0), (75, 2)), 1, ("a", "b")),
            Outcome(Objective.STABLE, 1333, 2, 0, 33, ((25, 0), (50, 1), (75, 1)), 0, ()),
        ),
        refused=(),
    )
    assert compare(case, solve(case), [Objective.LEXIMIN]).others == comparison.others[:1]


def test_objective_that_cannot_be_asked_for_says_why():
    people = [mentee("a", wishes=("x",)), mentor("x"), mentor("y", least=1)]
    comparison = compare(problem(*people, criteria=[wishes(1)]))
    assert [(refused.objective, [fault.code for fault in refused.faults]) for refused in comparison.refused] == [
        (Objective.STABLE, ["least_unstable"])
    ]
    assert {outcome.points for outcome in comparison.others} == {0}
    with pytest.raises(ProblemError):
        compare(replace(problem(*people), locks=(Pair("a", "x"),)))
