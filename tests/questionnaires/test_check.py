"""What the import of spreadsheets and the pages are told about answers."""

from datetime import date

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from releve.questionnaires.check import Problem, asked_answers, problems_with_answers
from releve.questionnaires.definition import Form, Option
from releve.questionnaires.display import rows
from releve.questionnaires.forms import build
from releve.questionnaires.options import with_options
from tests.factories.questionnaires import EVERY_ANSWER, EVERY_TYPE, SCALE, form, option, posted, question_data, sent


def test_right_answers_have_no_problem():
    assert problems_with_answers(EVERY_TYPE, EVERY_ANSWER) == []


def test_all_problems_are_found_at_once():
    with override("en"):
        found = problems_with_answers(EVERY_TYPE, {"hours": 99, "mood": 9, "unknown": 1})
    assert found == [
        Problem("unknown", "This question is not part of the form."),
        Problem("mood", "Choose a number from 1 to 5."),
        Problem("hours", "Write a number from 0 to 40."),
        Problem("certified", "Choose one answer."),
    ]


def test_sentences_are_in_the_language_in_use():
    with override("fr"):
        assert problems_with_answers(EVERY_TYPE, {}) == [Problem("certified", "Choisissez une réponse.")]


def test_a_question_for_a_role_is_required_of_that_role_only():
    definition = form(question_data("places", "number", required=True, roles=["mentor"]))
    with override("en"):
        assert problems_with_answers(definition, {}, "mentor") == [Problem("places", "Answer this question.")]
        assert problems_with_answers(definition, {}, "mentee") == problems_with_answers(definition, {}, None) == []


def test_answers_that_are_not_asked_are_left_out():
    assert asked_answers(EVERY_TYPE, EVERY_ANSWER | {"certified": False}) == {
        name: answer for name, answer in (EVERY_ANSWER | {"certified": False}).items() if name != "number"
    }


@pytest.mark.parametrize("answer", ["1,5", "1e400", 10**40, "NaN", [], True, {"a": 1}, 2.5])
def test_a_number_stored_otherwise_is_a_problem(answer):
    definition = form(question_data("it", "number"))
    assert len(problems_with_answers(definition, {"it": answer})) == (0 if answer == [] else 1)


@pytest.mark.parametrize("answer", ["20260305", "2026-W10-4", "05/03/2026", "2026-02-30", 20260305])
def test_a_date_stored_otherwise_is_a_problem(answer):
    assert len(problems_with_answers(form(question_data("it", "date")), {"it": answer})) == 1


# --- whatever comes

JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=6,
)
NAMES = [item.id for item in EVERY_TYPE.flat]


@given(st.dictionaries(st.sampled_from([*NAMES, "unknown"]), JUNK))
@settings(max_examples=150, deadline=None)
def test_no_stored_answers_break_the_check_or_the_display(answers):
    for problem in problems_with_answers(EVERY_TYPE, answers):
        assert problem.message
    rows(EVERY_TYPE, answers)
    str(build(EVERY_TYPE, answers=answers))


FIELDS = [*NAMES, "region.another", "areas.another", "career.prefer_not", "nothing"]
TYPED = st.text(max_size=60) | st.sampled_from(["another", "prefer_not", "yes", "1,5", "2026-02-31", "mon:morning", "\x00", "one"])


@given(st.dictionaries(st.sampled_from(FIELDS), st.lists(TYPED, max_size=3)))
@settings(max_examples=150, deadline=None)
def test_nothing_typed_breaks_a_form_and_what_it_accepts_is_in_order(typed):
    built = build(EVERY_TYPE, data=sent(typed))
    built.is_valid()
    str(built)
    assert problems_with_answers(EVERY_TYPE, built.answers(), ignore_required=True) == []
    if not built.problems:
        assert problems_with_answers(EVERY_TYPE, built.answers()) == []


# --- right answers come back

LINE = st.text(st.characters(codec="utf-8", categories=["L", "N", "P"]), min_size=1, max_size=40)


def right_answers(definition: Form) -> st.SearchStrategy[dict]:
    """Draw answers that the definition accepts."""
    by_type = {
        "text": LINE,
        "long_text": st.lists(LINE, min_size=1, max_size=5).map("\n".join),
        "email": st.sampled_from(["a@example.org", "marie-eve.o'neil@exemple.test"]),
        "phone": st.sampled_from(["418 555-0123", "+1 (418) 555-0123"]),
        "scale": st.integers(1, 5),
        "number": st.integers(0, 80).map(lambda half: half // 2 if half % 2 == 0 else f"{half // 2}.5"),
        "date": st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)).map(str),
        "availability": st.lists(st.sampled_from(["mon_morning", "wed_noon", "sun_evening"]), min_size=1, unique=True),
        "yes_no": st.booleans(),
    }
    another = LINE.map(lambda text: {"another": text})

    def of(question):
        if question.type == "choice":
            return st.sampled_from(["north", "south", "prefer_not"]) | another
        if question.type == "choices":
            return (
                st.lists(st.sampled_from(["one", "two"]), min_size=1, max_size=1) | st.just(["none"]) | another.map(lambda it: ["one", it])
            )
        drawn = by_type[question.type]
        return drawn | st.just("prefer_not") if question.prefer_not else drawn

    return st.fixed_dictionaries({}, optional={question.id: of(question) for question in definition.flat})


@given(right_answers(EVERY_TYPE))
@settings(max_examples=150, deadline=None)
def test_right_answers_come_back_through_the_page_as_they_were(answers):
    answers = asked_answers(EVERY_TYPE, {"certified": True, "number": "1"} | answers)
    built = build(EVERY_TYPE, data=sent(posted(EVERY_TYPE, answers)))
    assert built.problems == {}
    assert built.answers() == answers
    shown = build(EVERY_TYPE, answers=answers)
    again = {name: shown.get_initial_for_field(field, name) for name, field in shown.fields.items()}
    resent = {name: "on" if value is True else value for name, value in again.items() if value not in (None, "", False)}
    assert build(EVERY_TYPE, data=sent(resent)).answers() == answers


def test_a_scale_without_words_of_its_own_has_five_points():
    definition = form(question_data("it", "scale"), question_data("other", "scale", scale=SCALE | {"least": 0, "most": 10}))
    assert problems_with_answers(definition, {"it": 5, "other": 0}) == []
    assert [problem.question_id for problem in problems_with_answers(definition, {"it": 6, "other": 11})] == ["it", "other"]


def test_the_same_choice_twice_is_a_problem():
    definition = form(question_data("it", "choices", options=[option("one"), option("two")]))
    with override("en"):
        assert problems_with_answers(definition, {"it": ["one", "one"]}) == [Problem("it", "The same answer is chosen twice.")]


def test_a_form_stands_by_itself_once_shared_options_are_filled_in():
    inner = question_data("places", "choices", options_from="regions")
    definition = form(question_data("region", "choice", options_from="regions"), question_data("more", "group", questions=[inner]))
    north = Option.model_validate(option("north"))
    filled = with_options(definition, {"regions": (north,), "others": ()})
    assert [question.options for question in filled.flat] == [(north,), (north,)]
    assert [question.options_from for question in filled.flat] == [None, None]
    assert problems_with_answers(filled, {"region": "north", "places": ["north"]}) == []


def test_options_of_a_vocabulary_are_known_also_where_the_questions_were_read_before():
    bare = form(question_data("areas", "choices", options_from="areas"))
    assert bare.question("areas").options == ()
    filled = with_options(bare, {"areas": (Option.model_validate(option("finance")),)})
    assert problems_with_answers(filled, {"areas": ["finance"]}) == []
