"""Blocks of pairs: the same points as pair by pair, whatever the size of a block or a tile."""

import numpy as np
import pytest

from releve.matching.engine import Criterion, CriterionKind, Policy, blocks, parts_of_pair, score_pairs
from releve.matching.engine.blocks import CLOSED, FULL_FIT, Scoring

from . import oracle
from .cast import choices, mentee, mentor, needs, problem, rule


def whole(scoring):
    return np.vstack([scoring.points(rows) for rows in scoring.blocks()])


@pytest.mark.parametrize(("pairs", "columns"), [(1, 1), (3, 2), (5, 1024), (2**20, 1024)])
def test_points_do_not_depend_on_the_size_of_blocks_and_tiles(monkeypatch, pairs, columns):
    monkeypatch.setattr(blocks, "TILE_COLUMNS", columns)
    monkeypatch.setattr(blocks, "BLOCK_PAIRS", pairs)
    for case in map(oracle.random_problem, range(200)):
        table = score_pairs(case)
        assert whole(Scoring(case)).tolist() == np.where(table.admissible, table.points, CLOSED).tolist()


@pytest.mark.parametrize("whole_of", [*range(1, 41), 333, 999, 1000, 1001, 3000])
@pytest.mark.parametrize("weight", [7, 1_000_000])
def test_every_share_of_a_whole_is_rounded_down_exactly(whole_of, weight):
    shared = [*range(0, min(whole_of, 50) + 1), whole_of // 2, whole_of - 1, whole_of]
    options = [f"o{n}" for n in range(whole_of)]
    people = [
        mentee("a", areas=frozenset(options)),
        *(mentor(f"x{n:02}", areas=choices(*options[:count])) for n, count in enumerate(shared)),
    ]
    points = score_pairs(problem(*people, criteria=[needs(weight)])).points[0].tolist()
    assert points == [weight * (FULL_FIT * count // whole_of) for count in shared]


def test_numbers_too_large_for_single_precision_are_as_near_as_they_are():
    near = Criterion("near", CriterionKind.NEAR, 3, "born", within=10**9)
    people = [mentee("a", born=10**9), mentee("b"), mentor("x", born=10**9 - 1), mentor("y", born=1), mentor("z")]
    case = problem(*people, criteria=[near], rules=[rule("seniority", "born", gap=0)])
    assert score_pairs(case).points.tolist() == [[3 * 999, 0, 0], [0, 0, 0]]
    assert parts_of_pair(case, "a", "x")[0].amount == 10**9 - 1
    close = problem(*people, criteria=[Criterion("near", CriterionKind.NEAR, 3, "born", within=2)])
    assert score_pairs(close).points.tolist() == [[3 * 500, 0, 0], [0, 0, 0]]


def test_a_criterion_without_weight_gives_nothing_and_costs_nothing():
    case = problem(mentee("a", areas=choices("ethics")), mentor("x", areas=choices("ethics")), policy=Policy((needs(0),)))
    assert score_pairs(case).points.tolist() == [[0]]
    assert parts_of_pair(case, "a", "x")[0].fit == FULL_FIT
