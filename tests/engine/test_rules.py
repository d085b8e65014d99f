"""Which pairs are impossible, worked out by hand; each case holds a pair that passes beside the one that does not."""

import pytest

from releve.matching.engine import Fact, Pair, RuleKind, score_pairs

from .cast import choices, mentee, mentor, problem, rule


def forbidden(problem):
    """Each forbidden pair with the id of the first rule that forbids it."""
    table, rules = score_pairs(problem), problem.policy.rules_in_force
    return {
        (one.id, other.id): rules[table.rule[row, column]].id
        for row, one in enumerate(problem.mentees)
        for column, other in enumerate(problem.mentors)
        if not table.admissible[row, column]
    }


def test_nobody_mentors_themselves_without_any_rule_listed():
    assert forbidden(problem(mentee("eve"), mentee("dan"), mentor("eve"))) == {("eve", "eve"): "not_self"}


def test_line_managers_are_kept_apart_whichever_of_the_two_named_the_other():
    manager = rule("not_line_manager", "manager", with_question="email")
    people = [
        mentee("a", manager=" X@Example.TEST", email="a@example.test"),
        mentee("b", email="b@example.test"),
        mentee("c", manager="unknown@example.test"),
        mentor("x", email="x@example.test"),
        mentor("y", manager="b@example.test", email="y@example.test"),
        mentor("z", manager=""),
    ]
    assert forbidden(problem(*people, rules=[manager])) == {("a", "x"): "not_line_manager", ("b", "y"): "not_line_manager"}


def test_two_mentors_at_one_address_are_both_kept_from_those_who_named_it():
    manager = rule("not_line_manager", "manager", with_question="email")
    people = [mentee("a", manager="x@example.test"), mentor("x1", email="x@example.test"), mentor("x2", email="X@example.test")]
    assert set(forbidden(problem(*people, rules=[manager]))) == {("a", "x1"), ("a", "x2")}


def test_not_the_same_answer_forbids_what_is_shared_and_lets_the_unknown_pass():
    people = [mentee("a", site="North"), mentee("b"), mentor("x", site="North"), mentor("y", site="South"), mentor("z")]
    assert set(forbidden(problem(*people, rules=[rule("not_same_answer", "site")]))) == {("a", "x")}


def test_the_same_answer_is_missing_where_somebody_did_not_answer():
    people = [mentee("a", site="North"), mentee("b"), mentor("x", place="North"), mentor("y", place="South"), mentor("z")]
    refused = forbidden(problem(*people, rules=[rule("same_answer", "site", with_question="place")]))
    assert set(refused) == {("a", "y"), ("a", "z"), ("b", "x"), ("b", "y"), ("b", "z")}


def test_a_language_in_common_is_required():
    people = [mentee("a", languages=choices("fr", "en")), mentor("x", languages=choices("en")), mentor("y", languages=choices("es"))]
    assert forbidden(problem(*people, rules=[rule("language_in_common", "languages")])) == {("a", "y"): "language_in_common"}


def test_seniority_asks_for_a_step_up_in_an_order():
    above = rule("seniority", "level", order=("student", "resident", "chief"))
    people = [mentee("a", level="resident"), mentee("b"), mentor("x", level="chief"), mentor("y", level="resident"), mentor("z")]
    assert set(forbidden(problem(*people, rules=[above]))) == {("a", "y"), ("a", "z"), ("b", "x"), ("b", "y"), ("b", "z")}


@pytest.mark.parametrize(("gap", "refused"), [(0, {("a", "y")}), (3, {("a", "y"), ("a", "z")}), (4, {("a", "x"), ("a", "y"), ("a", "z")})])
def test_seniority_asks_for_a_distance_in_numbers(gap, refused):
    people = [mentee("a", years=5), mentor("x", years=8), mentor("y", years=4), mentor("z", years=5)]
    assert set(forbidden(problem(*people, rules=[rule("seniority", "years", gap=gap)]))) == refused


@pytest.mark.parametrize("kind", ["already_paired", "declined_before", "not_again"])
def test_the_past_keeps_two_people_apart_whoever_was_the_mentor(kind):
    people = [mentee("eve"), mentee("dan"), mentor("eve"), mentor("bo")]
    assert forbidden(problem(*people, facts=(Fact(RuleKind(kind), "bo", "dan"),))) == {("eve", "eve"): "not_self", ("dan", "bo"): kind}
    assert forbidden(problem(*people, facts=(Fact(RuleKind(kind), "eve", "dan"),)))["dan", "eve"] == kind


def test_a_ban_holds_one_way_only():
    people = [mentee("a"), mentee("b"), mentor("b"), mentor("a")]
    refused = forbidden(problem(*people, bans=(Pair("a", "b"),)))
    assert refused == {("a", "a"): "not_self", ("b", "b"): "not_self", ("a", "b"): "banned"}


def test_the_first_rule_of_the_policy_is_the_one_recorded():
    people = [mentee("a", site="North"), mentor("x", site="South")]
    both = [rule("same_answer", "site"), rule("language_in_common", "languages")]
    assert forbidden(problem(*people, rules=both)) == {("a", "x"): "same_answer"}
    assert forbidden(problem(*people, rules=both[::-1])) == {("a", "x"): "language_in_common"}
