"""The canonical form: the same text for the same content, and read back with every refusal at its path."""

import json
import sys
from dataclasses import replace
from hashlib import sha256

import pytest

from releve.matching.engine import (
    Criterion,
    CriterionKind,
    Fact,
    Pair,
    ProblemError,
    RuleKind,
    Side,
    assign,
    problem_hash,
    problem_json,
    read_problem,
    read_result,
    result_hash,
    result_json,
)

from .cast import choices, mentee, mentor, needs, problem, rule, wishes


@pytest.fixture
def case():
    return problem(
        mentee("é", most=2, areas=choices("b", "a"), wishes=("x", "w")),
        mentor("x", least=1, years=12),
        criteria=[wishes(2, explain_to=frozenset({Side.MENTEE}))],
        rules=[rule("seniority", "years", gap=0)],
        bans=(Pair("é", "x"), Pair("é", "x")),
        facts=(Fact(RuleKind.NOT_AGAIN, "é", "x"), Fact(RuleKind.NOT_AGAIN, "x", "é")),
        seed=7,
    )


def test_problem_is_written_sorted_without_defaults_and_in_ascii(case):
    assert problem_json(case) == (
        '{"bans":[["\\u00e9","x"]],"facts":[["not_again","x","\\u00e9"]],"format":"releve-pairing-problem/1","locks":[],'
        '"people":[{"answers":{"areas":["a","b"],"wishes":{"ranked":["x","w"]}},"id":"\\u00e9","most":2,"side":"mentee"},'
        '{"answers":{"years":12},"id":"x","least":1,"side":"mentor"}],'
        '"policy":{"criteria":[{"explain_to":["mentee"],"id":"wishes","kind":"wishes","mentee_question":"wishes","ranks":3,"weight":2}],'
        '"rules":[{"gap":0,"id":"seniority","kind":"seniority","question":"years"}]},"questions":["areas","wishes","years"],"seed":7}'
    )


def test_fingerprint_is_that_of_the_canonical_text(case):
    assert problem_hash(case) == sha256(problem_json(case).encode("ascii")).hexdigest()
    assert problem_hash(replace(case, seed=8)) != problem_hash(case)


def test_fingerprint_ignores_the_order_of_choices_but_not_of_a_ranking(case):
    one, other = case.people
    again = replace(one, answers={"wishes": ("x", "w"), "areas": choices("a", "b")})
    assert problem_hash(replace(case, people=(other, again))) == problem_hash(case)
    turned = replace(one, answers={"wishes": ("w", "x"), "areas": choices("a", "b")})
    assert problem_hash(replace(case, people=(turned, other))) != problem_hash(case)


def test_problem_is_read_back_whole():
    criteria = [
        Criterion("near", CriterionKind.NEAR, 1, "level", "rank", order=("low", "high"), explain_to=frozenset(Side)),
        Criterion("hours", CriterionKind.HOURS, 0, "slots", full_at=3),
    ]
    case = problem(mentee("a", level="low"), mentor("x", rank="high"), criteria=criteria, locks=(Pair("a", "x"),))
    assert read_problem(problem_json(case)) == case


def test_result_is_read_back_whole():
    case = problem(mentee("a"), mentee("b"), mentor("x"), locks=(Pair("a", "x"),))
    result = assign(case)
    assert read_result(result_json(result)) == result
    assert len(result_hash(result)) == 64
    assert result_hash(replace(result, points=1)) != result_hash(result)


SOUND = {
    "format": "releve-pairing-problem/1",
    "people": [{"id": "a", "side": "mentee"}, {"id": "x", "side": "mentor"}],
    "policy": {},
}


def test_shortest_problem_is_read():
    assert read_problem(json.dumps(SOUND)) == problem(mentee("a"), mentor("x"))


