"""What each reader is told, and that nobody is told what concerns others."""

from dataclasses import replace

import pytest

from releve.matching.engine import (
    Criterion,
    CriterionKind,
    Fact,
    Pair,
    Reader,
    RuleKind,
    Side,
    assign,
    certify,
    explain_pair,
    explain_pairs,
    explain_reach,
)

from .cast import BOTH, choices, mentee, mentor, needs, problem, rule, wishes

MENTEE_ONLY = frozenset({Side.MENTEE})


@pytest.fixture
def case():
    """Everybody may read about areas and languages, mentees about their wishes; managers and sites are the committee's."""
    criteria = [needs(60), wishes(30, ranks=2, explain_to=MENTEE_ONLY), Criterion("site", CriterionKind.SAME, 10, "site")]
    rules = [
        rule("language_in_common", "languages", explain_to=BOTH),
        rule("not_line_manager", "manager", with_question="email"),
    ]
    french, english = {"languages": choices("fr")}, {"languages": choices("en")}
    people = [
        mentee(
            "a", areas=choices("ethics", "finance"), wishes=("x", "y"), site="N", email="a@example.test", manager="z@example.test", **french
        ),
        mentee("b", **english),
        mentor("w", most=0, **french),
        mentor("x", areas=choices("ethics"), site="N", email="x@example.test", **french),
        mentor("y", areas=choices("ethics", "finance"), email="y@example.test", **english),
        mentor("z", areas=choices("finance"), email="z@example.test", **french),
    ]
    return problem(*people, criteria=criteria, rules=rules)


def test_committee_reads_every_part_of_a_pair(case):
    told = explain_pair(case, "a", "x", reader=Reader.COMMITTEE)
    assert [(part.criterion.id, part.points, part.reachable) for part in told.parts] == [
        ("areas", 30_000, 60_000),
        ("wishes", 30_000, 30_000),
        ("site", 10_000, 10_000),
    ]
    assert (told.points, told.reachable, told.shown, told.forbidden_by, told.other_limits) == (70_000, 100_000, 70, (), False)


@pytest.mark.parametrize(
    ("reader", "parts", "points", "shown"),
    [(Reader.MENTEE, ["areas", "wishes"], 60_000, 66), (Reader.MENTOR, ["areas"], 30_000, 50)],
)
def test_participants_read_the_parts_that_may_be_told_to_their_side_and_a_score_of_those_alone(case, reader, parts, points, shown):
    told = explain_pair(case, "a", "x", reader=reader)
    assert [part.criterion.id for part in told.parts] == parts
    assert (told.points, told.shown, told.other_limits) == (points, shown, True)


def test_score_is_not_shown_when_nothing_was_asked(case):
    assert explain_pair(case, "b", "x", reader=Reader.COMMITTEE).shown is None


def test_forbidden_pair_names_the_rules_that_the_reader_may_know(case):
    case = replace(case, bans=(Pair("a", "y"),), facts=(Fact(RuleKind.NOT_AGAIN, "a", "y"),))
    kinds = {reader: [r.kind for r in explain_pair(case, "a", "y", reader=reader).forbidden_by] for reader in Reader}
    assert kinds == {
        Reader.COMMITTEE: [RuleKind.LANGUAGE_IN_COMMON, RuleKind.NOT_AGAIN, RuleKind.BANNED],
        Reader.MENTEE: [RuleKind.LANGUAGE_IN_COMMON],
        Reader.MENTOR: [RuleKind.LANGUAGE_IN_COMMON],
    }


def test_reach_counts_mentors_closed_by_each_rule_and_those_open(case):
    told = explain_reach(case, "a", reader=Reader.COMMITTEE)
    assert (told.mentors, told.without_places, told.open, told.other_limits) == (4, 1, 1, False)
    assert [(count.rule.kind, count.mentors) for count in told.closed_by] == [
        (RuleKind.LANGUAGE_IN_COMMON, 1),
        (RuleKind.NOT_LINE_MANAGER, 1),
    ]


def test_reach_counts_only_what_a_participant_may_know(case):
    told = explain_reach(case, "a", reader=Reader.MENTEE)
    assert (told.mentors, told.without_places, told.open, told.other_limits) == (4, 1, 2, True)
    assert [(count.rule.kind, count.mentors) for count in told.closed_by] == [(RuleKind.LANGUAGE_IN_COMMON, 1)]


