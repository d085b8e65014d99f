"""Forms as people meet them: what comes out of what they type, and what they are told."""

import pytest
from django.utils.translation import override

from releve.questionnaires.forms import build
from tests.factories.questionnaires import EVERY_ANSWER, EVERY_TYPE, SCALE, form, option, posted, question_data, sent


def filled(definition, data: dict, **more):
    with override("en"):
        built = build(definition, data=sent(data), **more)
        built.is_valid()
    return built


def problem(data: dict, *questions: dict, language: str = "en", **more) -> dict:
    with override(language):
        built = build(form(*questions), data=sent(data), **more)
        return built.problems


def test_every_type_gives_back_what_was_answered():
    built = filled(EVERY_TYPE, posted(EVERY_TYPE, EVERY_ANSWER))
    assert built.problems == {}
    assert built.answers() == EVERY_ANSWER


def test_stored_answers_fill_the_form_again():
    with override("fr"):
        html = build(EVERY_TYPE, answers=EVERY_ANSWER).as_div()
    for value in ("Avancer", "Puis la gestion.", 'value="Nunavik"', 'value="Santé rurale"', 'value="7,5"', 'value="2019-02-28"'):
        assert value in html
    assert html.count("checked") == 7  # region, two areas, the scale, two moments, certified


def test_an_empty_form_asks_only_for_what_is_needed():
    assert filled(EVERY_TYPE, {}).problems == {"certified": ["Choose one answer."]}
    assert filled(EVERY_TYPE, {}, ignore_required=True).answers() == {}


@pytest.mark.parametrize(("language", "typed"), [("fr", "7,5"), ("en", "7.5"), ("fr", "7.5"), ("fr", " 7,50 ")])
def test_decimals_are_read_with_a_comma_or_a_point(language, typed):
    with override(language):
        built = build(form(question_data("hours", "number", step=0.5)), data=sent({"hours": typed}))
        assert built.answers() == {"hours": "7.5"}


@pytest.mark.parametrize(
    ("typed", "answer"),
    [("1 234", 1234), ("1\u00a0234", 1234), ("1,234.5", "1234.5"), ("1.234,5", "1234.5"), ("-0", 0), ("+3", 3), ("3,0", 3)],
)
def test_large_numbers_are_read_however_they_are_grouped(typed, answer):
    assert filled(form(question_data("n", "number", step=0.5)), {"n": typed}).answers() == {"n": answer}


@pytest.mark.parametrize("typed", ["douze", "12 ans", "1e5", "1/2", "--3", "٣", "9" * 40])
def test_a_number_in_words_is_refused_with_how_to_write_it(typed):
    assert problem({"n": typed}, question_data("n", "number")) == {"n": ["Write a number in digits, for example 12."]}


@pytest.mark.parametrize(
    ("limits", "typed", "sentence"),
    [
        ({"least": 1, "most": 5}, "6", "Write a number from 1 to 5."),
        ({"least": 1}, "0", "Write 1 or a larger number."),
        ({"most": 2000}, "2001", "Write 2,000 or a smaller number."),
        ({}, "1.5", "Write a whole number."),
        ({"step": 0.5}, "1.2", "Write a number in steps of 0.5."),
    ],
)
def test_a_number_outside_its_limits_is_told_them(limits, typed, sentence):
    assert problem({"n": typed}, question_data("n", "number", **limits)) == {"n": [sentence]}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2026-02-31", "There is no day 31 in that month: it has 28 days. Write the date as year-month-day, for example 2026-02-28."),
        ("31/02/2026", "There is no day 31 in that month: it has 28 days. Write the date as year-month-day, for example 2026-02-28."),
        ("31/02", "There is no day 31 in that month: it has 29 days. Write the date as year-month-day, for example 2000-02-29."),
        ("12/13/2026", "There is no month 13. Write the date as year-month-day, for example 2026-03-05 for March 5, 2026."),
        ("05/03/2026", "Write the date as year-month-day, for example 2026-03-05 for March 5, 2026."),
        ("5 mars", "Write the date as year-month-day, for example 2026-03-05 for March 5, 2026."),
        ("0026-03-05", "Check the year: 26 is too far away."),
    ],
)
def test_a_date_that_cannot_be_is_answered_with_its_mend(typed, sentence):
    assert problem({"day": typed}, question_data("day", "date")) == {"day": [sentence]}


