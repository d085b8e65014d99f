"""Conditions hold or do not, say what they ask in both languages, and say why answers do not meet them."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from releve.programs.definition import Rule
from releve.programs.loading import load
from releve.programs.rules import answers_to_forms, say, why_not
from releve.programs.soundness.possible import can_hold
from releve.questionnaires.conditions import holds

SMALLEST = load((Path(__file__).parent / "smallest.yaml").read_text(encoding="utf-8"))
DATES = {"cohort_starts": date(2030, 9, 1)}


def rule(**data) -> Rule:
    return Rule.model_validate(data)


def said(a_rule: Rule, **how) -> tuple[str, str]:
    words = say(a_rule, SMALLEST, **how)
    return words.in_language("en"), words.in_language("fr")


SENTENCES = [
    (
        {"question": "member", "is": True},
        "The answer to “Are you a member” must be “Yes”.",
        "La réponse à « Êtes-vous membre » doit être « Oui ».",
    ),
    (
        {"not": {"question": "member", "is": True}},
        "The answer to “Are you a member” must not be “Yes”.",
        "La réponse à « Êtes-vous membre » ne doit pas être « Oui ».",
    ),
    (
        {"question": "areas", "includes": "care"},
        "The answers to “Your areas” must include “Care”.",
        "Les réponses à « Vos domaines » doivent comprendre « Soigner ».",
    ),
    (
        {"question": "areas", "one_of": ["lead", "care"]},
        "The answer to “Your areas” must be one of these: “Lead”, “Care”.",
        "La réponse à « Vos domaines » doit être une de celles-ci : « Diriger », « Soigner ».",
    ),
    (
        {"question": "years", "at_least": 3},
        "The answer to “Your years” must be 3 or more.",
        "La réponse à « Vos années » doit être de 3 ou plus.",
    ),
    (
        {"not": {"question": "years", "at_least": 3}},
        "The answer to “Your years” must be less than 3.",
        "La réponse à « Vos années » doit être inférieure à 3.",
    ),
    (
        {"question": "years", "at_most": 1.5},
        "The answer to “Your years” must be 1.5 or less.",
        "La réponse à « Vos années » doit être de 1,5 ou moins.",
    ),
    (
        {"question": "years", "answered": False},
        "“Your years” must be left empty.",
        "Il faut laisser « Vos années » sans réponse.",
    ),
    (
        {"question": "appointed_on", "before": "2029-01-01"},
        "The date given for “Your appointment” must come before this day: January\u00a01, 2029.",
        "La date donnée à « Votre nomination » doit précéder ce jour : 1er\u00a0janvier 2029.",
    ),
    (
        {"question": "appointed_on", "after": {"from": "registration_opens", "months": -1, "days": 15}},
        "The date given for “Your appointment” must come after this day: “Opening”, minus 1 month, plus 15 days.",
        "La date donnée à « Votre nomination » doit suivre ce jour : « Ouverture », moins 1 mois, plus 15 jours.",
    ),
    (
        {"question": "appointed_on", "within_years": 5, "of": "cohort_starts"},
        "The date given for “Your appointment” must be within 5 years of this day: “Start of the cohort”.",
        "La date donnée à « Votre nomination » doit se situer à 5 ans au plus de ce jour : « Début de la cohorte ».",
    ),
    (
        {"any": [{"question": "member", "is": True}, {"not": {"question": "years", "at_most": 2}}]},
        "At least one of the following: The answer to “Are you a member” must be “Yes”. The answer to “Your years” must be more than 2.",
        "Au moins une de ces conditions : La réponse à « Êtes-vous membre » doit être « Oui ». "
        "La réponse à « Vos années » doit être supérieure à 2.",
    ),
    (
        {"not": {"any": [{"question": "member", "is": True}, {"question": "years", "answered": True}]}},
        "All of the following: The answer to “Are you a member” must not be “Yes”. “Your years” must be left empty.",
        "Tout ce qui suit : La réponse à « Êtes-vous membre » ne doit pas être « Oui ». Il faut laisser « Vos années » sans réponse.",
    ),
]


def unspaced(text: str) -> str:
    """Read non-breaking spaces as spaces, so that the expectations can be read."""
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(("data", "english", "french"), SENTENCES)
def test_rule_says_what_it_asks_in_both_languages(data, english, french):
    words = said(rule(**data))
    assert (unspaced(words[0]), unspaced(words[1])) == (unspaced(english), unspaced(french))


def test_rule_names_the_day_when_the_cohort_is_known():
    within = rule(question="appointed_on", within_years=5, of="cohort_starts")
    english, french = said(within, dates=DATES)
    assert unspaced(english) == "The date given for “Your appointment” must be within 5 years of this day: September 1, 2030."
    assert unspaced(french) == "La date donnée à « Votre nomination » doit se situer à 5 ans au plus de ce jour : 1er septembre 2030."


HOLDS = [
    ({"question": "member", "is": True}, {"member": True}, True),
    ({"question": "member", "is": True}, {"member": False}, False),
    ({"question": "member", "is": False}, {"member": False}, True),
    ({"question": "member", "is": False}, {}, False),
    ({"question": "member", "is": "prefer_not"}, {"member": "prefer_not"}, True),
    ({"question": "areas", "is": "lead"}, {"areas": ["lead", "care"]}, False),
    ({"question": "areas", "includes": "another"}, {"areas": ["lead", {"another": "Éthique"}]}, True),
    ({"question": "areas", "one_of": ["care"]}, {"areas": ["lead", "care"]}, True),
    ({"question": "years", "at_least": 3}, {"years": 3}, True),
    ({"question": "years", "at_least": 3}, {"years": "2.99"}, False),
    ({"question": "years", "at_most": 3}, {"years": "many"}, False),
    ({"question": "years", "answered": True}, {"years": 0}, True),
    ({"question": "years", "answered": True}, {"years": ""}, False),
    ({"question": "years", "answered": False}, {}, True),
    ({"question": "appointed_on", "before": "2030-01-01"}, {"appointed_on": "2029-12-31"}, True),
    ({"question": "appointed_on", "before": "2030-01-01"}, {"appointed_on": "2030-01-01"}, False),
    ({"question": "appointed_on", "after": {"from": "cohort_starts", "months": -6}}, {"appointed_on": "2030-03-02"}, True),
    ({"question": "appointed_on", "after": {"from": "cohort_starts", "months": -6}}, {"appointed_on": "2030-03-01"}, False),
    ({"question": "appointed_on", "within_years": 5, "of": "cohort_starts"}, {"appointed_on": "2025-09-01"}, True),
    ({"question": "appointed_on", "within_years": 5, "of": "cohort_starts"}, {"appointed_on": "2025-08-31"}, False),
    ({"question": "appointed_on", "within_years": 5, "of": "unknown"}, {"appointed_on": "2025-09-01"}, False),
    ({"question": "appointed_on", "before": "2030-01-01"}, {"appointed_on": "31/02/2029"}, False),
    ({"not": {"question": "member", "is": True}}, {}, True),
    ({"all": [{"question": "member", "is": True}, {"question": "years", "at_least": 1}]}, {"member": True, "years": 0}, False),
    ({"any": [{"question": "member", "is": True}, {"question": "years", "at_least": 1}]}, {"member": True, "years": 0}, True),
]


@pytest.mark.parametrize(("data", "answers", "expected"), HOLDS)
def test_rule_holds_for_these_answers(data, answers, expected):
    assert holds(rule(**data), answers, DATES) is expected


def test_why_not_names_only_what_is_not_met():
    both = rule(all=[{"question": "member", "is": True}, {"question": "years", "at_least": 3}])
    reasons = why_not(both, {"member": True, "years": 1}, SMALLEST)
    assert [reason.in_language("en") for reason in reasons] == ["The answer to “Your years” must be 3 or more."]


def test_why_not_starts_with_the_roles_own_sentence():
    text = (Path(__file__).parent / "smallest.yaml").read_text(encoding="utf-8")
    because = "eligibility: {question: years, at_least: 3, because: {fr: Trois ans, en: Three years}}, "
    definition = load(text.replace("{id: mentor, kind: mentor,", "{id: mentor, kind: mentor, " + because))
    reasons = why_not(definition.role("mentor").eligibility, {"years": 1}, definition)
    needed = "La réponse à «\u00a0Vos années\u00a0» doit être de 3 ou plus."
    assert [reason.in_language("fr") for reason in reasons] == ["Trois ans", needed]


def test_answers_to_several_forms_are_found_alone_and_by_form():
    joined = answers_to_forms(SMALLEST, {"survey": {"years": 1, "mood": 2}, "registration": {"years": 9}})
    assert joined == {"survey.years": 1, "survey.mood": 2, "registration.years": 9, "years": 9, "mood": 2}


leaves = st.one_of(
    st.builds(lambda value: {"question": "member", "is": value}, st.booleans()),
    st.builds(lambda value: {"question": "areas", "includes": value}, st.sampled_from(["lead", "care"])),
    st.builds(lambda value: {"question": "areas", "is": value}, st.sampled_from(["lead", "care"])),
    st.builds(lambda test, value: {"question": "years", test: value}, st.sampled_from(["at_least", "at_most"]), st.integers(0, 60)),
    st.builds(lambda name, value: {"question": name, "answered": value}, st.sampled_from(["member", "years"]), st.booleans()),
    st.builds(
        lambda test, months: {"question": "appointed_on", test: {"from": "cohort_starts", "months": months}},
        st.sampled_from(["before", "after"]),
        st.integers(-60, 60),
    ),
)
rules = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(lambda key, items: {key: items}, st.sampled_from(["all", "any"]), st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda item: {"not": item}, inner),
    ),
    max_leaves=6,
)
given_answers = st.fixed_dictionaries(
    {},
    optional={
        "member": st.booleans(),
        "areas": st.lists(st.sampled_from(["lead", "care"]), unique=True, max_size=2),
        "years": st.integers(0, 60),
        "appointed_on": st.dates(date(2024, 1, 1), date(2036, 1, 1)).map(date.isoformat),
    },
)


@settings(max_examples=150, deadline=None)
@given(data=rules, answers=given_answers)
def test_there_is_a_reason_exactly_when_a_rule_does_not_hold(data, answers):
    a_rule = rule(**data)
    reasons = why_not(a_rule, answers, SMALLEST, dates=DATES)
    assert bool(reasons) is not holds(a_rule, answers, DATES)
    for reason in reasons:
        assert reason.in_language("fr") != reason.in_language("en")


@settings(max_examples=150, deadline=None)
@given(data=rules, answers=given_answers)
def test_rule_met_by_some_answers_is_never_called_impossible(data, answers):
    a_rule = rule(**data)
    if holds(a_rule, answers, DATES):
        assert can_hold(a_rule, {name: SMALLEST.question(name)[1] for name in a_rule.questions}, SMALLEST)
