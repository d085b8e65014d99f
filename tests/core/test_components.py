"""What the component tags print."""

import datetime as dt
import re

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from releve.core.components import Chip, NextAction, Stage, Step
from releve.core.templatetags.components import initials
from releve.core.widgets import DateInput, Scale, WeeklyGrid


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def printed(source: str, **context) -> str:
    return " ".join(Template("{% load components %}" + source).render(Context(context)).split())


class Form(forms.Form):
    name = forms.CharField(help_text="As you write it.")
    years = forms.IntegerField(required=False)
    reason = forms.ChoiceField(widget=forms.RadioSelect, choices=[("a", "A"), ("b", "B")])
    agrees = forms.BooleanField()


# --- people


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Chloé Bergeron", "CB"),
        ("Marie-Ève de la Chevrotière-Tremblay", "MC"),
        ("jean d’arc", "JD"),
        ("Élodie", "É"),
        ("12 (34)", ""),
        ("", ""),
    ],
)
def test_initials_are_the_first_and_the_last_names(name, letters):
    assert initials(name) == letters


def test_a_person_s_name_is_a_link_when_there_is_a_page():
    assert '<a class="name" href="/p/" translate="no">Bo &lt;b&gt;</a>' in printed('{% person name url="/p/" %}', name="Bo <b>")


# --- who reads


def test_the_pill_says_who_reads_and_explains_itself():
    html = printed('{% reads "self" %}')
    assert 'title="Only you can read this. Nobody on the committee can open it."' in html
    assert '<span class="heard">Who can read this: </span>Only you' in html


def test_the_pill_takes_ready_words():
    assert "You and Zoé" in printed("{% reads words %}", words="You and Zoé")


def test_the_pill_is_left_out_when_nothing_is_said():
    assert printed("{% reads words %}", words="") == ""


# --- a day


def test_the_next_action_says_what_when_how_long_and_who_reads():
    action = NextAction("Sign", "/sign/", "Read and sign", "Bo signed.", dt.date(2020, 10, 3), 90, "members", ["Bo"])
    html = printed("{% next_action action %}", action=action)
    for words in (
        '<h2 id="next-action">Sign</h2>',
        "was due by October\u00a03, 2020</time> · about 1\u00a0h 30\u00a0min",
        '<a class="button" href="/sign/">Read and sign</a>',
        "You and Bo",
        "Bo signed.",
    ):
        assert " ".join(words.split()) in html


def test_the_thread_marks_the_present_step_and_says_every_state():
    steps = [Step("One", "done"), Step("Two", "skipped"), Step("Three", "now", chips=[Chip("2 goals", "pine")]), Step("Four", url="/4/")]
    html = printed("{% thread steps %}", steps=steps)
    assert [words for words in ("– done", "– skipped", "– you are here", "– later") if words in html] == [
        "– done",
        "– skipped",
        "– you are here",
        "– later",
    ]
    assert html.count('aria-current="step"') == 1
    assert '<a href="/4/">Four</a>' in html
    assert "2 goals" in html


def test_the_small_thread_draws_each_step_and_says_the_count():
    html = printed("{% knots 2 5 %}")
    assert [html.count(f'class="{state}"') for state in ("now", "later")] == [1, 2]
    assert html.count('<circle class="done"') == 2
    assert "2 of 5" in html


def test_the_funnel_thins_with_the_counts():
    html = printed('{% funnel stages "Stages" %}', stages=[Stage("registered", 10, "/r/"), Stage("paired", 5), Stage("ended", 0)])
    assert '<a class="stage" href="/r/"><b>10</b> <span>registered</span></a>' in html
    assert 'points="0,2.0 100,16.0 100,48.0 0,62.0"' in html


def test_a_funnel_of_nobody_is_drawn():
    assert "<b>0</b>" in printed('{% funnel stages "Stages" %}', stages=[Stage("registered", 0)])


@pytest.mark.parametrize(("value", "maximum", "width"), [(29, 50, 58), (0, 0, 0), (7, 5, 100), (-1, 5, 0)])
def test_a_bar_stays_within_its_room(value, maximum, width):
    assert f'<rect class="bar-fill" width="{width}" height="10"/>' in printed("{% bar value maximum 'Fit' %}", value=value, maximum=maximum)


def test_what_is_drawn_keeps_its_decimal_points_in_french():
    with translation.override("fr"):
        assert "12,5" not in printed("{% knots 1 3 %}{% bar 1 8 'x' text='y' %}")


