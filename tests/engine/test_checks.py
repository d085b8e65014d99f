"""Every fault of an input is found, each with its path and its mend; beside each stands an input that passes."""

from dataclasses import replace

import numpy as np
import pytest

from releve.matching.engine import (
    Criterion,
    CriterionKind,
    EngineError,
    Fact,
    HardRule,
    Pair,
    Person,
    Policy,
    PolicyError,
    Problem,
    ProblemError,
    RuleKind,
    Side,
    assign,
    faults_in_policy,
    faults_in_problem,
    needs_of,
    score_pairs,
)
from releve.matching.engine.faults import OutOfReachError
from releve.matching.engine.flow import Choice, best_choice
from releve.matching.engine.openings import Bounds

from .cast import BOTH, choices, mentee, mentor, needs, problem, rule, wishes

QUESTIONS = frozenset({"areas", "email", "level", "slots", "wishes"})
SOUND = Policy(
    criteria=(
        needs(),
        wishes(explain_to=frozenset({Side.MENTEE})),
        Criterion("near", CriterionKind.NEAR, 1, "level", order=("low", "high")),
        Criterion("far", CriterionKind.NEAR, 1, "level", within=3),
        Criterion("hours", CriterionKind.HOURS, 0, "slots", full_at=1),
    ),
    rules=(rule("seniority", "level"), rule("not_again"), rule("not_line_manager", "email", with_question="email", explain_to=BOTH)),
)


def test_sound_policy_has_no_fault():
    assert faults_in_policy(SOUND, QUESTIONS) == []


@pytest.mark.parametrize(
    ("wrong", "path", "code"),
    [
        (Criterion("", CriterionKind.OVERLAP, 1, "areas"), "id", "missing_id"),
        (Criterion("c", "magic", 1, "areas"), "kind", "unknown_kind"),
        (Criterion("c", CriterionKind.OVERLAP, -1, "areas"), "weight", "weight_out_of_range"),
        (Criterion("c", CriterionKind.OVERLAP, 1_000_001, "areas"), "weight", "weight_out_of_range"),
        (Criterion("c", CriterionKind.OVERLAP, float("nan"), "areas"), "weight", "weight_out_of_range"),
        (Criterion("c", CriterionKind.OVERLAP, "10", "areas"), "weight", "weight_out_of_range"),
        (Criterion("c", CriterionKind.OVERLAP, True, "areas"), "weight", "weight_out_of_range"),
        (Criterion("c", CriterionKind.OVERLAP, 1), "mentee_question", "missing_question"),
        (Criterion("c", CriterionKind.OVERLAP, 1, "shoes"), "mentee_question", "unknown_question"),
        (Criterion("c", CriterionKind.OVERLAP, 1, "areas", "shoes"), "mentor_question", "unknown_question"),
        (Criterion("c", CriterionKind.NEAR, 1, "level"), "within", "out_of_range"),
        (Criterion("c", CriterionKind.NEAR, 1, "level", order=("low",)), "order", "order_too_short"),
        (Criterion("c", CriterionKind.NEAR, 1, "level", order=("low", "high", "low")), "order", "order_too_short"),
        (Criterion("c", CriterionKind.HOURS, 1, "slots"), "full_at", "out_of_range"),
        (Criterion("c", CriterionKind.WISHES, 1, "wishes"), "ranks", "out_of_range"),
        (Criterion("c", CriterionKind.WISHES, 1, "wishes", ranks=1, explain_to=BOTH), "explain_to", "wishes_of_others"),
        (Criterion("c", CriterionKind.OVERLAP, 1, "areas", explain_to=frozenset({"world"})), "explain_to", "unknown_side"),
    ],
)
def test_criterion_that_cannot_be_used_is_a_fault_at_its_path(wrong, path, code):
    (fault,) = faults_in_policy(replace(SOUND, criteria=(*SOUND.criteria, wrong)), QUESTIONS)
    assert (fault.path, fault.code) == (f"policy.criteria[5].{path}", code)
    assert fault.mend


