"""Figures of a run, worked out by hand: who is served well, who is not, and what changed between two runs."""

from releve.matching.comparing import Moved, compare_runs
from releve.matching.fairness import Band, Group, fairness_of
from releve.matching.looking_back import Fit, Reach

WISHES = "wishes"


def fit(mentee, mentor, shown, *, wish=None):
    """A pair; `wish` is the rank of the mentor among two wishes, 0 for somebody not wished for."""
    written = [] if wish is None else [[WISHES, (3 - wish) * 10 if wish else 0, 20]]
    return Fit(mentee, mentor, shown, written)


def nobody(mentee):
    return Reach(mentee, {}, 0, 0)


def test_the_whole_is_summed_up():
    fits = [fit("a", "x", 100, wish=1), fit("b", "x", 80, wish=2), fit("c", "y", 45), fit("d", "y", 19, wish=0)]
    found = fairness_of(fits, [nobody("e")], ["x", "y", "z"], {}, WISHES)
    assert (found.average, found.worst) == (61, 19)
    assert found.bands == (Band(80, 100, 2), Band(60, 79, 0), Band(40, 59, 1), Band(20, 39, 0), Band(0, 19, 1))
    assert found.loads == ((0, 1), (2, 2))
    assert (found.wished, found.first_wishes) == (3, 1)


def test_without_any_pair_there_is_no_average_and_no_worst():
    found = fairness_of([], [nobody("a")], [], {"a": [("region", "north")]}, "")
    assert (found.average, found.worst, found.loads, found.wished) == (None, None, (), 0)
    assert found.groups == (Group("region", "north", 1, 1, None, False),)


def test_a_group_that_fits_ten_points_worse_is_marked_from_five_people_on():
    well = [fit(f"w{n}", "x", 80) for n in range(5)]
    ill = [fit(f"i{n}", "x", 60) for n in range(5)]
    answers = {one.mentee: [("language", "fr" if one in well else "en")] for one in [*well, *ill]}
    found = {group.value: group for group in fairness_of([*well, *ill], [], ["x"], answers, "").groups}
    assert found["en"] == Group("language", "en", 5, 0, 60, True)  # everybody's average is 70
    assert found["fr"].is_worse is False
    fewer = fairness_of([*well, *ill[:4]], [], ["x"], answers, "").groups
    assert [group.is_worse for group in fewer] == [False, False]


def test_a_group_left_without_mentors_is_marked():
    paired = [fit(f"p{n}", "x", 70) for n in range(15)]
    left = [nobody(f"l{n}") for n in range(2)]
    group = [one.mentee for one in paired[:3]] + [one.mentee for one in left]
    found = fairness_of(paired, left, ["x"], {name: [("site", "north")] for name in group}, "").groups
    assert found == (Group("site", "north", 5, 2, 70, True),)  # 2 of 5, where everybody's share is 2 of 17


def test_a_mentee_of_two_mentors_counts_once_with_the_better():
    found = fairness_of([fit("a", "x", 40), fit("a", "y", 90)], [], ["x", "y"], {"a": [("site", "north")]}, "")
    assert found.groups == (Group("site", "north", 1, 0, 90, False),)


def test_two_runs_say_who_gained_who_lost_who_moved_and_how_many_stayed():
    before = [fit("a", "x", 50), fit("b", "y", 70), fit("c", "z", 60), fit("d", "w", 30)]
    after = [fit("a", "y", 90), fit("b", "x", 65), fit("c", "z", 60), fit("e", "w", 10)]
    found = compare_runs(before, after, ["a", "b", "c", "d", "e", "f"])
    assert found.gained == (Moved("a", frozenset("x"), frozenset("y"), 50, 90), Moved("e", frozenset(), frozenset("w"), None, 10))
    assert found.lost == (Moved("d", frozenset("w"), frozenset(), 30, None), Moved("b", frozenset("y"), frozenset("x"), 70, 65))
    assert (found.moved, found.stayed) == ((), 2)


def test_a_move_at_the_same_fit_is_neither_gain_nor_loss():
    found = compare_runs([fit("a", "x", 50)], [fit("a", "y", 50)], ["a"])
    assert found.moved == (Moved("a", frozenset("x"), frozenset("y"), 50, 50),)
    assert (found.gained, found.lost, found.stayed) == ((), (), 0)
