"""Dates, hours and lengths of time, as people say them."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import translation

from releve.core import dates

NOW = dt.datetime(2026, 9, 20, 15, 0, tzinfo=dt.UTC)
MONTREAL = ZoneInfo("America/Toronto")


def at(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=MONTREAL)


def said(language: str, function, *values, **options) -> str:
    """Say it with ordinary spaces, so that the expectations can be read."""
    with translation.override(language):
        return function(*values, **options).replace(dates.NBSP, " ")


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (dt.date(2026, 10, 23), "vendredi 23 octobre", "Friday, October 23"),
        (dt.date(2026, 12, 1), "mardi 1er décembre", "Tuesday, December 1"),
        (dt.date(2027, 6, 1), "mardi 1er juin 2027", "Tuesday, June 1, 2027"),
    ],
)
def test_a_day_is_said_with_its_year_when_it_is_another_year(value, french, english):
    assert said("fr", dates.day, value, now=NOW) == french
    assert said("en", dates.day, value, now=NOW) == english


def test_two_days_that_go_together_are_both_said_with_their_year_when_it_changes():
    year = (dt.date(2025, 9, 1), dt.date(2026, 6, 30))
    summer = (dt.date(2027, 4, 1), dt.date(2027, 8, 29))
    for language, far, near in (
        ("fr", ("1er septembre 2025", "30 juin 2026"), ("1er avril", "29 août 2027")),
        ("en", ("September 1, 2025", "June 30, 2026"), ("April 1", "August 29, 2027")),
    ):
        with translation.override(language):
            assert [tuple(words.replace(dates.NBSP, " ") for words in dates.days(*stretch)) for stretch in (year, summer)] == [far, near]


def test_a_day_is_said_without_its_weekday_when_asked():
    assert said("fr", dates.day, dt.date(2026, 10, 3), now=NOW, weekday=False) == "3 octobre"
    assert said("en", dates.day, dt.date(2026, 10, 3), now=NOW, weekday=False) == "October 3"


def test_a_moment_is_said_in_the_time_zone_in_use_when_it_falls_on_another_day_in_utc():
    late = dt.datetime(2026, 10, 24, 1, 30, tzinfo=dt.UTC)
    assert said("fr", dates.moment, late, now=NOW) == "vendredi 23 octobre, 21 h 30"
    assert said("en", dates.moment, late, now=NOW) == "Friday, October 23, 9:30 p.m."


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (dt.time(0, 5), "0 h 05", "12:05 a.m."),
        (dt.time(9, 0), "9 h", "9 a.m."),
        (dt.time(12, 0), "12 h", "12 p.m."),
        (dt.time(13, 30), "13 h 30", "1:30 p.m."),
    ],
)
def test_an_hour_is_said_as_people_say_it(value, french, english):
    assert said("fr", dates.hour, value) == french
    assert said("en", dates.hour, value) == english


def test_an_hour_never_breaks_across_lines():
    with translation.override("fr"):
        assert dates.hour(dt.time(13, 30)) == "13\u00a0h\u00a030"


def test_a_span_names_its_day_once_when_it_ends_the_same_day():
    start, end = at(2026, 10, 23, 12, 0), at(2026, 10, 23, 13, 30)
    assert said("fr", dates.span, start, end, now=NOW) == "vendredi 23 octobre, 12 h – 13 h 30"
    assert said("en", dates.span, start, end, now=NOW) == "Friday, October 23, 12 p.m. – 1:30 p.m."


def test_a_span_names_both_days_when_it_ends_another_day():
    start, end = at(2026, 10, 23, 20, 0), at(2026, 10, 24, 8, 0)
    assert said("fr", dates.span, start, end, now=NOW) == "vendredi 23 octobre, 20 h – samedi 24 octobre, 8 h"


@pytest.mark.parametrize(
    ("minutes", "french", "english"),
    [(0, "0 min", "0 min"), (45, "45 min", "45 min"), (60, "1 h", "1 h"), (65, "1 h 05", "1 h 5 min"), (210, "3 h 30", "3 h 30 min")],
)
def test_a_length_of_time_is_said_in_hours_and_minutes(minutes, french, english):
    assert said("fr", dates.duration, minutes) == french
    assert said("en", dates.duration, minutes) == english


@pytest.mark.parametrize(
    ("away", "french", "english"),
    [
        ({"seconds": 10}, "à l’instant", "just now"),
        ({"minutes": -1}, "il y a 1 minute", "1 minute ago"),
        ({"minutes": 40}, "dans 40 minutes", "in 40 minutes"),
        ({"hours": -2}, "il y a 2 heures", "2 hours ago"),
        ({"days": 1}, "demain", "tomorrow"),
        ({"days": -1}, "hier", "yesterday"),
        ({"days": 3}, "dans 3 jours", "in 3 days"),
        ({"days": -21}, "il y a 3 semaines", "3 weeks ago"),
        ({"days": -90}, "il y a 3 mois", "3 months ago"),
        ({"days": 731}, "dans 2 ans", "in 2 years"),
    ],
)
def test_a_distance_in_time_is_rounded_to_the_unit_people_use(away, french, english):
    value = NOW + dt.timedelta(**away)
    assert said("fr", dates.relative, value, now=NOW) == french
    assert said("en", dates.relative, value, now=NOW) == english


def test_a_date_without_hour_is_today_when_it_is_this_day():
    assert said("fr", dates.relative, dt.date(2026, 9, 20), now=NOW) == "aujourd’hui"


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (dt.date(2026, 10, 3), "d’ici le 3 octobre", "by October 3"),
        (dt.date(2026, 9, 20), "à faire aujourd’hui", "due today"),
        (dt.date(2026, 9, 1), "à faire depuis le 1er septembre", "was due by September 1"),
    ],
)
def test_a_deadline_says_whether_it_is_past(value, french, english):
    assert said("fr", dates.due, value, now=NOW) == french
    assert said("en", dates.due, value, now=NOW) == english


def test_the_filters_carry_the_exact_moment_for_machines_and_for_those_who_listen():
    value = at(2020, 10, 23, 12, 0)
    with translation.override("en"):
        html = Template("{% load say %}{{ value|ago }}").render(Context({"value": value}))
    exact = "Friday, October\u00a023, 2020, 12\u00a0p.m."
    assert f'<time datetime="2020-10-23T12:00:00-04:00" title="{exact}">' in html
    assert f'<span class="heard"> ({exact})</span>' in html


@pytest.mark.parametrize("name", ["day", "short_day", "moment", "hour", "ago", "due", "duration", "markdown"])
def test_a_filter_prints_nothing_when_there_is_no_value(name):
    assert Template(f"{{% load say %}}{{{{ value|{name} }}}}").render(Context({"value": None})) == ""
