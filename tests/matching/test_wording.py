"""What the engine finds about people, in whole sentences of both languages; participants read nothing of others."""

from dataclasses import replace

import pytest
from django.utils.translation import override

from releve.matching.engine import (
    Block,
    Change,
    ChangeKind,
    Fact,
    Forced,
    HardRule,
    Helpful,
    Need,
    NobodyExplained,
    Pair,
    ReachExplained,
    Reader,
    RuleCount,
    RuleKind,
    explain_pair,
    explain_reach,
)
from releve.matching.wording.names import Names, in_points, listed
from releve.matching.wording.nobody import block_sentences, change_sentences, nobody_sentences, reach_sentences
from releve.matching.wording.pairs import cost_sentences, pair_sentences
from tests.engine.cast import choices

from .words import HIDDEN, LANGUAGE, MANAGER, said, small_case


@pytest.fixture
def case():
    return small_case()


def test_a_pair_is_told_to_the_committee_whole(case):
    assert said(pair_sentences, explain_pair(case, "a", "x", reader=Reader.COMMITTEE)) == (
        [
            "« À ne pas réunir » empêche cette dyade.",
            "Compatibilité : 77 sur 100.",
            "Domaines : 6,66 points sur 10, pour éthique et finance.",
            "site : 5 points sur 5, pour N.",
        ],
        [
            "“Kept apart” forbids this pair.",
            "Fit: 77 out of 100.",
            "Domaines: 6.66 points out of 10, for éthique and finance.",
            "site: 5 points out of 5, for N.",
        ],
    )


def test_a_pair_is_told_to_a_participant_without_what_is_not_theirs(case):
    french, english = said(pair_sentences, explain_pair(case, "a", "x", reader=Reader.MENTEE))
    assert french == [
        "Compatibilité : 66 sur 100.",
        "Domaines : 6,66 points sur 10, pour éthique et finance.",
        "Le programme a aussi des limites que seul son comité connaît.",
    ]
    assert english[-1] == "The program also has limits that only its committee knows."


def test_participants_read_the_same_sentences_in_two_worlds_that_differ_by_a_secret(case):
    other = replace(case, bans=(), facts=(Fact(RuleKind.NOT_AGAIN, "b", "x"), Fact(RuleKind.DECLINED_BEFORE, "a", "y")))
    for reader in (Reader.MENTEE, Reader.MENTOR):
        for one in ("a", "b"):
            worlds = [said(reach_sentences, explain_reach(world, one, reader=reader)) for world in (case, other)]
            worlds += [said(pair_sentences, explain_pair(world, one, "x", reader=reader)) for world in (case, other)]
            assert (worlds[0], worlds[2]) == (worlds[1], worlds[3])


def test_a_pair_without_comparable_answers_has_no_score(case):
    french, english = said(pair_sentences, explain_pair(case, "b", "y", reader=Reader.COMMITTEE))
    assert french == ["Rien de comparable n’a été répondu : cette dyade n’a pas de note."]
    assert english == ["Nothing that can be compared was answered, so this pair has no score."]


def test_a_part_with_nothing_shared_names_nothing(case):
    told = explain_pair(case, "a", "y", reader=Reader.COMMITTEE)
    assert said(pair_sentences, told)[0][-2:] == ["Domaines : 0 point sur 10.", "site : 0 point sur 5."]
    assert said(pair_sentences, told)[1][-2:] == ["Domaines: 0 points out of 10.", "site: 0 points out of 5."]


@pytest.mark.parametrize(
    ("points", "french", "english"),
    [
        (1000, "1 point", "1 point"),
        (1500, "1,5 point", "1.5 points"),
        (2000, "2 points", "2 points"),
        (500, "0,5 point", "0.5 points"),
        (1_234_567, "1234,567 points", "1234.567 points"),
    ],
)
def test_points_agree_in_each_language(points, french, english):
    cost = Forced("a", "x", 0, None, points, 0, (), (Pair("a", "x"),), ())
    assert said(cost_sentences, cost)[0][0] == f"Avec Xavier, l’ensemble perdrait {french}."
    assert said(cost_sentences, cost)[1][0] == f"With Xavier the whole would lose {english}."


