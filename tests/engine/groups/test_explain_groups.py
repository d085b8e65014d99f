"""Why somebody is in a group or in none, as the committee and as participants may read it."""

from dataclasses import replace

import pytest

from releve.matching.engine import Criterion, CriterionKind, Objective, Policy, ProblemError, Reader, Side
from releve.matching.engine.groups import Closing, explain_membership, explain_unplaced, form_groups

from ..cast import BOTH, choices, mentee, mentor, needs
from .cast import MENTEES, group, group_problem, group_rule, members_of

PEOPLE = [
    mentor("x", site="north", areas=choices("ethics"), slots=choices("mon", "tue")),
    mentor("y", site="north", areas=choices("music"), slots=choices("mon", "tue")),
    mentor("z", site="south"),
    mentee("a", site="north", year="1", areas=choices("ethics"), slots=choices("mon")),
    mentee("b", site="north", year="2", areas=choices("ethics", "music"), slots=choices("mon", "tue")),
    mentee("c", site="north", year="1", areas=choices("music"), slots=choices("mon", "tue")),
    mentee("late", site="north", year="1", areas=choices("ethics"), slots=choices("mon")),
]
GROUPS = [
    group("g", "x", mentees=(0, 2), mentors=(1, 1)),
    group("h", "y", mentees=(0, 2), mentors=(1, 1)),
    group("s", "z", mentees=(0, 2), mentors=(1, 1)),
]
RULES = [
    group_rule("all_different", "year", id="years", among=MENTEES, explain_to=MENTEES),
    group_rule("same", "site", id="site"),
]


def case(**more):
    return group_problem(PEOPLE, GROUPS, RULES, criteria=[needs(1)], **more)


def test_somebody_without_a_group_is_told_which_rules_close_how_many():
    problem = case()
    result = form_groups(problem)
    assert members_of(result) == {"g": ("a", "b", "x"), "h": ("c", "y"), "s": ("z",)}
    why = explain_unplaced(problem, result, "late")
    assert why.groups == 3
    assert why.closed_by == (Closing("years", 2, 0), Closing("mentees", 1, 0), Closing("site", 1, 1))
    assert (why.open, why.lacking) == ((), ())


def test_a_full_group_and_people_kept_apart_are_named():
    people = [mentor("x"), mentor("y"), mentee("a", least=1), mentee("b"), mentee("c")]
    groups = [group("g", "x", "a", mentees=(0, 1)), group("h", "y", mentees=(0, 1))]
    problem = group_problem(people, groups, apart=[("c", "y")])
    result = form_groups(problem)
    assert result.unplaced == ("c",)
    assert explain_unplaced(problem, result, "c").closed_by == (Closing("mentees", 2, 1), Closing("apart", 1, 1))


def test_groups_that_would_be_out_of_balance_or_too_small_are_told_from_open_ones():
    people = [mentor("x"), mentor("y"), mentee("a"), mentee("b"), mentee("c")]
    groups = [group("g", "x", "a", "b"), group("h", "y", mentees=(3, 4), optional=True)]
    problem = group_problem(people, groups, apart=[("a", "c")])
    result = form_groups(problem)
    assert members_of(result) == {"g": ("a", "b", "x"), "h": ("y",)}
    why = explain_unplaced(problem, result, "c")
    assert (why.open, why.lacking) == ((), ("h",))
    # As an answer that is not the best one has it.
    emptied = replace(
        form_groups(case()), groups=tuple(replace(formed, members=formed.members[-1:]) for formed in form_groups(case()).groups)
    )
    assert explain_unplaced(case(), emptied, "a").open == ("g", "h")


def test_a_member_is_shown_their_pairs_and_the_committee_every_rule():
    rules = [*RULES, group_rule("common_hours", "slots", id="hours", explain_to=BOTH)]
    problem = group_problem(PEOPLE[:5], [group("g", "x", mentees=(0, 2), mentors=(1, 2))], rules[:1] + rules[2:], criteria=[needs(1)])
    problem = replace(problem, cohesion=(Criterion("near", CriterionKind.OVERLAP, 2, "areas", explain_to=MENTEES),))
    result = form_groups(problem)
    assert members_of(result)["g"] == ("a", "b", "x", "y")
    for_committee = explain_membership(problem, result, "b", reader=Reader.COMMITTEE)
    assert [(pair.mentee, pair.mentor, pair.points) for pair in for_committee.pairs] == [("b", "x", 500), ("b", "y", 500)]
    assert [(pair.mentee, pair.mentor, pair.points) for pair in for_committee.cohesion] == [("b", "a", 1000), ("a", "b", 2000)]
    kept = {kept.rule.id: (kept.shared, kept.counts) for kept in for_committee.rules}
    assert kept == {"hours": (("mon",), ()), "years": ((), (("1", 1), ("2", 1)))}
    for_them = explain_membership(problem, result, "b", reader=Reader.MENTEE)
    assert [(pair.mentee, pair.mentor) for pair in for_them.cohesion] == [("b", "a")]
    assert for_them.other_limits
    assert not for_committee.other_limits
    for_mentor = explain_membership(problem, result, "x", reader=Reader.MENTOR)
    assert [(pair.mentee, pair.mentor) for pair in for_mentor.pairs] == [("a", "x"), ("b", "x")]
    assert for_mentor.cohesion == ()
    assert [kept.rule.id for kept in for_mentor.rules] == ["hours"]
    assert explain_membership(replace(problem, cohesion=()), result, "b", reader=Reader.MENTEE).cohesion == ()


def test_the_points_of_all_explanations_are_those_of_the_group():
    problem = case(policy=Policy((needs(1),), (), Objective.MOST_PEOPLE))
    result = form_groups(problem)
    for formed in result.groups:
        inside = [name for name in formed.members if problem.people[name].side == Side.MENTEE]
        explained = [explain_membership(problem, result, name, reader=Reader.COMMITTEE) for name in inside]
        assert sum(pair.points for each in explained for pair in each.pairs) == formed.points


def test_somebody_in_no_group_has_no_membership_to_explain():
    problem = case()
    result = form_groups(problem)
    with pytest.raises(ProblemError) as caught:
        explain_membership(problem, result, result.unplaced[0], reader=Reader.COMMITTEE)
    assert caught.value.code == "in_no_group"