def test_too_long_a_text_is_told_both_lengths():
    asked = question_data("motto", "text", max_length=1000)
    assert problem({"motto": "é" * 1201}, asked) == {
        "motto": ["This text has 1,201 characters, and 1,000 fit here: take out 201 characters."]
    }
    assert problem({"motto": "é" * 1201}, asked, language="fr") == {
        "motto": ["Ce texte compte 1\u00a0201 caractères, et la limite est de 1\u00a0000\u00a0: retirez-en 201."]
    }


def test_a_megabyte_is_refused_with_a_sentence_and_stays_out_of_drafts():
    built = filled(form(question_data("career", "long_text")), {"career": "x" * 1_000_000})
    assert built.problems == {"career": ["This text has 1,000,000 characters, and 20,000 fit here: take out 980,000 characters."]}
    assert built.draft_answers() == {}


def test_signs_that_no_keyboard_types_are_taken_out():
    built = filled(form(question_data("career", "long_text")), {"career": "a\x00b\x07\r\nc\u0085\ud800"})
    assert built.answers() == {"career": "ab\nc"}


@pytest.mark.parametrize(
    ("kind", "typed", "sentence"),
    [
        ("email", "amina@", "Write one complete email address, for example name@example.org."),
        ("email", "a@example.org, b@example.org", "Write one complete email address, for example name@example.org."),
        ("phone", "call me", "Write a telephone number with its area code, for example 418 555-0123."),
        ("phone", "555-01", "Write a telephone number with its area code, for example 418 555-0123."),
    ],
)
def test_a_malformed_address_or_telephone_number_is_told_how(kind, typed, sentence):
    assert problem({"it": typed}, question_data("it", kind)) == {"it": [sentence]}


TWO = [option("one"), option("two")]


def test_an_unknown_choice_is_refused():
    sentence = ["This answer is not among the choices: choose one of those shown."]
    assert problem({"it": "three"}, question_data("it", "choice", options=TWO)) == {"it": sentence}
    assert problem({"it": ["one", "three"]}, question_data("it", "choices", options=TWO)) == {"it": sentence}
    assert problem({"it": "another", "it.another": "x"}, question_data("it", "choice", options=TWO)) == {"it": sentence}
    assert problem({"it": "maybe"}, question_data("it", "yes_no")) == {"it": ["Choose yes or no."]}
    assert problem({"it": "9"}, question_data("it", "scale", scale=SCALE)) == {"it": ["Choose a number from 1 to 5."]}
    assert problem({"it": ["mon:midnight"]}, question_data("it", "availability")) == {
        "it": ["One of these moments is not in the week shown: choose among the boxes."]
    }


def test_how_many_may_be_chosen_is_kept():
    asked = question_data("it", "choices", options=[*TWO, option("three")], least=2, most=2)
    assert problem({"it": ["one", "two", "three"]}, asked) == {"it": ["Choose 2 answers at most: you chose 3."]}
    assert problem({"it": ["one"]}, asked) == {"it": ["Choose at least 2 answers."]}


def test_an_exclusive_answer_stands_alone():
    asked = question_data("it", "choices", options=[option("one"), option("none", exclusive=True)], prefer_not=True)
    assert problem({"it": ["one", "none"]}, asked) == {"it": ["“None” cannot go with other answers: keep it alone, or take it out."]}
    assert problem({"it": ["prefer_not", "one"]}, asked) == {
        "it": ["“I prefer not to say” cannot go with other answers: keep it alone, or take it out."]
    }
    assert filled(form(asked), {"it": ["prefer_not"]}).answers() == {"it": ["prefer_not"]}


def test_preferring_not_to_say_is_an_answer():
    asked = question_data("it", "long_text", required=True, prefer_not=True)
    assert filled(form(asked), {"it.prefer_not": "on"}).answers() == {"it": "prefer_not"}
    assert problem({"it": "Words", "it.prefer_not": "on"}, asked) == {
        "it": ["You answered and also ticked “I prefer not to say”: keep one of the two."]
    }
    choice = question_data("it", "choice", required=True, prefer_not=True, options=TWO)
    assert filled(form(choice), {"it": "prefer_not"}).answers() == {"it": "prefer_not"}