def test_what_another_pair_would_cost_and_who_would_move():
    added, removed = (Pair("a", "x"), Pair("b", "y")), (Pair("a", "y"), Pair("b", "x"), Pair("c", "z"))
    cost = Forced("a", "x", 3000, 50, -2000, 1, (LANGUAGE, HIDDEN), (*added, Pair("d", "w")), removed)
    assert said(cost_sentences, cost) == (
        [
            "Avec Xavier, il y aurait 1 dyade de moins.",
            "Avec Xavier, l’ensemble gagnerait 2 points.",
            "Il faudrait passer outre à « Langue en commun ».",
            "Il faudrait passer outre à « À ne pas réunir ».",
            "Amina serait avec Xavier, et non plus avec Yolande.",
            "Bo serait avec Yolande, et non plus avec Xavier.",
            "d serait avec w.",
            "c ne serait plus avec z.",
        ],
        [
            "With Xavier there would be 1 pair fewer.",
            "With Xavier the whole would gain 2 points.",
            "“Langue en commun” would have to give way.",
            "“Kept apart” would have to give way.",
            "Amina would be with Xavier, and no longer with Yolande.",
            "Bo would be with Yolande, and no longer with Xavier.",
            "d would be with w.",
            "c would no longer be with z.",
        ],
    )


def test_a_pair_that_costs_nothing_or_stands():
    free = Forced("a", "x", 0, None, 0, 0, (), (Pair("a", "x"),), ())
    assert said(cost_sentences, free)[0] == ["Avec Xavier, l’ensemble serait tout aussi bon.", "Amina serait avec Xavier."]
    more = Forced("a", "x", 0, None, 0, -2, (), (Pair("a", "x"),), ())
    assert said(cost_sentences, more)[0][0] == "Avec Xavier, il y aurait 2 dyades de plus."
    stands = Forced("a", "x", 0, None, 0, 0, (), (), ())
    assert said(cost_sentences, stands) == (["La dyade avec Xavier est déjà formée."], ["The pair with Xavier stands already."])


def test_why_nobody_counts_rules_and_places_then_says_the_way_in():
    reach = ReachExplained("a", 9, 1, (RuleCount(LANGUAGE, 5, 2), RuleCount(MANAGER, 1, 0)), 2, False)
    way = Forced("a", "x", 0, None, 1000, 0, (), (Pair("a", "x"),), (Pair("b", "x"),))
    assert said(nobody_sentences, NobodyExplained("a", 1, reach, ("x",), ("y",), way)) == (
        [
            "« Langue en commun » écarte 5 mentors et mentores.",
            "« Langue en commun » est le seul obstacle avec 2 mentors et mentores.",
            "« Sans lien d’autorité » écarte 1 mentor ou mentore.",
            "1 mentor ou mentore n’a plus de place.",
            "1 mentor ou mentore était possible, mais n’a plus de place : Xavier.",
            "1 mentor ou mentore est possible et a encore une place : Yolande.",
            "Avec Xavier, l’ensemble perdrait 1 point.",
            "Amina serait avec Xavier.",
            "Bo ne serait plus avec Xavier.",
        ],
        [
            "“Langue en commun” rules out 5 mentors.",
            "2 mentors are ruled out by “Langue en commun” and by nothing else.",
            "“Sans lien d’autorité” rules out 1 mentor.",
            "1 mentor has no place left.",
            "1 mentor was possible, but has no place left: Xavier.",
            "1 mentor is possible and has a place left: Yolande.",
            "With Xavier the whole would lose 1 point.",
            "Amina would be with Xavier.",
            "Bo would no longer be with Xavier.",
        ],
    )


def test_why_nobody_when_no_mentor_is_possible_or_none_is_asked_for():
    closed = NobodyExplained("a", 1, ReachExplained("a", 1, 0, (RuleCount(LANGUAGE, 1, 1),), 0, False), (), (), None)
    assert said(nobody_sentences, closed)[0][-1] == "Aucun mentor, aucune mentore n’est possible pour Amina."
    asks_nobody = replace(closed, places=0)
    assert said(nobody_sentences, asks_nobody) == (
        ["Amina n’a pas de place à combler dans ce calcul."],
        ["Amina has no place for a mentor in this run."],
    )


