"""Kinds of rules and criteria with shapes of their own, worked out by hand: maps, shifts, conflicts, inclusion."""

from dataclasses import replace

import numpy as np
import pytest

from releve.matching.engine import (
    Apart,
    Criterion,
    CriterionKind,
    HardRule,
    Located,
    Pair,
    Policy,
    RuleKind,
    Side,
    faults_in_policy,
    faults_in_problem,
    problem_hash,
    problem_json,
    read_problem,
    score_pairs,
)
from releve.matching.engine.blocks import Scoring
from releve.matching.engine.shifts import slot_of, slots_over

from .cast import choices, mentee, mentor, problem, rule

ROADS = (Apart("Alma", "Gaspé", 900), Apart("Alma", "Laval", 450))
MAP = (Located("Alma", 0, 0), Located("Gaspé", 30, 40), Located("Laval", -1, 1))


def distance(**more):
    return Criterion("far", CriterionKind.DISTANCE, 1, "town", **more)


def shifts(horizon, full_at=4):
    return Criterion("shifts", CriterionKind.HOURS, 1, "shifts", full_at=full_at, horizon=horizon)


def points(problem):
    return score_pairs(problem).points.tolist()


def admitted(problem):
    table = score_pairs(problem)
    return {
        Pair(one.id, other.id)
        for row, one in enumerate(problem.mentees)
        for column, other in enumerate(problem.mentors)
        if table.admissible[row, column]
    }


# --- choices


def test_alike_counts_both_sides_so_that_choosing_everything_earns_less():
    alike = Criterion("values", CriterionKind.ALIKE, 2, "values")
    people = [
        mentee("a", values=choices("candour", "calm")),
        mentee("b"),
        mentor("x1", values=choices("candour", "calm")),
        mentor("x2", values=choices("candour", "calm", "drive", "humour")),
        mentor("x3", values=choices("drive")),
        mentor("x4"),
    ]
    assert points(problem(*people, criteria=[alike])) == [[2000, 2 * 666, 0, 0], [0, 0, 0, 0]]