def test_nobody_is_told_that_they_cannot_mentor_themselves_as_a_secret(case):
    case = replace(case, people=(*case.people, mentor("a", languages=choices("fr"))))
    told = explain_reach(case, "a", reader=Reader.MENTEE)
    assert (RuleKind.NOT_SELF, 1) in [(count.rule.kind, count.mentors) for count in told.closed_by]


def explanations(case):
    """Everything that participants are told, by the pair or the mentee it is about."""
    told = {}
    for reader in (Reader.MENTEE, Reader.MENTOR):
        for one in case.mentees:
            told[reader, one.id] = explain_reach(case, one.id, reader=reader)
            for other in case.mentors:
                told[reader, one.id, other.id] = explain_pair(case, one.id, other.id, reader=reader)
    return told


@pytest.mark.parametrize(
    "secret",
    [
        {"bans": (Pair("a", "x"),)},
        {"facts": (Fact(RuleKind.NOT_AGAIN, "a", "x"), Fact(RuleKind.DECLINED_BEFORE, "z", "a"))},
        {"bans": (Pair("b", "y"), Pair("b", "x"), Pair("b", "z"))},
        {"facts": (Fact(RuleKind.ALREADY_PAIRED, "b", "y"),)},
    ],
)
def test_participants_are_told_the_same_in_two_worlds_that_differ_by_a_secret(case, secret):
    other_world = replace(case, **secret)
    assert explain_reach(other_world, "a", reader=Reader.COMMITTEE) != explain_reach(case, "a", reader=Reader.COMMITTEE) or (
        explain_reach(other_world, "b", reader=Reader.COMMITTEE) != explain_reach(case, "b", reader=Reader.COMMITTEE)
    )
    assert explanations(other_world) == explanations(case)


def test_participants_are_told_the_same_when_the_wishes_or_the_manager_of_somebody_else_change(case):
    y = next(person for person in case.mentors if person.id == "y")
    other = replace(y, answers={**y.answers, "manager": "a@example.test", "wishes": ("a",)})
    criteria = (*case.policy.criteria, wishes(50, ranks=1, wisher=Side.MENTOR))
    criteria = (*criteria[:-1], replace(criteria[-1], id="wished"))
    case = replace(case, policy=replace(case.policy, criteria=criteria))
    other_world = replace(case, people=tuple(other if person == y else person for person in case.people))
    assert explain_pair(other_world, "a", "y", reader=Reader.COMMITTEE) != explain_pair(case, "a", "y", reader=Reader.COMMITTEE)
    assert explanations(other_world) == explanations(case)


def test_everybody_open_to_a_mentee_without_a_mentor_is_taken(case):
    people = (*case.people, mentee("c", languages=choices("fr")), mentee("d", languages=choices("fr")))
    crowded = replace(case, people=people)
    result = assign(crowded)
    assert certify(crowded, result) == ()
    (left,) = result.unpaired
    assert explain_reach(crowded, left, reader=Reader.COMMITTEE).open == 2


@pytest.mark.parametrize("reader", Reader)
def test_pairs_explained_together_are_explained_as_one_by_one(case, reader):
    pairs = [Pair(one.id, other.id) for one in case.mentees[::-1] for other in case.mentors]
    together = explain_pairs(case, pairs, reader=reader)
    assert together == tuple(explain_pair(case, *pair, reader=reader) for pair in pairs)
    assert any(explained.parts for explained in together)
    assert any(explained.forbidden_by for explained in together)
    assert explain_pairs(case, (), reader=reader) == ()


def test_a_wish_says_nothing_of_whom_the_other_wishes_for():
    """x is in both roles, so that a mentee and a mentor can wish for the same person under the same question."""
    people = mentee("a", wishes=("x", "m")), mentee("x"), mentor("x"), mentor("m", wishes=("x", "a"))
    case = problem(*people, criteria=[wishes(explain_to=MENTEE_ONLY)])
    (part,) = explain_pair(case, "a", "m", reader=Reader.MENTEE).parts
    assert (part.amount, part.out_of, part.shared) == (2, 3, ())
