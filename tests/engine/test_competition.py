"""Blocks of competing demands: by hand, and against every set of mentees of small problems."""

from itertools import chain, combinations

import pytest
from hypothesis import HealthCheck, given, settings

from releve.matching.engine import HardRule, Pair, RuleKind, competing_blocks

from . import oracle
from .cast import choices, mentee, mentor, problem, rule

many = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
LANGUAGE, AREA = rule("language_in_common", "languages"), HardRule("area", RuleKind.SAME_ANSWER, "areas")


def speaker(make, name, language, area="", **more):
    return make(name, languages=choices(*language.split()), areas=choices(*area.split()), **more)


def summary(block):
    needs = [(need.rule.id, need.options, need.mentors) for need in block.needs]
    return block.mentees, block.mentors, block.places, block.short, needs


@pytest.fixture
def case():
    """Three of English and palliative care for one place; two of French surgery for one; one of ethics, whom nobody suits; f is served."""
    return problem(
        *(speaker(mentee, name, "en", "palliative") for name in ("a1", "a2")),
        speaker(mentee, "a3", "en", "palliative ethics"),
        *(speaker(mentee, name, "fr", "surgery") for name in ("b1", "b2")),
        speaker(mentee, "e", "fr", "ethics"),
        speaker(mentee, "f", "fr", "palliative"),
        speaker(mentor, "x", "en", "palliative"),
        speaker(mentor, "y", "fr", "surgery"),
        speaker(mentor, "z", "fr", "palliative", most=3),
        speaker(mentor, "v", "en", "surgery"),
        speaker(mentor, "w", "en", "ethics", most=0),
        rules=[LANGUAGE, AREA],
    )


def test_blocks_name_who_competes_for_which_places_and_what_all_of_them_need(case):
    assert [summary(block) for block in competing_blocks(case)] == [
        (("a1", "a2", "a3"), ("x",), 1, 2, [("language_in_common", ("en",), 2), ("area", ("palliative",), 2)]),
        (("b1", "b2"), ("y",), 1, 1, [("language_in_common", ("fr",), 2), ("area", ("surgery",), 2)]),
        (("e",), (), 0, 1, [("area", ("ethics",), 4), ("language_in_common", ("fr",), 2)]),
    ]


def test_there_is_no_block_when_everybody_can_have_somebody(case):
    served = [person for person in case.people if person.id not in {"a1", "a2", "b1", "e"}]
    assert competing_blocks(problem(*served, rules=[LANGUAGE, AREA])) == ()


def test_mentees_whom_nobody_suits_stand_together_when_the_reasons_are_the_same():
    people = [speaker(mentee, "a", "es"), speaker(mentee, "b", "es"), speaker(mentee, "c", "pt"), speaker(mentor, "x", "en")]
    found = competing_blocks(problem(*people, rules=[LANGUAGE]))
    assert [(block.mentees, block.needs[0].options) for block in found] == [(("a", "b"), ("es",)), (("c",), ("pt",))]


def test_one_rule_that_closes_everybody_is_reason_enough_to_stand_together():
    people = [speaker(mentee, "a", "es", "ethics"), speaker(mentee, "b", "es", "law"), speaker(mentee, "c", "es", "ethics law")]
    people += [speaker(mentor, "x", "en", "ethics"), speaker(mentor, "y", "en", "law")]
    (block,) = competing_blocks(problem(*people, rules=[AREA, LANGUAGE]))
    assert summary(block) == (("a", "b", "c"), (), 0, 3, [("language_in_common", ("es",), 2)])


def test_mentees_closed_by_several_rules_stand_together_only_for_all_the_same_reasons():
    people = [speaker(mentee, name, "en", "law") for name in ("a", "b")] + [speaker(mentee, "c", "fr", "ethics")]
    people += [speaker(mentor, "x", "en", "ethics"), speaker(mentor, "y", "fr", "law")]
    found = competing_blocks(problem(*people, rules=[AREA, LANGUAGE]))
    assert [block.mentees for block in found] == [("a", "b"), ("c",)]


def test_locked_mentees_and_those_who_ask_for_nobody_compete_for_nothing():
    people = [mentee("a"), mentee("b"), mentee("c", most=0), mentor("x")]
    (block,) = competing_blocks(problem(*people, locks=(Pair("a", "x"),)))
    assert summary(block) == (("b",), (), 0, 1, [])


def reachable(case, one):
    locked = [pair.mentor for pair in case.locks]
    return frozenset(
        other.id
        for other in case.mentors
        if other.most > locked.count(other.id) and one.most and oracle.may_pair(case, one, other) and (one.id, other.id) not in case.locks
    )


@many
@given(oracle.problems(with_least=False))
def test_blocks_are_the_most_over_demanded_sets_and_share_nobody(case):
    locked = [pair.mentor for pair in case.locks]
    left = {other.id: other.most - locked.count(other.id) for other in case.mentors}
    demanding = [one for one in case.mentees if one.most and one.id not in {pair.mentee for pair in case.locks}]
    open_to = {one.id: reachable(case, one) for one in demanding}

    def shortage(names):
        return len(names) - sum(left[other] for other in frozenset().union(*(open_to[name] for name in names)))

    found = competing_blocks(case)
    for block in found:
        assert frozenset(block.mentors) == frozenset().union(*(open_to[name] for name in block.mentees))
        assert block.places == sum(left[other] for other in block.mentors)
        assert block.short == shortage(block.mentees) > 0
        for need in block.needs:
            closed = {other.id for other in case.mentors if left[other.id] and other.id not in block.mentors}
            assert 0 < need.mentors <= len(closed)
    together = [name for block in found for name in block.mentees]
    mentors = [name for block in found for name in block.mentors]
    assert (len(set(together)), len(set(mentors))) == (len(together), len(mentors))
    # Hall: as many must go without as the most over-demanded set is short, and no smaller set is as short.
    subsets = chain.from_iterable(combinations(open_to, size) for size in range(len(open_to) + 1))
    shortest = {frozenset(names): shortage(names) for names in subsets}
    assert sum(block.short for block in found) == max(shortest.values())
    smallest = min((names for names in shortest if shortest[names] == max(shortest.values())), key=len)
    assert frozenset(together) == smallest