def test_another_answer_is_taken_with_or_without_its_mark():
    asked = question_data("it", "choice", options=TWO, another=True)
    assert filled(form(asked), {"it": "another", "it.another": "Mine"}).answers() == {"it": {"another": "Mine"}}
    assert filled(form(asked), {"it.another": "Mine"}).answers() == {"it": {"another": "Mine"}}
    several = question_data("it", "choices", options=TWO, another=True)
    assert filled(form(several), {"it": ["one"], "it.another": "Mine"}).answers() == {"it": ["one", {"another": "Mine"}]}


def test_another_answer_that_is_empty_or_contradicts_is_told_beside_its_box():
    asked = question_data("it", "choice", options=TWO, another=True)
    empty = filled(form(asked), {"it": "another"})
    assert dict(empty.errors) == {"it.another": ["Write your other answer, or take out this choice."]}
    both = filled(form(asked), {"it": "one", "it.another": "Mine"})
    assert dict(both.errors) == {"it.another": ["You chose an answer and also wrote another one: keep one of the two."]}
    assert both.answers() == {}


CONDITIONAL = (
    question_data("certified", "yes_no"),
    question_data("number", "number", required=True, enable_when={"question": "certified", "is": True}),
    question_data("card", "text", required=True, enable_when={"question": "number", "at_least": 5}),
)


def test_an_answer_to_a_question_that_is_not_asked_is_dropped():
    built = filled(form(*CONDITIONAL), {"certified": "no", "number": "douze", "card": "X"})
    assert built.problems == {}
    assert built.answers() == {"certified": False}


def test_conditions_follow_one_another():
    built = filled(form(*CONDITIONAL), {"certified": "no", "number": "9", "card": "X"})
    assert built.answers() == {"certified": False}
    assert filled(form(*CONDITIONAL), {"certified": "yes", "number": "9"}).problems == {"card": ["Answer this question."]}


def test_a_draft_keeps_what_is_hidden_or_still_to_be_mended():
    built = filled(form(*CONDITIONAL), {"certified": "no", "number": "douze", "card": "X"}, ignore_required=True)
    assert built.draft_answers() == {"certified": False, "number": "douze", "card": "X"}
    with override("en"):
        assert 'value="douze"' in str(build(form(*CONDITIONAL), answers=built.draft_answers())["number"])


def test_a_question_for_another_role_is_neither_asked_nor_taken():
    definition = form(question_data("places", "number", required=True, roles=["mentor"]), question_data("name", "text"))
    assert filled(definition, {"places": "2", "name": "Bo"}, role="mentee").answers() == {"name": "Bo"}
    assert filled(definition, {"name": "Bo"}, role="mentor").problems == {"places": ["Answer this question."]}


def test_a_condition_on_a_group_holds_for_all_inside():
    inner = [question_data("number", "text", required=True)]
    group = question_data("details", "group", questions=inner, enable_when={"question": "certified", "is": True})
    definition = form(question_data("certified", "yes_no"), group)
    assert filled(definition, {"certified": "no", "number": "1"}).answers() == {"certified": False}
    assert filled(definition, {"certified": "yes"}).problems == {"number": ["Answer this question."]}


def test_a_long_list_of_choices_opens_and_a_short_one_does_not():
    eight = build(form(question_data("it", "choice", options=[option(f"o{n}") for n in range(8)])))
    seven = build(form(question_data("it", "choice", options=[option(f"o{n}") for n in range(7)])))
    assert "<select" in str(eight["it"])
    assert 'type="radio"' in str(seven["it"])


def test_few_short_answers_stand_in_a_strip_unless_one_language_needs_more_room():
    def made(*texts, **more):
        options = [option(f"o{n}", text=text) for n, text in enumerate(texts)]
        return str(build(form(question_data("it", "choice", options=options, **more)))["it"])

    short = [{"fr": "Oui", "en": "Yes"}, {"fr": "En partie", "en": "Partly"}, {"fr": "Non", "en": "No"}]
    assert "segments" in made(*short)
    assert "segments" not in made(*short, {"fr": "Je ne sais pas", "en": "?"})
    assert "segments" not in made(*short, prefer_not=True)


def test_two_forms_of_one_page_keep_apart_by_their_prefix():
    definition = form(question_data("goal", "text"))
    data = sent({"first-goal": "One", "second-goal": "Two"})
    assert [build(definition, data=data, prefix=name).answers() for name in ("first", "second")] == [{"goal": "One"}, {"goal": "Two"}]
