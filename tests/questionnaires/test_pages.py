"""A form on a page, its drafts, and two windows that disagree."""

import json
import re

import pytest
from django.urls import reverse
from django.utils.translation import override

from releve.questionnaires.models import Response
from tests.factories.people import person
from tests.factories.questionnaires import EVERY_TYPE, form, option, question_data, response

pytestmark = pytest.mark.urls("tests.questionnaires.pages")

ASKED = form(
    question_data("certified", "yes_no", help={"en": "The college’s list tells.", "fr": "La liste du collège le dit."}),
    question_data("number", "text", required=True, enable_when={"question": "certified", "is": True}),
    question_data("health", "long_text", sensitive=True, visibility="matching"),
    question_data("areas", "choices", options=[option("one"), option("none", exclusive=True)], another=True),
)


@pytest.fixture
def chloe(client):
    chloe = person("Chloé", language="en")
    client.force_login(chloe)
    return chloe


def page(client, draft, language="en"):
    with override(language):
        return client.get(reverse("fill_sample", args=[draft.pk]))


def send(client, draft, data, name="fill_sample", **headers):
    with override("en"):
        return client.post(reverse(name, args=[draft.pk]), data, headers=headers)


def test_the_page_says_who_reads_what_is_sensitive_and_when_to_answer(client, chloe):
    html = page(client, response(ASKED, owner=chloe)).content.decode()
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))
    assert "The program committee" in words
    assert "Only those who do the pairing" in words
    assert "Sensitive information" in words
    assert "Answer this if you answered “Yes” to “Certified?”." in words
    assert "The college’s list tells." in words


def test_the_page_speaks_french(client, chloe):
    html = page(client, response(ASKED, owner=chloe), "fr").content.decode()
    assert "Répondez à cette question si vous avez répondu «\u00a0Oui\u00a0» à «\u00a0Certified? (fr)\u00a0»." in html
    assert "Pas encore enregistré" in html


def test_errors_stand_beside_their_field_and_are_announced_with_it(client, chloe):
    html = send(client, response(ASKED, owner=chloe), {"certified": "yes", "_revision": 0}).content.decode()
    assert re.search(r'<ul class="errors" id="id_number_error"><li>.*Answer this question\.</li>', html, re.DOTALL)
    assert re.search(r'<input[^>]*name="number"[^>]*aria-invalid="true"[^>]*aria-describedby="id_number_helptext id_number_error"', html)


def test_a_draft_is_saved_while_somebody_writes(client, chloe):
    draft = response(EVERY_TYPE, owner=chloe)
    answer = send(client, draft, {"motto": "Avancer", "hours": "douze", "_revision": "0"}, "save_sample")
    assert answer.status_code == 200
    assert answer.json()["revision"] == 1
    assert re.fullmatch(r"Saved at \d+(:\d\d)?\u00a0[ap]\.m\.", answer.json()["words"])
    assert answer["Cache-Control"] == "no-store"
    assert Response.objects.get().answers == {"motto": "Avancer", "hours": "douze"}
    assert 'value="douze"' in page(client, draft).content.decode()


@pytest.mark.parametrize("revision", ["0", "", "-1", "x", "9" * 30, "²"])
def test_a_draft_of_a_window_left_behind_is_not_saved_and_says_so(client, chloe, revision):
    draft = response(EVERY_TYPE, owner=chloe, answers={"motto": "New"})
    answer = send(client, draft, {"motto": "Old", "_revision": revision}, "save_sample")
    assert answer.status_code == 409
    assert json.loads(answer.content)["words"].startswith("This form was changed in another window")
    assert Response.objects.get().answers == {"motto": "New"}


def test_a_window_left_behind_sees_both_answers_and_loses_neither(client, chloe):
    draft = response(ASKED, owner=chloe, answers={"certified": False, "health": "Elsewhere"})
    html = send(client, draft, {"certified": "no", "health": "Here", "_revision": "0"}).content.decode()
    assert "These answers were also changed elsewhere" in html
    assert '<span lang="en">Here</span>' in html
    assert '<span lang="en">Elsewhere</span>' in html
    assert html.count('<span lang="en">') == 2  # the answer that is the same is not listed
    assert re.search(r"<textarea[^>]*>\s*Here</textarea>", html)
    assert '<input type="hidden" name="_revision" value="1">' in html


def test_somebody_else_reaches_neither_the_page_nor_the_draft(client, chloe):
    draft = response(ASKED, owner=person("Bo"), answers={"health": "MARKER"})
    assert page(client, draft).status_code == 404
    assert send(client, draft, {"_revision": 1}, "save_sample").status_code == 404
