"""Groups as the programs form them, each small enough to be worked out by hand or large enough to be theirs."""

import re
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from releve.matching.engine import Criterion, CriterionKind, Objective, Pair, Policy, Problem, Side, assign
from releve.matching.engine.groups import (
    GroupProblem,
    Method,
    Size,
    certify_groups,
    draw_groups,
    form_groups,
    groups_of_mentors,
    roll_over,
    sub_pairs,
    why_not_flow,
)

from ..cast import choices, mentee, mentor, needs, pairs_of
from .cast import MENTEES, group, group_problem, group_rule, members_of


def test_students_of_different_professions_gather_around_a_mentor_of_their_site_and_language():
    people = [
        mentor("ana", site="Vancouver", languages=choices("en", "fr"), areas=choices("stroke")),
        mentor("bo", site="Prince George", languages=choices("en"), areas=choices("spine")),
        mentee("n1", site="Vancouver", languages=choices("fr"), profession="nursing", areas=choices("stroke")),
        mentee("n2", site="Vancouver", languages=choices("fr"), profession="nursing", areas=choices("spine")),
        mentee("p1", site="Vancouver", languages=choices("fr"), profession="pharmacy", areas=choices("spine")),
        mentee("p2", site="Prince George", languages=choices("en"), profession="pharmacy", areas=choices("spine")),
        mentee("d1", site="Prince George", languages=choices("en"), profession="dentistry", areas=choices("stroke")),
    ]
    groups = [group("around ana", "ana", mentees=(2, 4), mentors=(1, 1)), group("around bo", "bo", mentees=(2, 4), mentors=(1, 1))]
    rules = [
        group_rule("all_different", "profession", among=MENTEES),
        group_rule("same", "site", id="site"),
        group_rule("same", "languages"),
    ]
    case = group_problem(people, groups, rules, criteria=[needs(1)])
    result = form_groups(case)
    assert members_of(result) == {"around ana": ("ana", "n1", "p1"), "around bo": ("bo", "d1", "p2")}
    assert (result.unplaced, result.points, result.method, result.gap) == (("n2",), 2000, Method.FLOW, 0)
    assert certify_groups(case, result) == ()


def health_mentors(students=400, disciplines=12, mentors=100, seed=1):
    random = Random(seed)
    areas = [f"area {number}" for number in range(15)]
    people = [mentor(f"m{number:03}", areas=choices(*random.sample(areas, 3))) for number in range(mentors)]
    for number in range(students):
        discipline = f"d{random.randrange(disciplines)}"
        people.append(mentee(f"s{number:03}", discipline=discipline, areas=choices(*random.sample(areas, 3))))
    policy = Policy((Criterion("areas", CriterionKind.OVERLAP, 10, "areas"),), (), Objective.MOST_PEOPLE)
    pairing = Problem(tuple(people), policy, frozenset({"areas", "discipline"}), seed=7)
    return GroupProblem(pairing, groups_of_mentors(pairing, Size(3, 4)), (group_rule("all_different", "discipline"),))


def test_four_hundred_students_of_twelve_disciplines_are_placed_exactly():
    case = health_mentors()
    result = form_groups(case)
    assert (why_not_flow(case), result.method, result.gap, result.unplaced) == ((), Method.FLOW, 0, ())
    assert certify_groups(case, result) == ()
    discipline = {person.id: person.answers["discipline"] for person in case.pairing.mentees}
    for formed in result.groups:
        students = [discipline[name] for name in formed.members if name in discipline]
        assert len(students) == len(set(students)) == 4


def test_each_site_has_both_kinds_of_mentor_and_pairs_inside():
    people = [
        *(mentor(f"{site}-nurse", site=site, kind="nurse", areas=choices("care")) for site in ("east", "west")),
        *(mentor(f"{site}-peer", site=site, kind="peer", areas=choices("life")) for site in ("east", "west")),
        *(
            mentee(f"{site}-{number}", site=site, areas=choices("care" if number else "life"))
            for site in ("east", "west")
            for number in range(3)
        ),
    ]
    groups = [group("east", "east-nurse", mentees=(0, 5), mentors=(2, 4)), group("west", "west-nurse", mentees=(0, 5), mentors=(2, 4))]
    rules = [
        group_rule("same", "site"),
        group_rule("at_least_one_of_each", "kind", options=("nurse", "peer"), among=frozenset({Side.MENTOR})),
    ]
    case = group_problem(people, groups, rules, criteria=[needs(1)])
    result = form_groups(case)
    east = members_of(result)["east"]
    assert east == ("east-0", "east-1", "east-2", "east-nurse", "east-peer")
    assert certify_groups(case, result) == ()
    inside = sub_pairs(case, east, {**dict.fromkeys(east, (0, 1)), "east-nurse": (0, 2)})
    assert pairs_of(assign(inside)) == {Pair("east-0", "east-peer"), Pair("east-1", "east-nurse"), Pair("east-2", "east-nurse")}


