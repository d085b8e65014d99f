"""What was typed is there again in the other language, after signing in anew, and when a form was open for too long."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from releve.core.filling import forms_of
from releve.core.typed import CARRIED
from releve.workspace.models import Goal
from tests.factories import relationships

pytestmark = pytest.mark.django_db
HERE = {"Origin": "http://testserver"}


@pytest.fixture
def pair():
    return relationships.pair()


@pytest.fixture
def chloe(client, pair):
    client.force_login(pair.chloe)
    return client


def page_of(pair, language="en"):
    with translation.override(language):
        return reverse("workspace:add_goal", args=[pair.relationship.pk])


def typed_form(answer):
    return next(form for form in forms_of(answer.content.decode()) if form.is_posted and form.takes_words)


def texts_in(answer):
    return re.findall(r"<textarea[^>]*>\n?([^<]*)</textarea>", typed_form(answer).body)


def first_field(answer):
    form = typed_form(answer)
    return next(field["name"] for field in form.tags("textarea", "input") if field.get("type", "text") == "text")


def test_the_other_language_takes_along_what_was_typed_and_does_nothing(chloe, pair):
    english = chloe.get(page_of(pair))
    header = english.content.decode().partition("</header>")[0]
    [button] = re.findall(r'<button class="bar-link"[^>]*>', header)
    assert f'formaction="{page_of(pair, "fr")}"' in button
    assert header.index(" hidden></button>") < header.index('class="bar-link"')
    name = first_field(english)
    sent = {CARRIED: page_of(pair), name: "Mener mon budget", "due": "2027-02-03"}
    french = chloe.post(page_of(pair, "fr"), sent, headers=HERE | {"Referer": f"http://testserver{page_of(pair)}"})
    assert french.status_code == 200
    assert 'lang="fr"' in french.content.decode()
    assert "Mener mon budget" in typed_form(french).body
    assert 'value="2027-02-03"' in typed_form(french).body
    assert "no-store" in french["Cache-Control"]
    assert Goal.objects.count() == 0


def test_another_site_fills_no_form_of_ours(chloe, pair):
    name = first_field(chloe.get(page_of(pair)))
    sent = {CARRIED: page_of(pair), name: "Call this number"}
    answer = chloe.post(page_of(pair), sent, headers={"Origin": "http://evil.example"})
    assert "data-carried" not in answer.content.decode()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(pair.chloe)
    assert strict.post(page_of(pair), sent, headers={"Origin": "http://evil.example"}).status_code == 403


def test_an_ended_session_loses_neither_ticks_nor_dates_nor_single_words(chloe, pair):
    name = first_field(chloe.get(page_of(pair)))
    chloe.logout()
    came_from = {"Referer": f"http://testserver{page_of(pair)}", **HERE}
    ended = chloe.post(page_of(pair), {name: "Budget", "due": "2027-02-03"}, headers=came_from)
    assert ended.status_code == 403
    [form] = [form for form in forms_of(ended.content.decode()) if form.is_posted]
    held = {field["name"]: field.get("value") for field in form.tags("input")}
    assert (held[CARRIED], held[name], held["due"]) == (page_of(pair), "Budget", "2027-02-03")
    [button] = re.findall(r'<button class="bar-link"[^>]*>', ended.content.decode())
    assert f'formaction="{page_of(pair, "fr")}"' in button
    in_french = chloe.post(page_of(pair, "fr"), held, headers=came_from)
    assert in_french.status_code == 403
    assert 'value="Budget"' in in_french.content.decode()
    too_soon = chloe.post(form.attributes["action"], held, headers=came_from)
    assert too_soon.status_code == 403
    assert 'value="Budget"' in too_soon.content.decode()
    chloe.force_login(pair.chloe)
    back = chloe.post(form.attributes["action"], held, headers=came_from)
    assert back.status_code == 200
    assert "Budget" in typed_form(back).body
    assert 'value="2027-02-03"' in typed_form(back).body
    assert Goal.objects.count() == 0


def test_a_form_open_for_too_long_is_shown_again_as_it_was(pair):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(pair.chloe)
    name = first_field(strict.get(page_of(pair)))
    came_from = {"Referer": f"http://testserver{page_of(pair)}", **HERE}
    refused = strict.post(page_of(pair), {name: "Budget"}, headers=came_from)
    assert refused.status_code == 403
    [form] = [form for form in forms_of(refused.content.decode()) if form.is_posted]
    held = {field["name"]: field.get("value") for field in form.tags("input")}
    back = strict.post(form.attributes["action"], held, headers=came_from)
    assert "Budget" in typed_form(back).body


def test_words_whose_form_is_gone_are_shown_by_themselves(chloe, pair):
    answer = chloe.post(page_of(pair), {CARRIED: "/en/gone/", "text": "Deux mots"}, headers=HERE)
    assert answer.status_code == 409
    assert "Deux mots" in answer.content.decode()
