"""The contestants of the benchmarks: all pair by the rules, and those that are exact find what the engine proves."""

import pytest

from benchmarks.cohorts import cohort, planted
from benchmarks.contestants import CONTESTANTS
from benchmarks.engine import LABELS
from benchmarks.race import run
from benchmarks.referee import judge

EXACT = ["ours", "scipy_dense", "scipy_sparse", "ortools", "munkres", "munkres_proved"]


def test_every_contestant_is_named():
    assert list(LABELS) == list(CONTESTANTS)


@pytest.mark.parametrize("name", EXACT)
@pytest.mark.parametrize(("mentees", "mentors"), [(40, 20), (60, 15)])  # more places than mentees, and fewer
def test_exact_contestants_find_the_best_total(name, mentees, mentors):
    known = planted(mentees, mentors, seed=2)
    judged = judge(known.problem, CONTESTANTS[name].solve(known.problem).pairs)
    assert (judged.faults, judged.points, judged.pairs) == ((), known.points, len(known.pairs))


@pytest.mark.parametrize("name", ["greedy", "stable"])
def test_the_others_pair_by_the_rules_and_find_no_more(name):
    known = planted(60, 25, seed=2)
    judged = judge(known.problem, CONTESTANTS[name].solve(known.problem).pairs)
    assert judged.faults == ()
    assert 0 < judged.points <= known.points


@pytest.mark.parametrize("name", ["ours", "munkres_proved"])
def test_proofs_are_checked(name):
    answer = CONTESTANTS[name].solve(cohort(30, 12, seed=2))
    assert answer.check()


def test_a_run_says_what_it_took():
    ran = run("ours", 30, 12, seed=1, plant=True)
    assert (ran.points, ran.faults, ran.proved) == (ran.points_planted, 0, True)
    assert ran.seconds > 0
    assert ran.checking > 0