@pytest.mark.parametrize("made", [1, 3, 4000, 9000])
def test_alike_is_rounded_down_exactly_however_much_is_chosen(made):
    alike = Criterion("values", CriterionKind.ALIKE, 1, "values")
    chosen = [f"{number:05}" for number in range(made)]
    mentors = [mentor(f"x{kept:05}", values=choices(*chosen[:kept])) for kept in sorted({0, 1, made // 3, made // 2, made - 1, made})]
    expected = [2000 * len(one.answers["values"]) // (made + len(one.answers["values"])) for one in mentors]
    assert points(problem(mentee("a", values=choices(*chosen)), *mentors, criteria=[alike])) == [expected]


def test_every_choice_of_one_side_is_among_those_of_the_other():
    people = [
        mentee("a", needs=choices("signing", "ramp")),
        mentee("b", needs=choices("ramp")),
        mentee("c"),
        mentor("x", offers=choices("ramp", "signing", "quiet")),
        mentor("y", offers="ramp"),
        mentor("z"),
    ]
    includes = rule("includes", "needs", with_question="offers")
    assert admitted(problem(*people, rules=[includes])) == {Pair("a", "x"), Pair("b", "x"), Pair("b", "y")}
    by_mentor = replace(includes, chooser=Side.MENTOR)
    assert admitted(problem(*people, rules=[by_mentor])) == {Pair("a", "y"), Pair("b", "y")}


# --- who names whom


def test_a_declared_conflict_keeps_two_apart_by_id_whichever_of_them_declared_it():
    people = [mentee("a", avoids=choices("X", "gone")), mentee("b"), mentor("X"), mentor("x"), mentor("y", avoids="b")]
    found = admitted(problem(*people, rules=[rule("declared_conflict", "avoids")]))
    assert found == {Pair("a", "x"), Pair("a", "y"), Pair("b", "X"), Pair("b", "x")}


def test_an_evaluator_is_kept_from_whom_they_evaluate_by_address():
    people = [mentee("a", chief="X@example.test"), mentor("x", email="x@example.test"), mentor("y", email="y@example.test")]
    assert admitted(problem(*people, rules=[rule("not_evaluator", "chief", with_question="email")])) == {Pair("a", "y")}


# --- maps


def test_distance_by_table_counts_both_ways_and_not_beyond_what_is_listed():
    people = [
        mentee("a", town="Alma"),
        mentee("b", town="Laval"),
        mentee("c"),
        mentor("x1", town="Alma"),
        mentor("x2", town="Gaspé"),
        mentor("x3", town="Laval"),
        mentor("x4"),
    ]
    expected = [[1000, 100, 550, 0], [550, 0, 1000, 0], [0, 0, 0, 0]]
    assert points(problem(*people, criteria=[distance(within=1000, apart=ROADS)])) == expected


def test_distance_by_coordinates_is_a_straight_line_rounded_down():
    people = [mentee("a", town="Alma"), mentee("b"), *(mentor(town, town=town) for town in ("Alma", "Gaspé", "Laval")), mentor("Nowhere")]
    assert points(problem(*people, criteria=[distance(within=100, at=MAP)])) == [[1000, 500, 990, 0], [0, 0, 0, 0]]


def test_distance_between_positions_that_people_give_themselves():
    people = [mentee("a", town="0,0"), mentor("x1", town="-6,8"), mentor("x2", town="10000000,-10000000"), mentor("x3")]
    assert points(problem(*people, criteria=[distance(within=20)])) == [[500, 0, 0]]


@pytest.mark.parametrize(
    ("more", "path", "code"),
    [
        ({"within": 0, "at": MAP}, "within", "out_of_range"),
        ({"within": 9, "at": MAP, "apart": ROADS}, "apart", "two_maps"),
        ({"within": 9, "at": (*MAP, MAP[0])}, "at[0]", "repeated_place"),
        ({"within": 9, "at": (Located("", 0, 0),)}, "at[0]", "repeated_place"),
        ({"within": 9, "at": (Located("Alma", 0, 10**8),)}, "at[0]", "out_of_range"),
        ({"within": 9, "apart": (*ROADS, Apart("Gaspé", "Alma", 1))}, "apart[2]", "repeated_place"),
        ({"within": 9, "apart": (Apart("Alma", "Alma", 1),)}, "apart[0]", "repeated_place"),
        ({"within": 9, "apart": (Apart("Alma", "", 1),)}, "apart[0]", "repeated_place"),
        ({"within": 9, "apart": (Apart("Alma", "Laval", -1),)}, "apart[0]", "out_of_range"),
    ],
)
def test_a_map_that_contradicts_itself_is_refused(more, path, code):
    faults = faults_in_policy(Policy(criteria=(distance(**more),)), frozenset({"town"}))
    assert (f"policy.criteria[0].{path}", code) in {(fault.path, fault.code) for fault in faults}


@pytest.mark.parametrize(
    ("answer", "more"),
    [
        ("Rome", {"at": MAP}),
        ("Rome", {"apart": ROADS}),
        (choices("Alma"), {"at": MAP}),
        ("Alma", {}),
        ("1.5,2", {}),
        ("20000000,0", {}),
        (7, {}),
    ],
)
def test_an_answer_that_is_nowhere_on_the_map_is_refused(answer, more):
    faults = faults_in_problem(problem(mentee("a", town=answer), mentor("x"), criteria=[distance(within=9, **more)]))
    assert [(fault.path, fault.code) for fault in faults] == [("people[mentee=a].answers[town]", "not_on_map")]


# --- shifts


def test_two_cycles_meet_in_their_common_multiple():
    day_of_four, day_of_six = choices("4/1/day"), choices("6/3/day")  # days 1, 5, 9 … and 3, 9, 15 …: every 12 from day 9
    people = [mentee("a", shifts=day_of_four), mentor("x1", shifts=day_of_six), mentor("x2", shifts=choices("6/2/day")), mentor("x3")]
    assert points(problem(*people, criteria=[shifts(horizon=8)])) == [[0, 0, 0]]
    assert points(problem(*people, criteria=[shifts(horizon=9)])) == [[250, 0, 0]]
    assert points(problem(*people, criteria=[shifts(horizon=33)])) == [[750, 0, 0]]
    assert points(problem(*people, criteria=[shifts(horizon=366)])) == [[1000, 0, 0]]


def test_a_weekly_pattern_meets_a_cycle_and_counts_each_week():
    people = [
        mentee("a", shifts=choices("mon_evening", "tue_noon")),
        mentor("x1", shifts=choices("14/1/evening")),
        mentor("x2", shifts=choices("mon_evening")),
    ]
    assert points(problem(*people, criteria=[shifts(horizon=28)])) == [[500, 1000]]


def test_slots_one_wrote_twice_over_are_counted_once():
    people = [mentee("a", shifts=choices("mon_evening", "7/1/evening")), mentor("x", shifts=choices("mon_evening"))]
    assert points(problem(*people, criteria=[shifts(horizon=7)])) == [[250]]


def test_no_more_days_are_laid_out_than_the_cycles_repeat_in_or_the_horizon_has():
    weekly, eights = frozenset({f"{day}_noon" for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}), frozenset({"8/1/noon"})
    assert slots_over([weekly], [weekly], 366)[0].shape == (1, 7)
    assert slots_over([weekly], [eights], 366)[0].shape == (1, 7)  # the days of 56 on which both can be
    assert slots_over([weekly | eights], [weekly], 20)[0].shape == (1, 20)
    assert slots_over([frozenset()], [frozenset()], 20)[0].shape == (1, 0)


@pytest.mark.parametrize("option", ["monday", "mon_", "8/9/noon", "0/0/noon", "367/1/noon", "8/0/noon", "8/1/", ""])
def test_what_is_no_slot_is_refused_where_slots_repeat(option):
    assert slot_of(option) is None
    two = problem(mentee("a", shifts=choices(option)), mentor("x"), criteria=[shifts(horizon=14)])
    assert [fault.code for fault in faults_in_problem(two)] == ["not_a_slot"]
    assert faults_in_problem(problem(mentee("a", shifts="mon_noon"), mentor("x"), criteria=[shifts(horizon=14)]))[0].code == "not_a_slot"
    assert faults_in_problem(problem(mentee("a", shifts=choices(option)), mentor("x"), criteria=[shifts(horizon=0)])) == []


# --- the policy, its canonical text, blocks


@pytest.mark.parametrize(
    ("policy", "path", "code"),
    [
        (Policy(criteria=(shifts(horizon=367),)), "policy.criteria[0].horizon", "out_of_range"),
        (Policy(criteria=(shifts(horizon=-1),)), "policy.criteria[0].horizon", "out_of_range"),
        (Policy(criteria=(replace(shifts(7), wisher="nobody"),)), "policy.criteria[0].wisher", "unknown_side"),
        (Policy(rules=(HardRule("r", RuleKind.INCLUDES, "shifts", chooser="nobody"),)), "policy.rules[0].chooser", "unknown_side"),
        (Policy(rules=(HardRule("r", RuleKind.INCLUDES),)), "policy.rules[0].question", "missing_question"),
        (Policy(rules=(HardRule("r", RuleKind.DECLARED_CONFLICT),)), "policy.rules[0].question", "missing_question"),
        (Policy(rules=(HardRule("r", RuleKind.NOT_EVALUATOR, "shifts"),)), "policy.rules[0].with_question", "missing_question"),
        (
            Policy(rules=(HardRule("r", RuleKind.DECLARED_CONFLICT, "shifts", explain_to=frozenset(Side)),)),
            "policy.rules[0].explain_to",
            "confidential_rule",
        ),
    ],
)
def test_a_policy_that_cannot_be_used_names_its_path(policy, path, code):
    assert [(fault.path, fault.code) for fault in faults_in_policy(policy, frozenset({"shifts"}))] == [(path, code)]


def test_maps_horizons_and_choosers_are_read_back_and_part_of_the_fingerprint():
    policy = Policy(
        criteria=(distance(within=9, at=MAP), replace(distance(within=9, apart=ROADS), id="road"), shifts(14)),
        rules=(HardRule("all", RuleKind.INCLUDES, "town", chooser=Side.MENTOR),),
    )
    one = problem(mentee("a"), mentor("x"), policy=policy)
    assert read_problem(problem_json(one)) == one
    nearer = replace(policy, criteria=(distance(within=9, at=MAP[:2]), *policy.criteria[1:]))
    assert problem_hash(replace(one, policy=nearer)) != problem_hash(one)


def test_any_rows_and_columns_are_counted_as_in_the_whole():
    people = [mentee(f"a{n}", town=f"{n},0", shifts=choices(f"{n + 2}/1/noon"), values=choices("x", str(n % 3))) for n in range(7)]
    people += [
        mentor(f"b{n}", town=f"0,{n}", shifts=choices("mon_noon", f"{n + 1}/1/noon"), values=choices("x", str(n % 2))) for n in range(5)
    ]
    criteria = [distance(within=9), shifts(30), Criterion("values", CriterionKind.ALIKE, 1, "values")]
    whole = problem(
        *people, criteria=criteria, rules=[rule("includes", "values"), replace(rule("includes", "values"), id="back", chooser=Side.MENTOR)]
    )
    scoring = Scoring(whole)
    everything = scoring.points(slice(0, 7))
    rows, columns = np.array([1, 4, 6]), np.array([0, 3, 4])
    assert (scoring.points(rows, columns) == everything[np.ix_(rows, columns)]).all()
    assert (scoring.points(slice(2, 5), columns) == everything[2:5, columns]).all()
