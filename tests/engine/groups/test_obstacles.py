"""Which problems of groups are flows, and what makes the others more."""

import pytest

from releve.matching.engine import Criterion, CriterionKind, Pair
from releve.matching.engine.groups import Crossing, Method, Obstacle, form_groups, why_not_flow

from ..cast import choices, mentee, mentor, needs, rule
from .cast import MENTEES, group, group_problem, group_rule

LEADS = [mentor("x", languages=choices("en", "fr"), year="9"), mentor("y", languages=choices("fr"), year="9")]
STUDENTS = [
    mentee("a", year="1", school="arts", languages=choices("fr"), areas=choices("ethics")),
    mentee("b", year="2", school="arts", languages=choices("fr"), areas=choices("ethics")),
    mentee("c", year="1", school="arts", languages=choices("fr", "en"), areas=choices("ethics")),
    mentee("d", year="3", school="law", languages=choices("fr"), areas=choices("ethics")),
]
OVERLAPPING = [mentee("a", year="1", areas="p"), mentee("b", year="1", areas="q"), mentee("c", year="2", areas="p")]
GROUPS = [group("g1", "x", mentees=(1, 3)), group("g2", "y", mentees=(1, 3))]


def case(*rules, groups=GROUPS, people=(*LEADS, *STUDENTS), **more):
    return group_problem(people, groups, rules, **more)


@pytest.mark.parametrize(
    "problem",
    [
        case(),
        case(criteria=[needs(1)]),
        case(bans=(Pair("a", "x"),)),
        case(group_rule("all_different", "year", among=MENTEES)),
        # Years lie within schools here.
        case(group_rule("all_different", "year", among=MENTEES, id="one"), group_rule("at_least_one_of_each", "school", options=("arts",))),
        # Whoever may join shares French with everybody else.
        case(group_rule("same", "languages")),
        # A group that owes no least may as well be required.
        case(groups=[group("g1", "x", mentees=(0, 3), optional=True), group("g2", "y", mentees=(0, 3))]),
        # Nobody but the mentors of the two sites earn anything together.
        case(apart=(("a", "x"),)),
        # Two who may not meet, but could not in any case: no group is open to both.
        case(apart=(("a", "b"),), bans=(Pair("a", "x"), Pair("b", "y"))),
        # Two to place on either side who earn nothing together.
        case(groups=[group("g1", "x", mentees=(1, 3)), group("g2", mentees=(1, 3))]),
    ],
)
def test_kinds_that_nest_are_a_flow(problem):
    assert why_not_flow(problem) == ()
    assert form_groups(problem).method == Method.FLOW


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        (case(groups=[group("g1", "x", mentees=(1, 3), optional=True), GROUPS[1]]), Obstacle(Crossing.OPTIONAL_GROUP)),
        (case(apart=(("a", "b"),)), Obstacle(Crossing.KEPT_APART)),
        (case(groups=[group("g1"), group("g2", "y")], bans=(Pair("a", "x"),)), Obstacle(Crossing.KEPT_APART)),
        (case(groups=[group("g1"), group("g2", "y")], locks=(Pair("a", "x"),)), Obstacle(Crossing.KEPT_TOGETHER)),
        (case(cohesion=[Criterion("near", CriterionKind.OVERLAP, 1, "areas")]), Obstacle(Crossing.POINTS_BETWEEN)),
        (case(group_rule("balance", "year")), Obstacle(Crossing.BALANCE, ("groups balance",))),
        (
            case(group_rule("same", "languages"), people=[*LEADS, *STUDENTS, mentee("e", languages=choices("en"))]),
            Obstacle(Crossing.SHARED_OPTION, ("groups same",)),
        ),
        (
            case(
                group_rule("all_different", "year", id="years"),
                group_rule("all_different", "areas", id="areas"),
                people=[*LEADS, *OVERLAPPING],
            ),
            Obstacle(Crossing.CROSSING_KINDS, ("areas", "years")),
        ),
        (
            case(group_rule("all_different", "year"), people=[*LEADS, mentee("a", year=choices("1", "2")), *STUDENTS[1:]]),
            Obstacle(Crossing.CROSSING_KINDS, ("groups all_different",)),
        ),
    ],
)
def test_what_ties_people_to_place_otherwise_is_searched(problem, expected):
    assert expected in why_not_flow(problem)
    assert form_groups(problem).method == Method.CP_SAT


def test_a_rule_of_the_policy_between_two_to_place_is_no_flow():
    people = [mentor("x", school="law"), mentor("y", school="arts"), mentee("a", school="law"), mentee("b", school="arts")]
    problem = group_problem(people, [group("g1"), group("g2")], policy_rules=[rule("not_same_answer", "school")])
    assert why_not_flow(problem) == (Obstacle(Crossing.KEPT_APART),)
    assert form_groups(problem).unplaced == ()
