"""Dates are counted from the cohort, and moved by its coordinator, a site or a class."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from releve.programs.calendar import CohortCalendar
from releve.programs.definition import RelativeDate
from releve.programs.loading import load
from releve.questionnaires.conditions import add_months

HERE = Path(__file__).parent
SMALLEST = load(HERE / "smallest.yaml")
START, END = date(2026, 9, 1), date(2027, 6, 30)


def calendar(definition=SMALLEST, **how) -> CohortCalendar:
    return CohortCalendar(definition, **{"starts_on": START, "ends_on": END, **how})


def test_dates_are_counted_from_the_start():
    assert calendar().dates == {
        "cohort_starts": START,
        "cohort_ends": END,
        "registration_opens": date(2026, 6, 1),
        "registration_closes": date(2026, 8, 1),
    }


def test_coordinator_moves_a_date():
    assert calendar(chosen={"registration_closes": "2026-08-20"}).get("registration_closes") == date(2026, 8, 20)


def test_date_follows_the_one_it_is_counted_from():
    definition = load(HERE / "sketches" / "s5.yaml")
    moved = calendar(definition, chosen={"orientation_on": "2026-11-02"})
    assert moved.get("premeeting_on") == date(2026, 10, 19)


def test_site_counts_its_own_dates():
    definition = load(HERE / "sketches" / "s6.yaml")
    assert calendar(definition, site="city_east").get("evaluation_opens") == date(2027, 9, 1)
    assert calendar(definition, site="rural_south").get("evaluation_opens") == date(2027, 3, 1)


def test_date_chosen_for_one_site_stands_before_what_the_site_counts():
    definition = load(HERE / "sketches" / "s6.yaml")
    chosen = {"study_ends": "2027-10-15", "study_ends@rural_south": "2027-04-15"}
    assert calendar(definition, chosen=chosen).get("study_ends") == date(2027, 10, 15)
    assert calendar(definition, chosen=chosen, site="rural_south").get("study_ends") == date(2027, 4, 15)
    assert calendar(definition, chosen={"study_ends": "2027-10-15"}, site="rural_south").get("study_ends") == date(2027, 3, 1)


def test_class_of_a_role_counts_its_own_dates():
    definition = load(HERE / "sketches" / "s8.yaml")
    assert calendar(definition).get("first_meeting_by") == date(2026, 10, 1)
    assert calendar(definition, role="student", role_class="first_years").get("first_meeting_by") == date(2026, 9, 22)


def test_day_counted_from_the_relationship_or_an_answer():
    after_pairing = RelativeDate.model_validate({"from": "paired_on", "days": 21})
    exam = RelativeDate.model_validate({"from": "answer:exam_on", "months": -1})
    assert calendar().resolve(after_pairing) is None
    assert calendar().resolve(after_pairing, paired_on=date(2026, 10, 1)) == date(2026, 10, 22)
    assert calendar().resolve(exam, answers={"exam_on": "2027-03-31"}) == date(2027, 2, 28)


def test_cohort_without_an_end_has_no_dates_counted_from_it():
    assert "cohort_ends" not in calendar(ends_on=None).dates
    assert calendar(ends_on=None).resolve(RelativeDate.model_validate({"from": "cohort_ends"})) is None


def test_dates_that_cross_are_named_in_both_languages():
    problems = calendar(chosen={"registration_closes": "2026-05-15"}).problems()
    assert [problem.values["id"] for problem in problems] == ["registration_closes"]
    assert problems[0].message("en").replace("\u00a0", " ").startswith("“Opening” (June 1")
    assert problems[0].mend("fr") == "Déplacez l’une des deux dates."


def test_dates_in_order_have_no_problem():
    assert calendar().problems() == []


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 3, 15), -3, date(2025, 12, 15)),
        (date(1, 1, 1), -1, date.min),
        (date(9999, 12, 1), 1, date.max),
    ],
)
def test_months_are_counted(day, months, expected):
    assert add_months(day, months) == expected


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.integers(-240, 240))
def test_months_counted_there_and_back_lose_at_most_three_days(day, months):
    assert 0 <= (day - add_months(add_months(day, months), -months)).days <= 3
