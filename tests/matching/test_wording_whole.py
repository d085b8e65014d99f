"""What the engine finds about the whole, in whole sentences of both languages: proofs, comparisons, refusals."""

from dataclasses import replace

import pytest

from releve.matching.engine import (
    Comparison,
    Complaint,
    Fault,
    Objective,
    Outcome,
    Pair,
    Refused,
)
from releve.matching.wording.comparison import comparison_sentences
from releve.matching.wording.faults import fault_sentence
from releve.matching.wording.proof import proof_sentences

from .words import said, small_case


@pytest.fixture
def case():
    return small_case()


@pytest.mark.parametrize("objective", list(Objective))
def test_a_result_that_holds_says_what_was_proved(objective):
    french, english = said(proof_sentences, (), objective)
    assert french[0].startswith("Revérifié : chaque règle est respectée")
    assert english[0].startswith("Checked anew: every rule is kept")


def test_a_result_that_does_not_hold_says_what_is_wrong():
    wrong = [Complaint("rule_broken", "a, x"), Complaint("sums_differ"), Complaint("sums_differ"), Complaint("wrong_total")]
    wrong.append(Complaint("places_not_kept", "mentor x"))
    assert said(proof_sentences, wrong, Objective.BEST_TOTAL) == (
        [
            "Ce résultat ne tient pas :",
            "La dyade Amina, Xavier enfreint une règle.",
            "La preuve que rien de mieux n’existe ne tient pas (sums_differ).",
            "La somme des points n’est pas juste.",
            "Xavier : le nombre de places comblées n’est pas celui des places à combler.",
        ],
        [
            "This result does not hold:",
            "The pair Amina, Xavier breaks a rule.",
            "The proof that nothing better exists does not hold (sums_differ).",
            "The sum of the points is not right.",
            "Xavier: more or fewer places are filled than there are to fill.",
        ],
    )


def test_a_comparison_says_what_each_objective_would_change(case):
    chosen = Outcome(Objective.BEST_TOTAL, 30_000, 5, 2, 40, (), 1, ())
    same = Outcome(Objective.MAXIMIN, 30_000, 5, 2, 40, (), 1, ())
    fewer = Outcome(Objective.STABLE, 31_500, 4, 3, 30, (), 0, ("a",))
    more = Outcome(Objective.MOST_PEOPLE, 28_000, 7, 0, 40, (), 3, ("a", "b"))
    refused = Refused(Objective.LEXIMIN, (Fault("people[mentor=x].least", "least_unreachable", "…"),))
    french, english = said(lambda names: flat(comparison_sentences(Comparison(chosen, (same, fewer, more), (refused,)), case, names)))
    assert french == [
        "Choisi : Le plus de points",
        "Points : 30. Dyades : 5. Sans mentor ou mentore : 2. Moins bonne compatibilité : 40 sur 100.",
        "Dans 1 cas, une personne mentorée et un mentor ou une mentore se préféreraient l’une l’autre.",
        "Plutôt : La moins bonne dyade, aussi bonne que possible",
        "Chaque personne aurait les mêmes mentors et mentores.",
        "Dans 1 cas, une personne mentorée et un mentor ou une mentore se préféreraient l’une l’autre.",
        "Plutôt : Pas deux personnes qui se préféreraient",
        "Il y aurait 1 dyade de moins.",
        "L’ensemble gagnerait 1,5 point.",
        "La moins bonne compatibilité serait de 30 sur 100 plutôt que de 40.",
        "1 personne aurait un autre mentor, une autre mentore, ou personne.",
        "Plutôt : Le plus de dyades, puis le plus de points",
        "Il y aurait 2 dyades de plus.",
        "L’ensemble perdrait 2 points.",
        "2 personnes auraient un autre mentor, une autre mentore, ou personne.",
        "Dans 3 cas, une personne mentorée et un mentor ou une mentore se préféreraient l’une l’autre.",
        "Impossible : D’abord les moins bien servis",
        "Xavier ne peut avoir le nombre minimal de partenaires demandé. Demandez-en moins, assouplissez une règle ou ajoutez "
        "des personnes qui conviennent.",
    ]
    assert english[:3] == [
        "Chosen: Most points",
        "Points: 30. Pairs: 5. Without a mentor: 2. Worst fit: 40 out of 100.",
        "In 1 case, a mentee and a mentor would both rather have each other.",
    ]
    assert "The worst fit would be 30 out of 100 instead of 40." in english
    assert "2 people would have other mentors, or none." in english


def test_a_comparison_of_nothing_says_that_nobody_has_a_mentor(case):
    nothing = Outcome(Objective.DRAW, 0, 0, 2, None, (), 0, ())
    some = Outcome(Objective.BEST_TOTAL, 0, 1, 1, 0, (), 0, ("a",))
    french = said(lambda names: flat(comparison_sentences(Comparison(nothing, (some,), ()), case, names)))[0]
    assert french[:2] == ["Choisi : Un tirage au sort", "Personne n’a de mentor ou de mentore."]
    assert french[3:] == ["Il y aurait 1 dyade de plus.", "1 personne aurait un autre mentor, une autre mentore, ou personne."]


def flat(titled):
    return [line for title, sentences in titled for line in (title, *sentences)]


def test_what_cannot_be_paired_says_whom_it_is_about(case):
    locked = replace(case, locks=(Pair("a", "x"),))
    faults = [
        Fault("people[mentor=x].least", "least_unreachable", "…"),
        Fault("locks[a, x]", "lock_breaks_rule", "…"),
        Fault("policy.criteria", "scores_too_large", "…"),
        Fault("seed", "out_of_range", "Give another."),
        Fault("locks[b, y]", "lock_breaks_rule", "Unlock it."),
        Fault("people[mentee=a].least", "least_unstable", "…"),
        Fault("people", "too_many_pairs", "…"),
    ]
    french = said(lambda names: [fault_sentence(fault, locked, names) for fault in faults])[0]
    assert french[0].startswith("Xavier ne peut avoir le nombre minimal")
    assert french[1].startswith("Une règle empêche cette dyade imposée : Amina et Xavier.")
    assert french[2].startswith("Les poids sont trop grands")
    assert french[3:5] == ["seed: out_of_range. Give another.", "locks[b, y]: lock_breaks_rule. Unlock it."]
    assert french[5].startswith("Aucun jumelage sans deux personnes qui se préféreraient ne donne à Amina")
    assert french[6].startswith("Ces listes font 4 dyades possibles : les jumeler demanderait environ 0,3 Go de mémoire.")
