"""The cohorts of the benchmarks: the same for everybody, by the rules, and with the best total that they claim."""

from dataclasses import replace
from hashlib import sha256

import numpy as np
import pytest

from benchmarks.cohorts import cohort, planted
from benchmarks.contestants import CONTESTANTS
from benchmarks.dense import FORBIDDEN, score
from benchmarks.files import write_files
from benchmarks.referee import broken, judge, points_of
from releve.matching.engine import Pair, RuleKind, assign, certify, problem_json, score_pairs
from releve.matching.files import read_two_files

SIZES = [(50, 20), (200, 80), (200, 120), (200, 50), (30, 3)]  # as many places as mentees, more, fewer, far fewer
FILES = ["mentees.csv", "mentors.csv", "options.csv", "policy.yaml"]


def past_of(problem):
    return {frozenset((fact.one, fact.other)) for fact in problem.facts}


def written(problem, folder):
    write_files(folder, problem)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


# --- the same for everybody


def test_the_same_seed_gives_the_same_bytes(tmp_path):
    one, other = written(cohort(50, 20, seed=7), tmp_path / "one"), written(cohort(50, 20, seed=7), tmp_path / "other")
    assert list(one) == FILES
    assert one == other


@pytest.mark.parametrize(
    ("make", "digest"),
    [
        (lambda: planted(50, 20, seed=1).problem, "5b79d64ae111f5584a9c08a6d906971b943d18e2e400b65e4e8bce15deb9ada2"),
        (lambda: cohort(50, 20, seed=1), "ab82fb5c449a966ee6bc1d2c80a58b4428bee023411bea97645eb9cc98914450"),
    ],
    ids=["planted", "open"],
)
def test_the_people_of_a_seed_never_change(make, digest, tmp_path):
    files = written(make(), tmp_path)
    assert sha256(files["mentees.csv"] + files["mentors.csv"]).hexdigest() == digest


def test_another_seed_gives_other_people():
    assert problem_json(cohort(50, 20, seed=1)) != problem_json(cohort(50, 20, seed=2))


def test_written_files_are_read_back_as_the_same_problem(tmp_path):
    problem = cohort(60, 25, seed=3)
    write_files(tmp_path, problem)
    read = read_two_files(*(tmp_path / name for name in ("mentees.csv", "mentors.csv", "policy.yaml"))).problem
    assert read.policy == problem.policy
    for back, person in zip((*read.mentees, *read.mentors), (*problem.mentees, *problem.mentors), strict=True):
        assert back == replace(person, answers={**person.answers, "id": person.id})
    assert sorted(read.facts, key=str) == sorted(problem.facts, key=str)


# --- the planted best total


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("mentees", "mentors"), SIZES)
def test_the_planted_pairs_keep_every_rule_and_are_worth_the_planted_points(mentees, mentors, seed):
    known = planted(mentees, mentors, seed=seed)
    judged = judge(known.problem, known.pairs)
    assert (judged.faults, judged.points, judged.pairs) == ((), known.points, len(known.pairs))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("mentees", "mentors"), SIZES)
def test_the_engine_reaches_the_planted_best_and_proves_it(mentees, mentors, seed):
    known = planted(mentees, mentors, seed=seed)
    result = assign(known.problem)
    assert (result.points, len(result.pairs)) == (known.points, len(known.pairs))
    assert certify(known.problem, result) == ()


def test_the_planted_best_is_not_what_the_greedy_find():
    known = planted(200, 80, seed=1)
    assert judge(known.problem, CONTESTANTS["greedy"].solve(known.problem).pairs).points < known.points


def test_a_cohort_with_too_few_mentees_for_what_is_scarce_is_not_planted():
    with pytest.raises(ValueError, match="plant more than 3 mentees"):
        planted(3, 200, seed=1)


# --- the rules


def test_every_rule_forbids_somebody():
    problem = cohort(500, 200, seed=1)
    rules = [rule.kind for rule in problem.policy.rules_in_force]
    forbidding = {rules[index] for index in np.unique(score_pairs(problem).rule) if index >= 0}
    assert forbidding == set(rules) - {RuleKind.NOT_SELF, RuleKind.BANNED}


@pytest.mark.parametrize("make", [lambda: cohort(60, 25, seed=5), lambda: planted(60, 25, seed=5).problem])
def test_engine_referee_and_dense_scorer_agree_on_every_pair(make):
    problem = make()
    table, dense, past = score_pairs(problem), score(problem), past_of(problem)
    for row, mentee in enumerate(problem.mentees):
        for column, mentor in enumerate(problem.mentors):
            allowed = not list(broken(mentee, mentor, past))
            assert (table.points[row, column], table.admissible[row, column]) == (points_of(mentee, mentor), allowed)
            assert dense[row, column] == (points_of(mentee, mentor) if allowed else FORBIDDEN)


def test_the_referee_names_each_rule_that_pairs_break():
    known = planted(200, 80, seed=1)
    problem, past = known.problem, past_of(known.problem)
    worst = {}
    for mentee in problem.mentees:
        for mentor in problem.mentors:
            for rule in broken(mentee, mentor, past):
                worst.setdefault(rule, Pair(mentee.id, mentor.id))
    assert set(worst) == {"past", "line_manager", "language", "experience"}
    for rule, pair in worst.items():
        assert f"{pair.mentee} and {pair.mentor}: {rule}" in judge(problem, [pair]).faults


def test_the_referee_counts_places_and_people():
    known = planted(50, 20, seed=1)
    first, crowded = known.pairs[0], known.problem.mentors[0]
    everybody = [Pair(mentee.id, crowded.id) for mentee in known.problem.mentees]
    assert f"{first.mentee} is paired 2 times" in judge(known.problem, [first, first]).faults
    assert f"{crowded.id} has 50 mentees" in judge(known.problem, everybody).faults