@pytest.mark.parametrize(
    ("change", "path", "code"),
    [
        ({"format": "other/1"}, "format", "unknown_format"),
        ({"people": None}, "people", "not_a_list"),
        ({"people": ["a"]}, "people[0]", "not_an_object"),
        ({"people": [{"id": "a", "side": "mentee", "colour": "red"}]}, "people[0].colour", "unknown_field"),
        ({"people": [{"id": "a"}]}, "people[0].side", "missing_field"),
        ({"people": [{"id": 7, "side": "mentee"}]}, "people[0].id", "not_a_text"),
        ({"people": [{"id": "a", "side": "tutor"}]}, "people[0].side", "unknown_word"),
        ({"people": [{"id": "a", "side": "mentee", "most": 1.5}]}, "people[0].most", "not_a_whole_number"),
        ({"people": [{"id": "a", "side": "mentee", "most": True}]}, "people[0].most", "not_a_whole_number"),
        ({"people": [{"id": "a", "side": "mentee", "answers": []}]}, "people[0].answers", "not_an_object"),
        ({"people": [{"id": "a", "side": "mentee", "answers": {"q": float("nan")}}]}, "people[0].answers[q]", "not_a_whole_number"),
        ({"people": [{"id": "a", "side": "mentee", "answers": {"q": [1]}}]}, "people[0].answers[q][0]", "not_a_text"),
        ({"people": [{"id": "a", "side": "mentee", "answers": {"q": {"best": []}}}]}, "people[0].answers[q].ranked", "not_a_list"),
        ({"policy": {"criteria": [{"id": "c", "kind": "overlap"}]}}, "policy.criteria[0].weight", "missing_field"),
        ({"policy": {"criteria": [{"id": "c", "kind": "magic", "weight": 1}]}}, "policy.criteria[0].kind", "unknown_word"),
        ({"policy": {"rules": [{"id": "r", "kind": "not_self", "explain_to": ["all"]}]}}, "policy.rules[0].explain_to[0]", "unknown_word"),
        ({"locks": [["a"]]}, "locks[0]", "wrong_length"),
        ({"bans": ["ax"]}, "bans[0]", "wrong_length"),
        ({"facts": [["gossip", "a", "x"]]}, "facts[0]", "unknown_word"),
        ({"seed": "7"}, "seed", "not_a_whole_number"),
        ({"extra": 1}, "extra", "unknown_field"),
    ],
)
def test_text_that_cannot_be_read_is_refused_at_its_path(change, path, code):
    with pytest.raises(ProblemError) as refusal:
        read_problem(json.dumps(SOUND | change))
    assert (refusal.value.path, refusal.value.code) == (path, code)
    assert refusal.value.mend


@pytest.mark.parametrize(("text", "code"), [("", "not_json"), ("{", "not_json"), ("[]", "unknown_format"), ("{}", "unknown_format")])
def test_text_that_is_no_problem_is_refused(text, code):
    with pytest.raises(ProblemError) as refusal:
        read_problem(text)
    assert refusal.value.code == code


def test_text_nested_thousands_deep_is_refused():
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(1_000)  # as everywhere but in the tests: properties raise it beyond what the machine's stack holds
    try:
        with pytest.raises(ProblemError) as refusal:
            read_problem("[" * 100_000)
    finally:
        sys.setrecursionlimit(before)
    assert refusal.value.code == "not_json"


@pytest.mark.parametrize(
    ("field", "value", "path", "code"),
    [
        ("pairs", [{"mentee": "a", "mentor": "x", "points": 0, "locked": 0}], "result.pairs[0].locked", "not_true_or_false"),
        (
            "certificate",
            {"problem": "", "mentees": [["a", 0.5]], "mentors": [], "total": 0},
            "result.certificate.mentees[0]",
            "not_a_whole_number",
        ),
        ("points", None, "result.points", "not_a_whole_number"),
    ],
)
def test_result_that_cannot_be_read_is_refused_at_its_path(field, value, path, code):
    written = json.loads(result_json(assign(problem(mentee("a"), mentor("x")))))
    written["result"][field] = value
    with pytest.raises(ProblemError) as refusal:
        read_result(json.dumps(written))
    assert (refusal.value.path, refusal.value.code) == (path, code)


def test_a_few_people_are_read_without_the_others_and_what_concerns_them():
    whole = problem(
        mentee("a", areas="ethics"),
        mentee("b"),
        mentor("x", areas="ethics"),
        mentor("y"),
        criteria=[needs()],
        locks=(Pair("a", "x"), Pair("b", "y")),
        bans=(Pair("a", "y"),),
        facts=(Fact(RuleKind.NOT_AGAIN, "x", "a"), Fact(RuleKind.NOT_AGAIN, "y", "a")),
    )
    few = replace(
        whole,
        people=(mentee("a", areas="ethics"), mentor("x", areas="ethics")),
        locks=(Pair("a", "x"),),
        bans=(),
        facts=(Fact(RuleKind.NOT_AGAIN, "x", "a"),),
    )
    assert problem_json(read_problem(problem_json(whole), only={"a", "x"})) == problem_json(few)


@pytest.mark.parametrize(
    ("text", "path"), [('"people":7', "people"), ('"people":[7]', "people[0]"), ('"people":[],"locks":[7]', "locks[0]")]
)
def test_what_is_no_person_and_no_pair_is_refused_by_its_reader(text, path):
    with pytest.raises(ProblemError) as refusal:
        read_problem('{"format":"releve-pairing-problem/1","policy":{},' + text + "}", only={"a"})
    assert refusal.value.path == path
