"""Values written into a rendered form, as a browser would hold them."""

import pytest
from django.http import QueryDict

from releve.core.filling import filled, forms_of

PAGE = """<form method="get"><input name="q"></form>
<form method="post" action="/fr/one/?a=1">
<input type="hidden" name="csrfmiddlewaretoken" value="new"><input type="hidden" name="_revision" value="3">
<input name="title" title="the value > none" value="old"><input type="date" name="day"><input type="file" name="paper">
<input type="password" name="new_password" value="">
<input type="checkbox" name="area" value="a" checked><input type="checkbox" name="area" value="b">
<input type="radio" name="way" value="x"><input type="radio" name="way" value="y" checked>
<select name="role"><option value="m">Mentor</option><option value="n" selected>Mentee</option><option>Autre</option></select>
<textarea name="text" rows="3">before</textarea>
<input name="line" value="1"><input name="line" value="2">
<button name="save">Save</button></form>"""


def values(text):
    return QueryDict(text, mutable=True)


def form(page):
    return next(form for form in forms_of(page) if form.is_posted)


def test_every_kind_of_field_takes_its_value_and_nothing_else_changes():
    given = values("csrfmiddlewaretoken=old&_revision=2&title=&day=2026-11-03&new_password=s&area=b&way=x&role=Autre&line=8&line=9")
    given["title"] = 'Une « fin » & "suite" <b>'
    given["text"] = "Deux\r\nlignes </textarea>"
    page = filled(PAGE, given, sent_to="/en/one/", here="/fr/one/")
    fields = form(page).tags("input")
    written = {
        field["name"]: field.get("value") for field in fields if field["type" if "type" in field else "name"] not in {"checkbox", "radio"}
    }
    assert written["csrfmiddlewaretoken"] == "new"
    assert written["_revision"] == "2"
    assert written["title"] == "Une « fin » &amp; &quot;suite&quot; &lt;b&gt;"
    assert (written["day"], written["new_password"]) == ("2026-11-03", "")
    assert [field["value"] for field in fields if "checked" in field] == ["b", "x"]
    assert [field["value"] for field in fields if field["name"] == "line"] == ["8", "9"]
    assert "<option selected>Autre" in page
    assert page.count("selected") == 1
    assert "\nDeux\r\nlignes &lt;/textarea&gt;</textarea>" in page
    assert 'title="the value > none"' in page
    assert page.startswith('<form method="get"><input name="q"></form>')


@pytest.mark.parametrize("sent_to", ["/fr/two/", "http://evil.example/fr/one/"])
def test_a_form_that_is_sent_elsewhere_is_left_alone(sent_to):
    assert filled(PAGE, values("title=x"), sent_to=sent_to, here="/fr/page/") is None


def test_a_form_without_address_is_that_of_its_page():
    page = '<form method="post"><input name="a"></form>'
    assert 'value="1"' in filled(page, values("a=1"), sent_to="/en/page/", here="/fr/page/")
    assert filled(page, values("a=1"), sent_to="/en/page/", here="/fr/other/") is None


def test_forms_alike_are_told_apart_by_whom_they_concern():
    rows = "".join(f'<form method="post" action="/x/"><input type="hidden" name="who" value="{n}"><input name="a"></form>' for n in (1, 2))
    page = filled(rows, values("who=2&a=me"), sent_to="/x/", here="/y/")
    assert [[field.get("value") for field in one.tags("input")] for one in forms_of(page)] == [["1", None], ["2", "me"]]
    assert filled(rows, values("who=3&a=me"), sent_to="/x/", here="/y/") is None


def test_only_forms_that_take_words_are_worth_carrying():
    assert [one.takes_words for one in forms_of(PAGE)] == [True, True]
    assert not form('<form method="post"><input type="hidden" name="a"><button>Go</button></form>').takes_words
    assert form(PAGE).first_button == {"name": "save"}