def test_sub_pairs_keep_the_bans_locks_and_facts_of_the_group_and_no_others():
    people = [mentee("a"), mentee("b"), mentor("x"), mentor("y")]
    case = group_problem(people, [group("g")], bans=(Pair("a", "x"), Pair("b", "y")), locks=(Pair("a", "y"),))
    inside = sub_pairs(case, ["a", "x", "y"], {"a": (1, 1), "x": (0, 1), "y": (0, 1), "b": (0, 1)})
    assert (inside.bans, inside.locks) == ((Pair("a", "x"),), (Pair("a", "y"),))
    assert [(person.id, person.least) for person in inside.people] == [("a", 1), ("x", 0), ("y", 0)]


def vertical_groups(groups=25, per_year=100):
    people = [mentor(f"lead {number:02}-{which}") for number in range(groups) for which in "ab"]
    people += [mentee(f"y{year}-{number:03}", year=str(year)) for year in range(1, 5) for number in range(per_year)]
    named = [group(f"g{number:02}", f"lead {number:02}-a", f"lead {number:02}-b", mentees=(8, 20)) for number in range(groups)]
    return people, named


def years_of(case, result):
    year = {person.id: person.answers.get("year", "lead") for person in case.pairing.people}
    return [Counter(year[name] for name in formed.members) for formed in result.groups]


def test_four_years_are_drawn_evenly_and_go_on_into_the_next_year():
    people, groups = vertical_groups()
    rules = [group_rule("balance", "year", among=MENTEES)]
    first = group_problem(people, groups, rules, seed=2026)
    drawn = draw_groups(first)
    assert certify_groups(first, drawn) == ()
    assert (drawn.method, drawn.round, drawn.unplaced, drawn.bound, drawn.gap) == (Method.DRAW, 1, (), None, None)
    assert years_of(first, drawn) == [Counter({"1": 4, "2": 4, "3": 4, "4": 4, "lead": 2})] * 25
    # Fourth years graduate, one student leaves, a hundred and ten come.
    staying = {person.id for person in people if person.answers.get("year") != "4"} - {"y2-000"}
    next_people = [person for person in people if person.id in staying] + [mentee(f"y0-{number:03}", year="0") for number in range(110)]
    following = group_problem(next_people, roll_over(drawn, groups, staying), rules, seed=2027)
    again = draw_groups(following)
    assert certify_groups(following, again) == ()
    before, after = members_of(drawn), members_of(again)
    assert all(set(after[name]) >= set(before[name]) & staying for name in before)
    assert Counter(counts["0"] for counts in years_of(following, again)) == {4: 15, 5: 10}
    sizes = [len(members) for members in after.values()]
    assert max(sizes) - min(sizes) <= 2


def test_a_policy_that_asks_for_a_draw_gets_one():
    people, groups = vertical_groups(groups=2, per_year=4)
    problem = group_problem(people, groups, policy=Policy(objective=Objective.DRAW), questions=frozenset({"year"}))
    result = form_groups(problem)
    assert result == draw_groups(problem)
    assert (result.method, certify_groups(problem, result)) == (Method.DRAW, ())


def test_another_seed_draws_other_groups():
    people, groups = vertical_groups(groups=4, per_year=8)
    drawn = [members_of(draw_groups(group_problem(people, groups, seed=seed))) for seed in (1, 2)]
    assert drawn[0] != drawn[1]


def test_everybody_is_drawn_into_every_group_about_as_often():
    people, groups = (
        [mentee(name, year="1") for name in "abcdef"],
        [group("g1", mentees=(2, 2)), group("g2", mentees=(2, 2)), group("g3", mentees=(2, 2))],
    )
    found = Counter()
    for seed in range(900):
        result = draw_groups(group_problem(people, groups, seed=seed))
        found.update((name, formed.id) for formed in result.groups for name in formed.members)
    # 300 expected of each; six standard deviations are 85.
    assert len(found) == 18
    assert all(abs(times - 300) < 85 for times in found.values())


