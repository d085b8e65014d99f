"""What is refused before anything is computed, and what cannot be filled: named, all of it."""

from dataclasses import replace

import pytest

from releve.matching.engine import Criterion, CriterionKind, EngineError, Pair, PolicyError, ProblemError, Side
from releve.matching.engine.groups import Group, Size, draw_groups, faults_in_groups, form_groups
from releve.matching.engine.groups import model as models

from ..cast import choices, mentee, mentor, rule, wishes
from .cast import MENTEES, group, group_problem, group_rule

PEOPLE = [mentor("x", site="north"), mentor("y", site="south"), mentee("a", site="north"), mentee("b", site="south")]
GROUPS = [group("g", "x"), group("h", "y")]


def refusal(problem, action=form_groups):
    with pytest.raises(EngineError) as caught:
        action(problem)
    return [(fault.path, fault.code) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ([group_rule("same", "site", id="")], ("rules[0].id", "missing_id")),
        ([group_rule("same", "site", id="apart")], ("rules[0].id", "repeated_id")),
        ([group_rule("same", "site", id="banned")], ("rules[0].id", "repeated_id")),
        ([group_rule("same")], ("rules[0].question", "missing_question")),
        ([group_rule("same", "sight")], ("rules[0].question", "unknown_question")),
        ([group_rule("at_least_one_of_each", "site")], ("rules[0].options", "missing_options")),
        ([group_rule("common_hours", "site", least=0)], ("rules[0].least", "out_of_range")),
        ([group_rule("balance", within=-1)], ("rules[0].within", "out_of_range")),
        ([group_rule("same", "site", among=frozenset({"north"}))], ("rules[0].among", "unknown_side")),
        ([replace(group_rule("same", "site"), kind="alike")], ("rules[0].kind", "unknown_kind")),
    ],
)
def test_a_rule_that_cannot_be_used_is_refused(rules, expected):
    problem = group_problem(PEOPLE, GROUPS, rules, questions=frozenset({"site"}))
    with pytest.raises(PolicyError):
        form_groups(problem)
    assert refusal(problem) == [expected]


def test_an_objective_that_groups_do_not_know_is_refused():
    problem = group_problem(PEOPLE, GROUPS)
    policy = replace(problem.pairing.policy, objective="loudest")
    faults = refusal(replace(problem, pairing=replace(problem.pairing, policy=policy)))
    assert ("policy.objective", "not_for_groups") in faults


def test_cohesion_is_checked_as_criteria_are_and_counts_no_wishes_of_mentors():
    unknown = Criterion("near", CriterionKind.OVERLAP, 1, "areas")
    theirs = wishes(wisher=Side.MENTOR)
    problem = group_problem(PEOPLE, GROUPS, cohesion=[unknown, theirs], questions=frozenset({"site", "wishes"}))
    assert refusal(problem) == [("cohesion[0].mentee_question", "unknown_question"), ("cohesion[1].wisher", "not_among_mentees")]


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        (group_problem([], []), [("people", "nobody"), ("groups", "no_group")]),
        (group_problem(PEOPLE, GROUPS, effort=0), [("effort", "out_of_range")]),
        (group_problem([*PEOPLE, mentor("a")], GROUPS), [("people[a]", "repeated_id")]),
        (group_problem([*PEOPLE, mentee("c", most=-1)], GROUPS), [("people[mentee=c].most", "places_out_of_range")]),
        (group_problem([*PEOPLE, mentee("c", most=2)], GROUPS), [("people[mentee=c].most", "one_group_each")]),
        (group_problem(PEOPLE, [group("g"), group("g")]), [("groups[g]", "repeated_id")] * 2),
        (group_problem(PEOPLE, [group("")]), [("groups[]", "missing_id")]),
        (group_problem(PEOPLE, [group("g", mentees=(3, 2))]), [("groups[g].mentees", "size_out_of_range")]),
        (group_problem(PEOPLE, [Group("g", mentors=Size(0, "two"))]), [("groups[g].mentors", "size_out_of_range")]),
        (group_problem(PEOPLE, [group("g", "z")]), [("groups[g].fixed", "unknown_person")]),
        (group_problem(PEOPLE, [group("g", "x", "a"), group("h", "a")]), [(f"people[{name}]", "contradictory_locks") for name in "ax"]),
        (group_problem(PEOPLE, GROUPS, apart=[("a", "z")]), [("apart[a, z]", "unknown_person")]),
        (group_problem(PEOPLE, GROUPS, apart=[("a", "a")]), [("apart[a, a]", "unknown_person")]),
        (group_problem(PEOPLE, GROUPS, locks=[Pair("a", "z")]), [("locks[a, z]", "unknown_person"), ("locks", "unknown_person")]),
        (group_problem(PEOPLE, GROUPS, locks=[Pair("x", "a")]), [("locks", "unknown_person")]),
        (
            group_problem(PEOPLE, GROUPS, locks=[Pair("a", "x"), Pair("a", "y")]),
            [(f"people[{name}]", "contradictory_locks") for name in "axy"],
        ),
        (
            group_problem([*PEOPLE, mentee("c", most=0)], [group("g")], locks=[Pair("c", "x")]),
            [("people[c].most", "locked_without_place")],
        ),
        (group_problem(PEOPLE, [group("g", mentees=(3, 9))]), [("groups.mentees", "too_few_people")]),
        (
            group_problem(PEOPLE, GROUPS, [group_rule("at_least_one_of_each", "site", options=("north", "west"))]),
            [("rules[groups at_least_one_of_each].options[west]", "kind_missing")],
        ),
        (group_problem(PEOPLE, [group("g", "a", "b", mentees=(0, 1))]), [("groups[g].fixed", "fixed_break_rule")]),
        (group_problem(PEOPLE, [group("g", "x", "b")], [group_rule("same", "site")]), [("groups[g].fixed", "fixed_break_rule")]),
        (group_problem(PEOPLE, [group("g", "x", "a")], [group_rule("all_different", "site")]), [("groups[g].fixed", "fixed_break_rule")]),
        (group_problem(PEOPLE, [group("g", "x", "a")], bans=[Pair("a", "x")]), [("groups[g].fixed", "fixed_break_rule")]),
        (group_problem(PEOPLE, [group("g")], bans=[Pair("a", "x")], locks=[Pair("a", "x")]), [("locks[a, x]", "lock_breaks_rule")]),
    ],
)
def test_data_that_contradict_themselves_are_refused(problem, expected):
    with pytest.raises(ProblemError):
        form_groups(problem)
    assert refusal(problem) == expected
    assert refusal(problem, draw_groups) == expected