@pytest.mark.parametrize(
    ("wrong", "path", "code"),
    [
        (HardRule("", RuleKind.NOT_SELF), "id", "missing_id"),
        (HardRule("r", "magic"), "kind", "unknown_kind"),
        (HardRule("r", RuleKind.SAME_ANSWER), "question", "missing_question"),
        (HardRule("r", RuleKind.SAME_ANSWER, "shoes"), "question", "unknown_question"),
        (HardRule("r", RuleKind.NOT_LINE_MANAGER, "email"), "with_question", "missing_question"),
        (HardRule("r", RuleKind.SENIORITY, "level", order=("low",)), "order", "order_too_short"),
        (HardRule("r", RuleKind.SENIORITY, "level", gap=-1), "gap", "out_of_range"),
        (HardRule("r", RuleKind.NOT_AGAIN, explain_to=BOTH), "explain_to", "confidential_rule"),
        (HardRule("r", RuleKind.BANNED, explain_to=frozenset({Side.MENTEE})), "explain_to", "confidential_rule"),
        (HardRule("r", RuleKind.SAME_ANSWER, "level", explain_to=frozenset({"world"})), "explain_to", "unknown_side"),
    ],
)
def test_rule_that_cannot_be_used_is_a_fault_at_its_path(wrong, path, code):
    (fault,) = faults_in_policy(replace(SOUND, rules=(*SOUND.rules, wrong)), QUESTIONS)
    assert (fault.path, fault.code) == (f"policy.rules[3].{path}", code)
    assert fault.mend


def test_policy_as_a_whole_is_checked_too():
    assert [fault.code for fault in faults_in_policy(replace(SOUND, objective="fun"), QUESTIONS)] == ["unknown_objective"]
    (repeated,) = faults_in_policy(replace(SOUND, rules=(rule("not_self"), HardRule("areas", RuleKind.BANNED))), QUESTIONS)
    assert (repeated.path, repeated.code) == ("policy", "repeated_id")
    assert "'areas' is used 2 times" in repeated.mend
    crowd = tuple(replace(needs(), id=f"c{n}") for n in range(101))
    assert [fault.code for fault in faults_in_policy(Policy(crowd), QUESTIONS)] == ["too_many_criteria"]


def test_scoring_refuses_a_policy_with_all_its_faults():
    wrong = replace(SOUND, criteria=(replace(needs(), weight=-1, mentor_question="shoes"),))
    with pytest.raises(PolicyError) as refusal:
        score_pairs(Problem((mentee("a"), mentor("x")), wrong, QUESTIONS))
    assert [fault.code for fault in refusal.value.faults] == ["weight_out_of_range", "unknown_question"]
    assert (refusal.value.path, refusal.value.code) == ("policy.criteria[0].weight", "weight_out_of_range")
    assert refusal.value.mend == "Give a whole number from 0 to 1000000."
    assert str(refusal.value).splitlines()[0] == "policy.criteria[0].weight: weight_out_of_range. Give a whole number from 0 to 1000000."


@pytest.mark.parametrize(
    ("people", "path", "code"),
    [
        ([mentor("x")], "people", "no_mentee"),
        ([mentee("a")], "people", "no_mentor"),
        ([mentee("a"), mentee("a"), mentor("x")], "people[mentee=a]", "repeated_id"),
        ([mentee(""), mentor("x")], "people[mentee=].id", "missing_id"),
        ([mentee(7), mentor("x")], "people[mentee=7].id", "missing_id"),
        ([Person("a", "tutor"), mentee("b"), mentor("x")], "people[tutor=a].side", "unknown_side"),
        ([mentee("a"), mentor("x", most=-1)], "people[mentor=x].most", "places_out_of_range"),
        ([mentee("a"), mentor("x", most=10_001)], "people[mentor=x].most", "places_out_of_range"),
        ([mentee("a"), mentor("x", most=1.0)], "people[mentor=x].most", "places_out_of_range"),
        ([mentee("a"), mentor("x", least=2)], "people[mentor=x].least", "places_out_of_range"),
        ([mentee("a"), mentor("x", least=-1)], "people[mentor=x].least", "places_out_of_range"),
        ([mentee("a", areas=float("nan")), mentor("x")], "people[mentee=a].answers[areas]", "not_an_answer"),
        ([mentee("a", areas=["b"]), mentor("x")], "people[mentee=a].answers[areas]", "not_an_answer"),
        ([mentee("a", areas=choices(1)), mentor("x")], "people[mentee=a].answers[areas]", "not_an_answer"),
        ([mentee("a", areas=10**9 + 1), mentor("x")], "people[mentee=a].answers[areas]", "not_an_answer"),
        ([mentee("a", shoes="red"), mentor("x")], "people[mentee=a].answers[shoes]", "unknown_question"),
    ],
)
def test_person_who_contradicts_the_problem_is_a_fault_at_their_path(people, path, code):
    (fault,) = faults_in_problem(Problem(tuple(people), Policy(), QUESTIONS))
    assert (fault.path, fault.code) == (path, code)
    assert fault.mend


def test_answer_outside_its_order_is_a_fault():
    near = Criterion("near", CriterionKind.NEAR, 1, "level", "rank", order=("low", "high"))
    case = problem(mentee("a", level="low"), mentee("b", level="huge"), mentor("x", rank="low"), mentor("y"), criteria=[near])
    assert [(fault.path, fault.code) for fault in faults_in_problem(case)] == [("people[mentee=b].answers[level]", "not_in_order")]
    numbers = problem(mentee("a", level="12"), mentor("x", level=12), rules=[rule("seniority", "level")])
    (fault,) = faults_in_problem(numbers)
    assert (fault.path, fault.mend) == ("people[mentee=a].answers[level]", "Answer with a whole number.")


