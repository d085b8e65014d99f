"""Assignments worked out by hand, and the engine beside another solver."""

import os
import subprocess
import sys
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from random import Random

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from releve.matching.engine import (
    ENGINE_VERSION,
    Criterion,
    Objective,
    Pair,
    Policy,
    ProblemError,
    assign,
    certify,
    problem_hash,
    score_pairs,
)

from . import oracle
from .cast import choices, mentee, mentor, needs, pairs_of, problem, rule, wishes


def test_the_whole_is_best_even_where_one_pair_alone_would_be_better():
    # chloe–bo alone earns most (1000), but chloe–ana with dan–bo earns 666 + 500.
    people = [
        mentee("chloe", areas=choices("ethics", "finance", "teaching")),
        mentee("dan", areas=choices("ethics", "music")),
        mentor("bo", areas=choices("ethics", "finance", "teaching")),
        mentor("ana", areas=choices("finance", "teaching")),
    ]
    result = assign(problem(*people, criteria=[needs(1)]))
    assert pairs_of(result) == {Pair("chloe", "ana"), Pair("dan", "bo")}
    assert (result.points, result.unpaired) == (1166, ())
    assert [(pair.mentee, pair.points, pair.locked) for pair in result.pairs] == [("chloe", 666, False), ("dan", 500, False)]


def test_a_mentor_takes_as_many_as_they_have_places_and_the_rest_have_nobody():
    people = [mentee(name, wishes=("x",)) for name in "abc"]
    people[1] = mentee("b")
    result = assign(problem(*people, mentor("x", most=2), criteria=[wishes(1)]))
    assert pairs_of(result) == {Pair("a", "x"), Pair("c", "x")}
    assert result.unpaired == ("b",)


def test_nobody_is_paired_when_every_pair_is_forbidden():
    people = [mentee("a", languages=choices("fr")), mentor("x", languages=choices("en"))]
    case = problem(*people, rules=[rule("language_in_common", "languages")])
    result = assign(case)
    assert (result.pairs, result.unpaired, result.points) == ((), ("a",), 0)
    assert certify(case, result) == ()


def test_nobody_is_paired_when_there_is_no_place():
    case = problem(mentee("a"), mentor("x", most=0))
    assert assign(case).unpaired == ("a",)
    assert certify(case, assign(case)) == ()


def test_a_pair_without_points_is_better_than_nobody():
    assert pairs_of(assign(problem(mentee("a"), mentor("x")))) == {Pair("a", "x")}


def test_a_mentee_with_two_places_has_two_different_mentors():
    people = [mentee("a", most=2, wishes=("x",)), mentor("x", most=2), mentor("y")]
    assert pairs_of(assign(problem(*people, criteria=[wishes(1)]))) == {Pair("a", "x"), Pair("a", "y")}


@pytest.fixture
def one_or_two_pairs():
    """Either a–x alone with 1000 points, or a–y and b–x with 333 each."""
    people = [mentee("a", wishes=("x", "none", "y")), mentee("b", wishes=("n", "o", "x")), mentor("x"), mentor("y")]
    return problem(*people, criteria=[wishes(1)], bans=(Pair("b", "y"),))


def test_best_total_leaves_somebody_out_for_more_points(one_or_two_pairs):
    result = assign(one_or_two_pairs)
    assert (pairs_of(result), result.unpaired) == ({Pair("a", "x")}, ("b",))


def test_most_people_pairs_everybody_it_can_for_fewer_points(one_or_two_pairs):
    policy = replace(one_or_two_pairs.policy, objective=Objective.MOST_PEOPLE)
    case = replace(one_or_two_pairs, policy=policy)
    result = assign(case)
    assert (pairs_of(result), result.points) == ({Pair("a", "y"), Pair("b", "x")}, 666)
    assert certify(case, result) == ()


def test_locks_are_kept_although_others_would_be_better_and_hold_their_places():
    people = [mentee("a", wishes=("y",)), mentee("b", wishes=("x",)), mentor("x"), mentor("y")]
    case = problem(*people, criteria=[wishes(1)], locks=(Pair("a", "x"),))
    result = assign(case)
    assert [(pair.mentee, pair.mentor, pair.locked) for pair in result.pairs] == [("a", "x", True), ("b", "y", False)]
    assert certify(case, result) == ()


def test_a_lock_that_breaks_a_rule_is_refused_by_name():
    case = problem(mentee("a"), mentee("b"), mentor("a"), locks=(Pair("a", "a"),))
    with pytest.raises(ProblemError) as refusal:
        assign(case)
    assert (refusal.value.path, refusal.value.code) == ("locks[a, a]", "lock_breaks_rule")
    assert "'not_self'" in refusal.value.mend


