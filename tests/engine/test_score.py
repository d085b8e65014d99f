"""Points, worked out by hand."""

import pytest

from releve.matching.engine import (
    Criterion,
    CriterionKind,
    Objective,
    Policy,
    ProblemError,
    Side,
    assign,
    parts_of_pair,
    score_pairs,
    shown_score,
)

from .cast import choices, mentee, mentor, needs, problem, wishes

LEVELS = ("student", "resident", "fellow", "chief")


def points(problem):
    return score_pairs(problem).points.tolist()


def test_needs_met_count_in_thousandths_of_the_needs_rounded_down():
    chloe = mentee("chloe", areas=choices("ethics", "finance", "teaching"))
    dan = mentee("dan")
    bo = mentor("bo", areas=choices("ethics", "teaching", "research"))
    assert points(problem(chloe, dan, bo, criteria=[needs(7)])) == [[7 * 666], [0]]


def test_rows_and_columns_are_in_the_order_of_ids_whatever_the_order_given():
    people = [mentor("z", areas=choices("ethics")), mentee("b"), mentee("a", areas=choices("ethics")), mentor("y")]
    assert points(problem(*people, criteria=[needs(1)])) == [[0, 1000], [0, 0]]


def test_same_answer_earns_all_or_nothing_and_an_unanswered_question_nothing():
    same = Criterion("region", CriterionKind.SAME, 3, "region", "city")
    people = [mentee("a", region="North"), mentee("b"), mentor("x", city="North"), mentor("y", city="South"), mentor("z")]
    assert points(problem(*people, criteria=[same])) == [[3000, 0, 0], [0, 0, 0]]


def test_near_in_an_order_loses_a_step_at_a_time():
    near = Criterion("level", CriterionKind.NEAR, 1, "level", order=LEVELS)
    people = [mentee("a", level="student"), mentee("b"), *(mentor(f"x{n}", level=level) for n, level in enumerate(LEVELS)), mentor("y")]
    assert points(problem(*people, criteria=[near])) == [[1000, 666, 333, 0, 0], [0, 0, 0, 0, 0]]


def test_near_in_numbers_reaches_nothing_at_the_distance_named_and_beyond():
    near = Criterion("years", CriterionKind.NEAR, 1, "years", within=10)
    people = [mentee("a", years=5), mentor("x1", years=5), mentor("x2", years=8), mentor("x3", years=15), mentor("x4", years=40)]
    assert points(problem(*people, criteria=[near])) == [[1000, 700, 0, 0]]


def test_hours_in_common_are_full_at_the_number_that_is_enough():
    hours = Criterion("hours", CriterionKind.HOURS, 2, "slots", full_at=2)
    mine = choices("mon-12", "tue-12", "wed-18")
    people = [mentee("a", slots=mine), mentor("x1", slots=choices("mon-12", "sat-09")), mentor("x2", slots=mine), mentor("x3")]
    assert points(problem(*people, criteria=[hours])) == [[1000, 2000, 0]]


def test_wishes_fall_with_their_rank_and_end_after_the_last_that_counts():
    people = [mentee("a", wishes=("y", "gone", "x", "z")), mentor("x"), mentor("y"), mentor("z")]
    assert points(problem(*people, criteria=[wishes(3)])) == [[999, 3000, 0]]


def test_wishes_of_mentors_count_for_those_they_name():
    people = [mentee("a"), mentee("b"), mentor("x", wishes=("b", "a")), mentor("y")]
    assert points(problem(*people, criteria=[wishes(1, ranks=2, wisher=Side.MENTOR)])) == [[500, 0], [1000, 0]]


def test_one_language_in_common_is_enough():
    language = Criterion("language", CriterionKind.LANGUAGE, 4, "languages")
    people = [mentee("a", languages=choices("fr", "en")), mentor("x", languages=choices("en")), mentor("y", languages=choices("es"))]
    assert points(problem(*people, criteria=[language])) == [[4000, 0]]


def test_parts_of_a_pair_are_kept_apart_with_amounts_and_what_is_shared():
    near = Criterion("level", CriterionKind.NEAR, 20, "level", order=LEVELS)
    people = [
        mentee("a", areas=choices("ethics", "finance", "teaching"), level="student"),
        mentor("x", areas=choices("teaching", "ethics"), level="fellow", wishes=()),
    ]
    areas, level, wish = parts_of_pair(problem(*people, criteria=[needs(60), near, wishes(20)]), "a", "x")
    assert (areas.amount, areas.out_of, areas.fit, areas.points, areas.reachable) == (2, 3, 666, 39960, 60000)
    assert areas.shared == ("ethics", "teaching")
    assert (level.amount, level.out_of, level.fit, level.points, level.reachable) == (1, 3, 333, 6660, 20000)
    assert (wish.amount, wish.out_of, wish.fit, wish.points, wish.reachable) == (0, 0, 0, 0, 0)  # nothing was wished


def test_parts_add_up_to_the_points_of_the_pair():
    people = [mentee("a", areas=choices("ethics"), wishes=("x",)), mentor("x", areas=choices("ethics", "finance"))]
    case = problem(*people, criteria=[needs(5), wishes(6)])
    assert sum(part.points for part in parts_of_pair(case, "a", "x")) == points(case)[0][0] == 11000


@pytest.mark.parametrize(("points", "reachable", "shown"), [(0, 0, None), (0, 5, 0), (5, 5, 100), (2, 3, 66), (99_999, 100_000, 99)])
def test_shown_score_is_rounded_down_to_a_hundredth_of_what_was_reachable(points, reachable, shown):
    assert shown_score(points, reachable) == shown


def test_weights_too_large_to_add_up_are_refused_by_the_pairing():
    criteria = tuple(Criterion(f"c{n}", CriterionKind.SAME, 1_000_000, "region") for n in range(100))
    people = [make(f"a{n}", region="N", most=10_000) for make in (mentee, mentor) for n in range(300)]
    for objective in Objective:
        with pytest.raises(ProblemError) as refusal:
            assign(problem(*people, policy=Policy(criteria, (), objective)))
        assert (refusal.value.path, refusal.value.code) == ("policy.criteria", "scores_too_large")
