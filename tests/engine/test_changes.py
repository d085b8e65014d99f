"""The smallest changes that help: by hand, and each against two solves."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from releve.matching.engine import (
    ChangeKind,
    Fact,
    HardRule,
    Objective,
    Pair,
    Person,
    Policy,
    RuleKind,
    Side,
    assign,
    changed,
    helpful_changes,
    solve,
)

from . import oracle
from .cast import choices, mentee, mentor, needs, problem, rule, wishes

many = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


def told(case, **more):
    """What is listed, in short: kind, whom or what it is about, mentees and points gained."""
    found = helpful_changes(case, assign(case), **more)
    return [(one.change.kind, about(one.change), one.mentees, one.points) for one in found]


def about(change):
    return change.pair or change.mentor or (change.rule and change.rule.id) or dict(change.traits)


@pytest.fixture
def case():
    """a and b both need x, who has one place; z speaks their language, but works at their site, and is kept for c."""
    return problem(
        mentee("a", languages=choices("en"), site="N", wishes=("x",)),
        mentee("b", languages=choices("en"), site="N"),
        mentee("c", languages=choices("fr"), site="S"),
        mentor("x", languages=choices("en"), site="S"),
        mentor("y", languages=choices("fr"), site="N"),
        mentor("z", languages=choices("en", "fr"), site="N"),
        criteria=[wishes(1, ranks=1)],
        rules=[rule("language_in_common", "languages"), rule("not_same_answer", "site")],
        bans=(Pair("b", "y"),),
    )


def test_changes_are_listed_with_what_they_bring_most_people_first(case):
    assert assign(case).unpaired == ("b",)
    assert told(case) == [
        (ChangeKind.ADD_PLACE, "x", 1, 0),
        (ChangeKind.ADD_MENTOR, {"languages": "en"}, 1, 0),
        (ChangeKind.RELAX_RULE, "not_same_answer", 1, 0),
    ]


def test_a_change_after_which_no_answer_is_stable_is_passed_over():
    """Without the rule, b would take a's only place, which a was promised: every stable answer would break the promise."""
    case = problem(
        mentee("a", least=1, languages=choices("en"), areas=choices("1")),
        mentee("b", languages=choices("fr"), areas=choices("2")),
        mentor("x", languages=choices("en"), areas=choices("2")),
        policy=Policy((needs(),), (rule("language_in_common", "languages"),), Objective.STABLE),
    )
    found = helpful_changes(case, solve(case))
    assert [(one.change.kind, about(one.change), one.now_paired) for one in found] == [(ChangeKind.ADD_MENTOR, {"languages": "fr"}, ("b",))]


def test_only_the_first_few_are_listed_and_tried(case):
    assert [kind for kind, *_more in told(case, most=1)] == [ChangeKind.ADD_PLACE]
    assert [kind for kind, *_more in told(case, tries=2)] == [ChangeKind.ADD_PLACE, ChangeKind.ADD_MENTOR]
    assert told(case, tries=0) == []


def test_the_dearest_places_are_tried_first_and_five_changes_are_listed():
    people = [mentee(f"{name}{number}", wishes=(name,)) for name in "uvwxyz" for number in range(2)]
    case = problem(*people, *map(mentor, "uvwxyz"), criteria=[wishes(3, ranks=1)])
    dearer = tuple(replace(one, answers={"wishes": ("y",)}) if one.id in {"u1", "v1"} else one for one in case.people)
    case = replace(case, people=(*dearer, mentee("y2"), mentee("y3")))
    assert len(helpful_changes(case, assign(case), tries=6, kinds={ChangeKind.ADD_PLACE}, most=9)) == 6
    assert len(helpful_changes(case, assign(case), tries=99)) == 5
    cheap = replace(case, people=tuple(replace(one, answers={}) if one.id[0] in "uvwx" else one for one in case.people))
    assert told(cheap, kinds={ChangeKind.ADD_PLACE}, tries=1)[0][3] == 3000