def test_locks_bans_and_facts_about_strangers_are_faults():
    people = [mentee("a"), mentor("x")]
    sound = problem(*people, locks=(Pair("a", "x"),), facts=(Fact(RuleKind.DECLINED_BEFORE, "x", "a"),))
    assert faults_in_problem(sound) == []
    wrong = problem(*people, locks=(Pair("x", "a"),), bans=(Pair("a", "q"),), facts=(Fact(RuleKind.NOT_AGAIN, "a", "q"),))
    assert [(fault.path, fault.code) for fault in faults_in_problem(wrong)] == [
        ("locks[x, a]", "unknown_person"),
        ("bans[a, q]", "unknown_person"),
        ("facts[not_again: a, q]", "unknown_person"),
    ]
    (fault,) = faults_in_problem(problem(*people, facts=(Fact(RuleKind.SENIORITY, "a", "x"),)))
    assert (fault.path, fault.code) == ("facts[seniority: a, x]", "unknown_kind")


def test_contradictory_locks_are_named():
    people = [mentee("a"), mentee("b"), mentor("x"), mentor("y", most=2)]
    banned = problem(*people, locks=(Pair("a", "x"),), bans=(Pair("a", "x"),))
    assert [(fault.path, fault.code) for fault in faults_in_problem(banned)] == [("locks[a, x]", "locked_and_banned")]
    crowded = problem(*people, locks=(Pair("a", "x"), Pair("b", "x"), Pair("a", "x"), Pair("a", "y")))
    assert [(fault.path, fault.code, fault.mend) for fault in faults_in_problem(crowded)] == [
        ("locks[mentee=a]", "too_many_locks", "2 locks (x, y) for places: 1. Remove locks or add places."),
        ("locks[mentor=x]", "too_many_locks", "2 locks (a, b) for places: 1. Remove locks or add places."),
    ]


def test_seed_is_a_whole_number_in_range():
    people = [mentee("a"), mentor("x")]
    assert [fault.path for seed in (-1, 2**63, "7", 1.0) for fault in faults_in_problem(problem(*people, seed=seed))] == ["seed"] * 4
    assert faults_in_problem(problem(*people, seed=2**63 - 1)) == []
    assert assign(problem(*people, seed=2**63 - 1)).unpaired == ()


@pytest.mark.parametrize("start", [score_pairs, assign])
def test_nothing_is_computed_from_people_with_faults(start):
    with pytest.raises(ProblemError) as refusal:
        start(problem(mentee("a", most=-1), mentee("a"), mentor("")))
    codes = {(fault.path, fault.code) for fault in refusal.value.faults}
    assert codes == {
        ("people[mentee=a].most", "places_out_of_range"),
        ("people[mentee=a]", "repeated_id"),
        ("people[mentor=].id", "missing_id"),
    }


def test_a_run_too_large_says_what_it_would_need_before_it_begins():
    people = [*(mentee(f"a{n}") for n in range(10_001)), *(mentor(f"x{n}") for n in range(1000))]
    for refused in (score_pairs, lambda case: assign(case, most_pairs=10_000_000)):
        with pytest.raises(ProblemError) as refusal:
            refused(problem(*people))
        assert (refusal.value.path, refusal.value.code) == ("people", "too_many_pairs")
        assert "10,001 mentees × 1,000 mentors make 10,001,000 pairs: about 0.4 GB of memory and 1 min." in refusal.value.mend
    million = needs_of(1_000_000, 1_000_000)
    assert (million.pairs, million.memory, million.seconds) == (10**12, 20_250_000_000, 25_800)
    assert str(million) == "1,000,000,000,000 pairs: about 20.2 GB of memory and 430 min"


def choice(gain, least):
    places = Bounds(np.array([least]), np.array([1]))
    rows = np.array([0])
    return Choice(rows, rows, np.array([gain]), places, places)


def test_gains_too_large_for_the_flow_are_refused_and_not_answered_wrongly():
    assert best_choice(choice(2**40, 0)).tolist() == [True]
    with pytest.raises(EngineError) as refusal:
        best_choice(choice(2**62, 0))
    assert refusal.value.code == "bad_cost_range"


def test_least_places_that_no_pair_can_fill_are_refused_by_the_flow():
    nothing = replace(choice(1, 1), rows=np.array([], dtype=int), columns=np.array([], dtype=int), gains=np.array([], dtype=int))
    with pytest.raises(OutOfReachError):
        best_choice(nothing)