def test_a_triad_joins_one_mentee_and_a_mentor_of_each_kind():
    people = [
        mentee("dan", areas=choices("ethics", "finance")),
        mentee("eva", areas=choices("teaching")),
        mentor("n1", kind="nurse", areas=choices("teaching")),
        mentor("n2", kind="nurse", areas=choices("ethics")),
        mentor("p1", kind="peer", areas=choices("finance")),
        mentor("p2", kind="peer"),
    ]
    groups = [group("t1", "dan", mentees=(1, 1), mentors=(2, 2)), group("t2", "eva", mentees=(1, 1), mentors=(2, 2))]
    case = group_problem(people, groups, [group_rule("at_least_one_of_each", "kind", options=("nurse", "peer"))], criteria=[needs(1)])
    result = form_groups(case)
    assert members_of(result) == {"t1": ("dan", "n2", "p1"), "t2": ("eva", "n1", "p2")}
    assert (result.points, result.method) == (2000, Method.FLOW)
    assert certify_groups(case, result) == ()


def test_study_groups_of_peers_share_enough_hours_and_interests():
    slots = {"a": "123", "b": "234", "c": "34", "d": "12", "e": "15"}
    people = [mentee(name, slots=choices(*given), areas=choices("ethics" if name in "abc" else "music")) for name, given in slots.items()]
    groups = [group("g1", mentees=(2, 3), optional=True), group("g2", mentees=(2, 3), optional=True)]
    cohesion = (Criterion("areas", CriterionKind.OVERLAP, 1, "areas"),)
    case = group_problem(people, groups, [group_rule("common_hours", "slots", least=2)], cohesion=cohesion)
    result = form_groups(case)
    # b and c are the only ones of ethics with two hours in common besides a and b; e has two hours with nobody.
    assert sorted(held for held in members_of(result).values() if held) in ([("a", "d"), ("b", "c")], [("b", "c"), ("a", "d")])
    assert (result.unplaced, result.points, result.method, result.proved_best) == (("e",), 2000, Method.CP_SAT, True)
    assert certify_groups(case, result) == ()


@pytest.mark.parametrize("objective", [Objective.BEST_TOTAL, Objective.MOST_PEOPLE])
def test_points_and_people_count_in_the_order_of_the_objective(objective):
    # One place for ada (1 wish met) keeps out the two who come as one.
    people = [mentor("x"), mentor("y", least=0), mentee("ada", wishes=("x",)), mentee("bo"), mentee("cy")]
    wish = Criterion("wishes", CriterionKind.WISHES, 1, "wishes", ranks=1)
    policy = Policy((wish,), (), objective)
    case = group_problem(
        people,
        [group("g", "x", mentees=(0, 2), mentors=(1, 2))],
        questions=frozenset({"wishes"}),
        policy=policy,
        apart=(("ada", "bo"), ("ada", "cy")),
    )
    placed = members_of(form_groups(case))["g"]
    assert placed == (("ada", "x", "y") if objective == Objective.BEST_TOTAL else ("bo", "cy", "x", "y"))


def test_what_mentees_must_share_asks_nothing_of_mentors_who_are_placed_too():
    people = [mentor("x", languages=choices("de")), mentee("a", languages=choices("en", "fr")), mentee("b", languages=choices("fr"))]
    people += [mentee("c", languages=choices("en"))]
    problem = group_problem(people, [group("g", mentees=(0, 3), mentors=(1, 1))], [group_rule("same", "languages", among=MENTEES)])
    result = form_groups(problem)
    assert members_of(result)["g"] in (("a", "b", "x"), ("a", "c", "x"))
    assert certify_groups(problem, result) == ()


def test_two_who_are_each_admitted_elsewhere_cannot_meet():
    cohesion = [Criterion("near", CriterionKind.SAME, 1, "region")]
    people = [mentor("x"), mentor("y"), *(mentee(name, region="North") for name in "abc")]
    problem = group_problem(people, [group("g", "x"), group("h", "y")], cohesion=cohesion, apart=[("a", "x"), ("b", "y")])
    result = form_groups(problem)
    assert (result.points, result.unplaced) == (2000, ())
    assert certify_groups(problem, result) == ()


def test_the_example_of_the_page_on_groups_runs():
    page = (Path(__file__).parents[3] / "docs" / "groups.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    exec(compile(example, "docs/groups.md", "exec"), {})  # noqa: S102 the page's own words