def test_a_ban_and_a_lock_are_lifted_where_that_helps(case):
    banned = replace(case, bans=(Pair("b", "x"), Pair("a", "x")))
    kinds = {ChangeKind.LIFT_BAN}
    assert told(banned, kinds=kinds) == [(ChangeKind.LIFT_BAN, Pair("a", "x"), 1, 1000), (ChangeKind.LIFT_BAN, Pair("b", "x"), 1, 0)]
    assert told(banned, kinds=kinds, mentee="b") == [(ChangeKind.LIFT_BAN, Pair("b", "x"), 1, 0)]
    people = (*case.people, mentee("d", languages=choices("fr"), site="S"))
    locked = replace(case, people=people, locks=(Pair("c", "z"),), bans=(*case.bans, Pair("d", "y")))
    assert told(locked, kinds={ChangeKind.LIFT_LOCK}) == [(ChangeKind.LIFT_LOCK, Pair("c", "z"), 1, 0)]


def test_a_mentor_with_locks_in_every_place_is_asked_for_one_more(case):
    locked = replace(case, locks=(Pair("b", "x"),))
    assert told(locked, kinds={ChangeKind.ADD_PLACE}) == [(ChangeKind.ADD_PLACE, "x", 1, 1000)]


def test_places_open_to_the_mentee_in_question_are_tried_first(case):
    people = (*case.people, mentee("d", languages=choices("fr"), site="S", wishes=("v",)), mentor("v", languages=choices("fr"), site="N"))
    people = (*people, mentee("e", languages=choices("fr"), site="S", wishes=("v",)))
    crowded = replace(case, people=tuple(one for one in people if one.id not in {"y", "z", "c"}), bans=())
    assert told(crowded, kinds={ChangeKind.ADD_PLACE}) == [(ChangeKind.ADD_PLACE, "v", 1, 1000), (ChangeKind.ADD_PLACE, "x", 1, 0)]
    assert told(crowded, kinds={ChangeKind.ADD_PLACE}, mentee="b", tries=1) == [(ChangeKind.ADD_PLACE, "x", 1, 0)]


def test_what_people_decided_about_each_other_is_never_proposed(case):
    decided = (RuleKind.NOT_AGAIN, RuleKind.DECLINED_BEFORE, RuleKind.ALREADY_PAIRED)
    case = replace(case, facts=tuple(Fact(kind, "b", "x") for kind in decided))
    listed = tuple(HardRule(kind.value, kind) for kind in (*decided, RuleKind.BANNED))
    case = replace(case, policy=replace(case.policy, rules=(*case.policy.rules, *listed)))
    relaxed = {one.change.rule for one in helpful_changes(case, assign(case), most=99) if one.change.rule}
    assert relaxed == {case.policy.rules[1]}


@pytest.mark.parametrize("kind", ["not_line_manager", "not_evaluator", "declared_conflict"])
def test_what_protects_people_is_never_proposed(kind):
    case = problem(mentee("a", above="x"), mentor("x", email="x"), rules=[rule(kind, "above", with_question="email")])
    assert assign(case).unpaired == ("a",)
    assert {found.change.kind for found in helpful_changes(case, assign(case))} == {ChangeKind.ADD_MENTOR}


def test_somebody_without_places_is_asked_for_none(case):
    people = tuple(replace(person, most=0) if person.id in "xb" else person for person in case.people)
    assert told(replace(case, people=people), kinds={ChangeKind.ADD_PLACE}) == []
    assert ChangeKind.ADD_MENTOR in {kind for kind, *_more in told(replace(case, people=people))}  # for a
    assert told(replace(case, people=people), mentee="b") == []


@pytest.mark.parametrize(
    ("asked", "answer", "kind"),
    [
        ({"order": ("junior", "middle", "senior")}, "junior", {"level": "middle"}),
        ({"order": ("junior", "middle", "senior")}, "senior", None),
        ({"gap": 3}, 4, {"level": 7}),
        ({}, None, None),
    ],
)
def test_a_new_mentor_is_asked_for_no_more_than_the_rules_need(asked, answer, kind):
    one = mentee("a") if answer is None else mentee("a", level=answer)
    case = problem(one, mentor("x"), rules=[rule("seniority", "level", **asked)])
    assert told(case, kinds={ChangeKind.ADD_MENTOR}) == ([] if kind is None else [(ChangeKind.ADD_MENTOR, kind, 1, 0)])