def test_faults_of_a_mend_name_the_groups_and_people():
    problem = group_problem(PEOPLE, GROUPS, locks=[Pair("a", "x"), Pair("a", "y")])
    assert "g, h" in faults_in_groups(problem)[0].mend


def test_too_many_people_are_refused_before_memory_is_taken():
    people = [mentee(f"s{number}") for number in range(4001)]
    assert refusal(group_problem(people, [group("g")])) == [("people", "too_many_people")]


def test_points_too_large_to_compute_with_are_refused():
    heavy = [Criterion(f"areas {number}", CriterionKind.OVERLAP, 1_000_000, "areas") for number in range(100)]
    people = [mentor("x", areas=choices("ethics")), *(mentee(f"s{number}", areas=choices("ethics")) for number in range(400))]
    problem = group_problem(people, [group("g", "x", mentees=(0, 400))], criteria=heavy)
    assert refusal(problem) == [("policy.criteria", "scores_too_large")]


def test_a_search_with_too_much_to_state_is_refused(monkeypatch):
    monkeypatch.setattr(models, "MOST_TERMS", 1)
    problem = group_problem(PEOPLE, GROUPS, cohesion=[Criterion("near", CriterionKind.SAME, 1, "site")], apart=[("a", "b")])
    assert refusal(problem) == [("groups", "too_many_terms")]


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        # A flow: two groups ask for one mentee each, of the only site that has two.
        (
            group_problem(
                [mentor("x", site="south"), mentor("y", site="south"), *PEOPLE[2:]],
                [group("g", "x", mentees=(1, 2)), group("h", "y", mentees=(1, 2))],
                [group_rule("same", "site")],
            ),
            {("groups[g].mentees.least", "least_unreachable"), ("groups[h].mentees.least", "least_unreachable")},
        ),
        # A flow: somebody must be placed and no group may take them.
        (
            group_problem([*PEOPLE, mentee("c", least=1, site="west")], GROUPS, [group_rule("same", "site")]),
            {("people[mentee=c].least", "least_unreachable")},
        ),
        # Searched: the only nurse cannot be in two groups.
        (
            group_problem(
                [*PEOPLE, mentor("n", kind="nurse")],
                GROUPS,
                [group_rule("at_least_one_of_each", "kind", options=("nurse",)), group_rule("balance", within=9, id="even")],
            ),
            {("rules[groups at_least_one_of_each]", "least_unreachable")},
        ),
        # Searched: fixed members are already too many more than any who could join elsewhere.
        (
            group_problem(
                [mentee(name) for name in "abcd"],
                [group("g", "a", "b", "c"), group("h", mentees=(0, 9))],
                [group_rule("balance", id="even")],
            ),
            {("rules[even]", "balance_unreachable")},
        ),
    ],
)
def test_a_least_out_of_reach_is_named(problem, expected):
    found = set(refusal(problem))
    assert found
    assert found <= expected


def test_a_search_that_finds_nothing_in_time_says_so(monkeypatch):
    problem = group_problem(PEOPLE, GROUPS, [group_rule("balance", "site", among=MENTEES)])
    monkeypatch.setattr("releve.matching.engine.groups.search.cp_model.FEASIBLE", None)
    monkeypatch.setattr("releve.matching.engine.groups.search.cp_model.OPTIMAL", None)
    assert refusal(problem) == [("effort", "nothing_found")]


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        (group_problem(PEOPLE, [group("g", "x", mentees=(2, 3))], [group_rule("same", "site")]), ("groups[g].mentees", "not_drawn")),
        (
            group_problem(
                [mentee(name) for name in "abcd"],
                [group("g", "a", "b", "c"), group("h", mentees=(0, 9))],
                [group_rule("balance", id="even")],
            ),
            ("rules[even]", "not_drawn"),
        ),
        (
            group_problem([*PEOPLE, mentee("c", least=1, site="west")], GROUPS, [group_rule("same", "site")]),
            ("people[c].least", "not_drawn"),
        ),
    ],
)
def test_a_draw_that_cannot_keep_a_rule_says_which(problem, expected):
    assert refusal(problem, draw_groups) == [expected]


def test_the_policy_of_the_pairing_is_checked_too():
    problem = group_problem(PEOPLE, GROUPS, policy_rules=[rule("same_answer", "sight")], questions=frozenset({"site"}))
    assert refusal(problem) == [("policy.rules[0].question", "unknown_question")]