def test_a_least_is_kept_at_the_cost_of_points():
    people = [mentee("a", wishes=("x",)), mentee("b", wishes=("x",)), mentor("x", most=2), mentor("y", least=1)]
    case = problem(*people, criteria=[wishes(1)], bans=(Pair("b", "y"),))
    assert pairs_of(assign(case)) == {Pair("a", "y"), Pair("b", "x")}


def test_a_least_out_of_reach_is_refused_with_the_names_of_those_left_short():
    people = [mentee("a", least=1), mentee("b"), mentor("x", least=1), mentor("y", least=2, most=2)]
    with pytest.raises(ProblemError) as refusal:
        assign(problem(*people, bans=(Pair("a", "x"), Pair("a", "y"))))
    assert {(fault.path, fault.code) for fault in refusal.value.faults} >= {("people[mentee=a].least", "least_unreachable")}
    assert all(fault.code == "least_unreachable" for fault in refusal.value.faults)


def test_result_names_its_engine_and_its_problem():
    case = problem(mentee("a"), mentor("x"))
    result = assign(case)
    assert (result.engine, result.problem, result.certificate.problem) == (ENGINE_VERSION, problem_hash(case), problem_hash(case))


def test_the_seed_alone_decides_between_equals():
    people = [*(mentee(f"a{n}") for n in range(8)), *(mentor(f"x{n}") for n in range(8))]
    answers = {assign(problem(*people, seed=seed)).pairs for seed in range(20)}
    assert len(answers) == 20  # of 40,320 equally good ones
    assert assign(problem(*people, seed=7)) == assign(problem(*people[::-1], seed=7))


def published_draw(seed, pair):
    """The number of a pair, as the documentation describes it."""

    def framed(text):
        return len(text).to_bytes(4, "big") + text.encode()

    def drawn(side, name):
        return int.from_bytes(blake2b(framed(side) + framed(name), key=seed.to_bytes(8, "big"), digest_size=8).digest(), "big")

    whole = 2**64
    mixed = (drawn("mentee", pair.mentee) + drawn("mentor", pair.mentor)) % whole
    mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9 % whole
    mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB % whole
    return 1 + ((mixed ^ mixed >> 31) >> 32)


def test_of_equally_good_answers_the_one_with_the_largest_sum_of_draws_is_given():
    several = 0
    for case in map(oracle.random_problem, range(400)):
        best = oracle.best_worth(case)
        equals = [pairs for pairs in oracle.assignments(case) if oracle.worth(case, pairs) == best]
        if equals:
            drawn = max(equals, key=lambda pairs: sum(published_draw(case.seed, pair) for pair in pairs - set(case.locks)))
            assert pairs_of(assign(case)) == drawn
        several += len(equals) > 1
    assert several > 50


def test_bytes_do_not_depend_on_the_order_in_which_a_process_walks_its_sets():
    script = (
        "from tests.engine import oracle; from releve.matching.engine import assign, result_json;"
        "print(*(result_json(assign(oracle.random_problem(n, with_least=False))) for n in range(40)))"
    )
    root = Path(__file__).parents[2]
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": f"{root}:{root / 'src'}"},
            cwd=root,
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
    assert len(outputs.pop()) > 10_000


def cohort(mentees, mentors, number):
    """A cohort of middling size with one to four places per mentor."""
    random = Random(number)
    areas = [f"area{n}" for n in range(12)]
    people = [mentee(f"a{n}", areas=frozenset(random.sample(areas, 3)), site=random.choice("NSEW")) for n in range(mentees)]
    people += [
        mentor(f"x{n}", most=random.randint(1, 4), areas=frozenset(random.sample(areas, 5)), site=random.choice("NSEW"))
        for n in range(mentors)
    ]
    criteria = (needs(3), Criterion("site", "same", 1, "site"))
    bans = tuple({Pair(f"a{random.randrange(mentees)}", f"x{random.randrange(mentors)}") for _ in range(mentees)})
    return problem(*people, policy=Policy(criteria), bans=bans)


@pytest.mark.parametrize("sizes", [(60, 25), (150, 60), (40, 60)])
def test_total_equals_another_solver_at_middling_sizes(sizes):
    case = cohort(*sizes, number=sum(sizes))
    table = score_pairs(case)
    worth = np.where(table.admissible, table.points * 1000 + 1, 0)
    places = [column for column, other in enumerate(case.mentors) for _ in range(other.most)]
    rows, columns = linear_sum_assignment(worth[:, places], maximize=True)
    result = assign(case)
    assert result.points * 1000 + len(result.pairs) == worth[:, places][rows, columns].sum()
    assert certify(case, result) == ()


@pytest.mark.every
def test_thousands_of_small_problems_are_solved_proved_and_the_same_in_any_order():
    for number in range(10_000, 20_000):
        case = oracle.random_problem(number)
        best = oracle.best_worth(case)
        if best is not None:
            result = assign(case)
            assert oracle.worth(case, pairs_of(result)) == best
            assert certify(case, result) == ()
            assert assign(replace(case, people=case.people[::-1])) == result
