"""Answers and conditions in words, in both languages."""

import pytest
from django.utils.translation import override

from releve.questionnaires.conditions import Rule
from releve.questionnaires.display import Row, rows
from releve.questionnaires.wording import in_words
from tests.factories.questionnaires import EVERY_ANSWER, EVERY_TYPE, form, option, question_data


def test_answers_read_as_people_say_them_in_english():
    with override("en"):
        shown = [row.text for row in rows(EVERY_TYPE, EVERY_ANSWER)]
    assert shown == [
        "Avancer",
        "Vingt ans de soins.\n\nPuis la gestion.",
        "amina@example.org",
        "418 555-0123, poste 4",
        "Nunavik",
        "Two, Santé rurale",
        "4 out of 5",
        "7.5",
        "February\u00a028, 2019",
        "Monday: evening · Wednesday: morning",
        "Yes",
        "A-12",
    ]


def test_answers_read_as_people_say_them_in_french():
    with override("fr"):
        shown = {row.label: row.text for row in rows(EVERY_TYPE, EVERY_ANSWER, only=["hours", "since", "week", "certified", "mood"])}
    assert shown == {
        "Mood? (fr)": "4 sur 5",
        "Hours? (fr)": "7,5",
        "Since? (fr)": "28\u00a0février 2019",
        "Week? (fr)": "Lundi\u00a0: soir · Mercredi\u00a0: matin",
        "Certified? (fr)": "Oui",
    }


def test_words_of_people_are_told_from_words_of_the_form():
    with override("en"):
        own = {row.label for row in rows(EVERY_TYPE, EVERY_ANSWER) if row.own_words}
    assert own == {"Motto?", "Career?", "Email?", "Phone?", "Region?", "Areas?", "Number?"}


def test_a_text_that_looks_like_a_code_stays_a_text():
    with override("en"):
        assert rows(form(question_data("it", "text")), {"it": "another"}) == [Row("It?", "another", True)]


def test_preferring_not_to_say_is_said():
    definition = form(question_data("it", "long_text", prefer_not=True))
    with override("fr"):
        assert [row.text for row in rows(definition, {"it": "prefer_not"})] == ["Préfère ne pas répondre"]


def test_answers_that_are_not_asked_are_not_shown():
    with override("en"):
        assert "Number?" not in {row.label for row in rows(EVERY_TYPE, EVERY_ANSWER | {"certified": False})}


YES = {"question": "certified", "is": True}
QUESTIONS = form(
    question_data("certified", "yes_no"),
    question_data("areas", "choices", options=[option("one"), option("two")]),
    question_data("years", "number"),
    question_data("since", "date"),
)


@pytest.mark.parametrize(
    ("rule", "english"),
    [
        (YES, "you answered “Yes” to “Certified?”"),
        ({"question": "areas", "includes": "one"}, "you chose “One” in “Areas?”"),
        ({"question": "areas", "one_of": ["one", "two"]}, "you answered “One” or “Two” to “Areas?”"),
        ({"question": "years", "at_least": 5}, "your answer to “Years?” is 5 or more"),
        ({"question": "years", "at_most": 5}, "your answer to “Years?” is 5 or less"),
        ({"question": "years", "answered": True}, "you answered “Years?”"),
        ({"question": "years", "answered": False}, "you did not answer “Years?”"),
        ({"question": "since", "before": "2020-01-01"}, "the date in “Since?” is before January\u00a01, 2020"),
        ({"question": "since", "after": {"from": "cohort_starts"}}, "the date in “Since?” falls within the program’s dates"),
        ({"question": "since", "within_years": 5, "of": "cohort_starts"}, "the date in “Since?” is recent enough"),
        ({"not": YES}, "it is not so that you answered “Yes” to “Certified?”"),
        (
            {"all": [YES, {"any": [{"question": "years", "at_least": 5}, {"question": "years", "answered": False}]}]},
            "you answered “Yes” to “Certified?” and your answer to “Years?” is 5 or more or you did not answer “Years?”",
        ),
    ],
)
def test_a_condition_is_said_in_words(rule, english):
    with override("en"):
        assert in_words(Rule.model_validate(rule), QUESTIONS.question) == english


def test_a_condition_is_said_in_french():
    rule = Rule.model_validate({"all": [YES, {"question": "years", "at_least": 2.5}]})
    with override("fr"):
        assert in_words(rule, QUESTIONS.question) == (
            "vous avez répondu «\u00a0Oui\u00a0» à «\u00a0Certified? (fr)\u00a0» et que "
            "votre réponse à «\u00a0Years? (fr)\u00a0» est de 2,5 ou plus"
        )