# --- forms


def test_a_field_ties_its_label_help_and_error_to_its_input():
    html = printed("{% field form.name %}", form=Form({}))
    assert '<label for="id_name">' in html
    assert '<p class="help" id="id_name_helptext">As you write it.</p>' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html


def test_only_optional_fields_say_so():
    assert "(optional)" in printed("{% field form.years %}", form=Form())
    assert "(optional)" not in printed("{% field form.name %}", form=Form())


def test_a_group_of_choices_is_a_fieldset_with_its_error():
    html = printed("{% field form.reason %}", form=Form({}))
    assert html.startswith('<fieldset class="field faulty" aria-describedby="id_reason_error">')
    assert re.search(r"<legend>Reason\s*</legend>", html)
    assert html.count('type="radio"') == 2


def test_the_summary_leads_to_each_field_and_counts():
    html = printed("{% form_errors form %}", form=Form({"name": "Bo"}))
    assert "There are 2 things to mend" in html
    assert '<a href="#id_reason">Reason</a>' in html
    assert '<a href="#id_agrees">Agrees</a>' in html
    assert "data-focus" in html


def test_the_summary_is_left_out_when_all_is_well():
    assert printed("{% form_errors form %}", form=Form()) == ""


def test_the_grid_of_a_week_gives_back_what_was_ticked():
    rows, columns = [("mon", "Monday"), ("tue", "Tuesday")], [("am", "Morning"), ("eve", "Evening")]

    class Week(forms.Form):
        free = forms.MultipleChoiceField(widget=WeeklyGrid(rows=rows, columns=columns), choices=WeeklyGrid.choices_for(rows, columns))

    form = Week({"free": ["mon:eve", "tue:am"]})
    assert form.is_valid()
    assert form.cleaned_data["free"] == ["mon:eve", "tue:am"]
    html = str(form["free"])
    assert html.count("checked") == 2
    assert 'value="mon:eve" id="id_free_mon_eve" checked' in html
    assert not Week({"free": ["sun:am"]}).is_valid()


def test_a_scale_shows_its_two_ends_and_the_answer():
    class Feeling(forms.Form):
        ready = forms.ChoiceField(widget=Scale(low="Not at all", high="Completely"), choices=[(str(n), str(n)) for n in range(1, 6)])

    html = str(Feeling({"ready": "4"})["ready"])
    assert html.count('type="radio"') == 5
    assert 'value="4"' in html.split("checked")[0].rsplit("<input", 1)[1]
    assert "Not at all" in html
    assert "Completely" in html


def test_a_date_is_written_as_the_browser_s_calendar_wants_it_in_both_languages():
    class When(forms.Form):
        day = forms.DateField(widget=DateInput, initial=dt.date(2026, 10, 3))

    for language in ("fr", "en"):
        with translation.override(language):
            assert 'value="2026-10-03"' in str(When()["day"])


# --- lists


def request(address: str):
    return RequestFactory().get(address)


def test_sorting_keeps_the_filters_and_turns_round():
    html = printed('{% sort "name" "Name" %}', request=request("/?state=care&sort=name&page=3"))
    assert 'aria-sort="ascending"' in html
    assert 'href="?state=care&amp;sort=-name&amp;page=1"' in html


def test_a_column_not_sorted_by_says_no_direction():
    html = printed('{% sort "name" "Name" default="age" %}', request=request("/"))
    assert "aria-sort" not in html
    assert 'href="?sort=name&amp;page=1"' in html


def test_pages_keep_the_filters():
    page = Paginator(range(240), 25).page(4)
    html = printed("{% pagination page %}", page=page, request=request("/?state=care&page=4"))
    assert 'href="?state=care&amp;page=3" rel="prev"' in html
    assert 'href="?state=care&amp;page=5" rel="next"' in html
    assert html.count('aria-current="page"') == 1


def test_one_page_needs_no_links():
    assert printed("{% pagination page %}", page=Paginator(range(3), 25).page(1), request=request("/")) == ""


def test_words_given_to_a_component_are_escaped():
    evil = "<script>x</script>"
    html = printed(
        "{% chip w %}{% person w w %}{% empty w w '/a' w %}{% figure w w note=w %}{% reads w %}{% bar 1 2 w %}"
        "{% details w %}{{ w }}{% enddetails %}{% note 'info' w %}{{ w }}{% endnote %}",
        w=evil,
    )
    assert "<script" not in html
    assert html.count("&lt;script&gt;") == 15