def test_what_would_help_says_the_change_and_what_it_brings():
    helpful = Helpful(Change(ChangeKind.ADD_PLACE, mentor="x"), 1, 1, 1000, ("a", "b"), ("c",))
    assert said(change_sentences, helpful) == (
        [
            "Ajouter une place avec Xavier.",
            "Amina et Bo auraient un mentor ou une mentore.",
            "c n’aurait plus de mentor ou de mentore.",
            "L’ensemble gagnerait 1 point.",
        ],
        [
            "Add one place with Xavier.",
            "Amina and Bo would have mentors.",
            "c would no longer have a mentor.",
            "The whole would gain 1 point.",
        ],
    )
    assert said(change_sentences, replace(helpful, points=-2000, now_left=()))[0][-1] == "L’ensemble perdrait 2 points."
    assert len(said(change_sentences, replace(helpful, points=0, now_paired=(), now_left=()))[0]) == 1


@pytest.mark.parametrize(
    ("change", "french", "english"),
    [
        (
            Change(ChangeKind.ADD_MENTOR, traits=(("languages", "en"), ("areas", choices("law", "ethics")))),
            "Trouver un mentor ou une mentore de plus qui réponde ainsi : Langues : anglais, areas : éthique et law.",
            "Find one more mentor who answers so: Langues: anglais, areas: éthique and law.",
        ),
        (
            Change(ChangeKind.ADD_MENTOR),
            "Trouver un mentor ou une mentore de plus, peu importe qui.",
            "Find one more mentor, whoever it is.",
        ),
        (
            Change(ChangeKind.RELAX_RULE, rule=LANGUAGE),
            "Se passer de la règle « Langue en commun ».",
            "Do without the rule “Langue en commun”.",
        ),
        (
            Change(ChangeKind.LIFT_BAN, pair=Pair("a", "x")),
            "Permettre de réunir Amina et Xavier.",
            "No longer keep Amina and Xavier apart.",
        ),
        (
            Change(ChangeKind.LIFT_LOCK, pair=Pair("a", "x")),
            "Ne plus imposer cette dyade : Amina et Xavier.",
            "No longer lock Amina and Xavier together.",
        ),
    ],
)
def test_each_kind_of_change_has_its_sentence(change, french, english):
    found = said(change_sentences, Helpful(change, 1, 1, 0, (), ()))
    assert found == ([french], [english])


def test_blocks_say_who_competes_for_which_places_and_what_keeps_them_there():
    needs = (Need(LANGUAGE, ("en",), 3), Need(MANAGER, ("boss@example.test",), 1), Need(HIDDEN, (), 2))
    assert said(block_sentences, Block(("a", "b"), ("x",), 1, needs)) == (
        [
            "2 personnes pour 1 place : Amina et Bo.",
            "Cette place est avec Xavier.",
            "« Langues », la même réponse pour toutes : anglais. « Langue en commun » écarte 3 autres mentors et mentores.",
            "« Sans lien d’autorité » écarte 1 autre mentor ou mentore.",
            "« À ne pas réunir » écarte 2 autres mentors et mentores.",
        ],
        [
            "2 people compete for 1 place: Amina and Bo.",
            "The place is with Xavier.",
            "“Langues”, the same answer for all: anglais. “Langue en commun” rules out 3 other mentors.",
            "“Sans lien d’autorité” rules out 1 other mentor.",
            "“Kept apart” rules out 2 other mentors.",
        ],
    )
    assert said(block_sentences, Block(("a",), (), 0, needs[:1])) == (
        [
            "Aucun mentor, aucune mentore n’est possible pour 1 personne : Amina.",
            "« Langues » : anglais. « Langue en commun » écarte 3 autres mentors et mentores.",
        ],
        ["No mentor is possible for 1 person: Amina.", "“Langues”: anglais. “Langue en commun” rules out 3 other mentors."],
    )


def test_lists_are_read_in_one_breath_and_long_ones_are_counted():
    words = [str(number) for number in range(1, 15)]
    with override("fr"):
        assert [listed(words[:count]) for count in range(4)] == ["", "1", "1 et 2", "1, 2 et 3"]
        assert listed(words).endswith("10, 11 et 3 autres")
        assert in_points(12_340) == "12,34"


def test_rules_in_force_everywhere_have_words_of_their_own():
    with override("fr"):
        titles = {kind: Names().title(HardRule(kind.value, kind)) for kind in RuleKind}
    assert titles[RuleKind.NOT_AGAIN] == "Pas une deuxième fois"
    assert titles[RuleKind.SENIORITY] == "seniority"
    assert Names().title(HardRule("mine", RuleKind.BANNED)) == "mine"