def test_a_new_mentor_offers_all_that_a_mentee_must_find_or_one_thing_that_a_mentor_may_ask():
    one = mentee("a", areas=choices("ethics", "finance"))
    for chooser, kinds in ((Side.MENTEE, [choices("ethics", "finance")]), (Side.MENTOR, ["ethics", "finance"])):
        case = problem(one, mentor("x"), rules=[rule("includes", "areas", chooser=chooser)])
        assert [dict(found.change.traits)["areas"] for found in helpful_changes(case, assign(case), kinds={ChangeKind.ADD_MENTOR})] == kinds
    case = problem(mentee("a"), mentor("x"), rules=[rule("includes", "areas")])
    assert told(case) == [(ChangeKind.RELAX_RULE, "includes", 1, 0)]


def test_one_kind_of_mentor_is_proposed_for_each_way_to_suit_a_mentee():
    people = [mentee("a", languages=choices("en", "fr")), mentee("b", languages=choices("fr")), mentor("x", languages=choices("es"))]
    case = problem(*people, rules=[rule("language_in_common", "languages"), rule("not_same_answer", "site")])
    assert told(case, kinds={ChangeKind.ADD_MENTOR}) == [
        (ChangeKind.ADD_MENTOR, {"languages": "fr"}, 1, 0),
        (ChangeKind.ADD_MENTOR, {"languages": "en"}, 1, 0),
    ]


def brought(case, change):
    """The change made by hand."""
    match change.kind:
        case ChangeKind.RELAX_RULE:
            rules = [one for one in case.policy.rules if one.id != change.rule.id]
            return replace(case, policy=replace(case.policy, rules=tuple(rules)))
        case ChangeKind.ADD_PLACE:
            people = {(one.side, one.id): one for one in case.people}
            people["mentor", change.mentor] = replace(people["mentor", change.mentor], most=people["mentor", change.mentor].most + 1)
            return replace(case, people=tuple(people.values()))
        case ChangeKind.ADD_MENTOR:
            return replace(
                case, people=(*case.people, Person("new", Side.MENTOR, 0, 1, {"email": "new@example.test", **dict(change.traits)}))
            )
        case ChangeKind.LIFT_BAN:
            return replace(case, bans=tuple(set(case.bans) - {change.pair}))
    return replace(case, locks=tuple(set(case.locks) - {change.pair}))


@many
@given(oracle.problems(), st.booleans(), st.data())
def test_each_change_really_helps_and_by_what_is_stated(case, for_one, data):
    assume(oracle.best_worth(case) is not None)
    result = assign(case)
    assume(result.unpaired)
    mentee = data.draw(st.sampled_from(result.unpaired)) if for_one else None
    for one in helpful_changes(case, result, mentee=mentee, most=99):
        assert (one.mentees, one.points) > (0, 0)
        assert one.mentees == len(one.now_paired) - len(one.now_left)
        assert mentee is None or mentee in one.now_paired
        after = assign(changed(case, one.change))
        assert set(after.unpaired) == set(result.unpaired) - set(one.now_paired) | set(one.now_left)
        before, best = oracle.worth(case, {(Pair(p.mentee, p.mentor)) for p in result.pairs}), oracle.best_worth(brought(case, one.change))
        gained = (one.points, one.pairs) if case.policy.objective == Objective.BEST_TOTAL else (one.pairs, one.points)
        assert tuple(now - then for now, then in zip(best, before, strict=True)) == gained


@many
@given(oracle.problems(with_least=False))
def test_no_helpful_place_is_passed_over(case):
    result = assign(case)
    listed = {one.change.mentor for one in helpful_changes(case, result, kinds={ChangeKind.ADD_PLACE}, most=99, tries=99)}
    for person in case.mentors:
        if person.most:
            more = replace(case, people=tuple(replace(one, most=one.most + 1) if one == person else one for one in case.people))
            after = assign(more)
            helps = (len(result.unpaired) - len(after.unpaired), after.points - result.points) > (0, 0)
            assert helps == (person.id in listed)
