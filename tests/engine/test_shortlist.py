"""A shortlist finds what all pairs together would give, however short it begins and however pairs are cut into blocks."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from releve.matching.engine import (
    Criterion,
    CriterionKind,
    Objective,
    Policy,
    ProblemError,
    assign,
    blocks,
    certify,
    result_json,
    score_pairs,
    shortlist,
)

from . import oracle
from .cast import mentee, mentor, pairs_of, problem

TOTALS = (Objective.BEST_TOTAL, Objective.MOST_PEOPLE)


@pytest.fixture
def cut(monkeypatch):
    """Set how much is taken at once."""

    def set_to(shortlisted, added, along, sampled, pairs, columns):
        values = {"SHORTLISTED": shortlisted, "ADDED": added, "ALONG": along, "SAMPLED": sampled}
        for name, value in values.items():
            monkeypatch.setattr(shortlist, name, value)
        monkeypatch.setattr(blocks, "BLOCK_PAIRS", pairs)
        monkeypatch.setattr(blocks, "TILE_COLUMNS", columns)
        monkeypatch.setattr(blocks, "HARDLY_ANY_PAIRS", 0)
        monkeypatch.setattr(blocks, "FEW_PAIRS", pairs)  # above that, blocks are worked on side by side
        monkeypatch.setattr(blocks, "PROCESSORS", 2)

    return set_to


def with_leasts(number):
    """A small problem in which many people have a least."""
    random, case = Random(number), oracle.random_problem(number)
    people = tuple(replace(person, least=random.randint(0, person.most)) for person in case.people)
    policy = replace(case.policy, objective=random.choice(TOTALS))
    return replace(case, policy=policy, locks=(), people=people) if number % 2 else replace(case, policy=policy)


def answer(case):
    try:
        return result_json(assign(case))
    except ProblemError as refusal:
        return {fault.code for fault in refusal.faults}


@pytest.mark.parametrize("size", [(1, 1, 0, 1, 1, 1), (1, 2, 1 / 64, 2, 3, 2), (2, 1, 0.3, 1, 2, 1), (2, 3, 0, 2, 2**20, 1024)])
def test_answers_are_the_same_to_the_byte_however_pairs_are_cut(cut, size):
    cases = [with_leasts(number) for number in range(250)]
    wholes = [answer(case) for case in cases]
    assert {"least_unreachable"} in wholes
    cut(*size)
    assert [answer(case) for case in cases] == wholes


def test_answers_of_short_lists_are_the_best_of_all_assignments(cut):
    cut(1, 1, 0, 1, 2, 1)
    for case in map(with_leasts, range(1000, 1200)):
        best = oracle.best_worth(case)
        if best is None:
            assert answer(case) == {"least_unreachable"}
        else:
            assert oracle.worth(case, pairs_of(assign(case))) == best


def cohort(mentees, mentors, number, objective, places=4):
    """A cohort with one wave of popular mentors, many ties and two kinds of limits."""
    random = Random(number)
    areas = [f"area{n}" for n in range(12)]
    people = [
        mentee(f"a{n}", areas=frozenset(random.choices(areas, range(12, 0, -1), k=3)), site=random.choice("NSEW")) for n in range(mentees)
    ]
    people += [
        mentor(f"x{n}", most=random.randint(1, places), areas=frozenset(random.sample(areas, 4)), site=random.choice("NSEW"))
        for n in range(mentors)
    ]
    criteria = (Criterion("areas", CriterionKind.OVERLAP, 3, "areas"), Criterion("site", CriterionKind.SAME, 1, "site"))
    return problem(*people, policy=Policy(criteria, objective=objective), seed=number)


@pytest.mark.parametrize("objective", TOTALS)
@pytest.mark.parametrize("sizes", [(400, 150), (300, 80), (120, 200)])
def test_totals_equal_those_of_another_solver_at_middling_sizes(sizes, objective):
    case = cohort(*sizes, sum(sizes), objective)
    table = score_pairs(case)
    worth = table.points * 1000 + 1 if objective == Objective.BEST_TOTAL else table.points + 10**9
    places = [column for column, other in enumerate(case.mentors) for _ in range(other.most)]
    rows, columns = linear_sum_assignment(worth[:, places], maximize=True)
    best = table.points[:, places][rows, columns].sum(), len(rows)
    result = assign(case)
    assert (result.points, len(result.pairs)) == best
    assert certify(case, result) == ()


def test_a_long_list_of_equals_is_not_needed_to_choose_among_them(cut):
    # Everybody fits everybody alike: 3,600 pairs are as good, and 24 of each mentee at most are ever listed at once.
    everybody = [*(mentee(f"a{n}") for n in range(60)), *(mentor(f"x{n}") for n in range(60))]
    case = problem(*everybody, seed=3)
    whole = assign(case)
    cut(3, 4, 1 / 64, 2, 500, 16)
    assert assign(case) == whole
    assert certify(case, whole) == ()
    assert assign(replace(case, people=tuple(everybody[::-1]))) == whole


def test_hardly_any_pair_is_listed_when_few_can_be_as_good(monkeypatch):
    listed = []
    extend = shortlist.Shortlist.extend

    def counted(self, mentees, mentors):
        listed.append(len(self.pairs.rows))
        return extend(self, mentees, mentors)

    monkeypatch.setattr(shortlist.Shortlist, "extend", counted)
    case = cohort(600, 300, 1, Objective.BEST_TOTAL)
    assert certify(case, assign(case)) == ()
    assert 0 < max(listed) < 180_000 / 2


def test_progress_is_told_by_stage_and_a_refusal_to_go_on_ends_the_run():
    case = cohort(50, 20, 2, Objective.BEST_TOTAL)
    told = []
    result = assign(case, progress=lambda *stage: told.append(stage))
    assert result == assign(case)
    assert {stage for stage, _, _ in told} == {"score", "choose", "ties"}
    assert ("score", 1000, 1000) in told
    assert all(0 <= done <= of for _, done, of in told)

    def stop(_stage, _done, _of):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        assign(case, progress=stop)
    assert assign(case) == result


def test_blocks_side_by_side_stop_when_the_run_is_stopped(cut):
    case = cohort(200, 20, 2, Objective.BEST_TOTAL)
    cut(24, 96, 1 / 64, 4, 20, 1024)
    seen = []

    def stop(stage, done, _of):
        seen.append(stage)
        if done >= 100:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        assign(case, progress=stop)
    assert seen == ["score"] * 5


def test_values_in_double_precision_are_as_exact():
    # Weights so large that points do not fit single precision.
    case = cohort(60, 30, 5, Objective.BEST_TOTAL)
    heavy = tuple(replace(criterion, weight=criterion.weight * 300_000) for criterion in case.policy.criteria)
    light, large = assign(case), assign(replace(case, policy=replace(case.policy, criteria=heavy)))
    assert pairs_of(light) == pairs_of(large)
    assert large.points == 300_000 * light.points
    assert np.sum([price for _, price in large.certificate.mentees]) > 2**40
