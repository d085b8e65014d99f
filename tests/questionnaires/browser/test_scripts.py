"""The scripts of a form, in a real browser: what they show, save and say."""

import re

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from releve.questionnaires.models import Response
from tests.factories.people import person
from tests.factories.questionnaires import form, option, question_data, response

pytestmark = pytest.mark.urls("tests.questionnaires.pages")

ASKED = form(
    question_data("certified", "yes_no"),
    question_data("number", "number", required=True, enable_when={"question": "certified", "is": True}),
    question_data("card", "text", enable_when={"question": "number", "at_least": 5}),
    question_data("areas", "choices", options=[option("one"), option("two"), option("none", exclusive=True)], another=True),
    question_data("week", "availability"),
)


def sign_in(page, live_server, who):
    client = Client()
    client.force_login(who)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])


@pytest.fixture
def draft(live_server, page):
    draft = response(ASKED, owner=person("Chloé", language="en"))
    sign_in(page, live_server, draft.owner)
    page.goto(f"{live_server.url}/en/sample/{draft.pk}/")
    return draft


def test_a_question_appears_when_the_answers_call_for_it(page, draft):
    number, card = page.get_by_label("Number?"), page.get_by_label("Card?")
    expect(number).to_be_hidden()
    page.get_by_label("Yes").check()
    expect(number).to_be_visible()
    expect(card).to_be_hidden()
    number.fill("5,5")
    expect(card).to_be_visible()
    page.get_by_role("button", name="Clear this answer").click()
    expect(number).to_be_hidden()
    expect(card).to_be_hidden()


def test_an_exclusive_answer_empties_the_others(page, draft):
    one, none, another = page.get_by_label("One", exact=True), page.get_by_label("None"), page.get_by_label("Another answer")
    one.check()
    another.check()
    expect(page.get_by_label("Your other answer")).to_be_visible()
    none.check()
    expect(one).not_to_be_checked()
    expect(page.get_by_label("Your other answer")).to_be_hidden()
    one.check()
    expect(none).not_to_be_checked()


def test_what_is_written_is_saved_by_itself_and_sent_with_the_right_revision(page, draft):
    state = page.locator("[data-draft-words]")
    expect(state).to_have_text("")
    page.get_by_label("Monday, Morning").check()
    expect(state).to_have_text("Not saved yet")
    expect(state).to_have_text(re.compile("Saved at"), timeout=8000)
    assert Response.objects.get().answers == {"week": ["mon_morning"]}
    page.get_by_label("Yes").check()
    page.get_by_label("Number?").fill("4")
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/sent/")
    assert Response.objects.get().answers == {"certified": True, "number": 4, "week": ["mon_morning"]}


def test_a_dropped_connection_is_said_and_mended_by_itself(page, draft):
    state = page.locator("[data-draft-words]")
    page.context.set_offline(True)
    page.get_by_label("Monday, Morning").check()
    expect(state).to_have_text(re.compile("The connection dropped"), timeout=8000)
    page.context.set_offline(False)
    expect(state).to_have_text(re.compile("Saved at"), timeout=12000)


def test_an_ended_session_is_said_and_the_text_stays_until_it_is_saved(page, draft, live_server):
    page.context.clear_cookies()
    page.get_by_label("Monday, Morning").check()
    expect(page.locator("[data-draft-words]")).to_have_text(re.compile("Your session has ended"), timeout=8000)
    expect(page.get_by_role("link", name="Sign in in a new window")).to_be_visible()
    expect(page.get_by_label("Monday, Morning")).to_be_checked()
    sign_in(page, live_server, draft.owner)
    page.context.add_cookies([{"name": "csrftoken", "value": "b" * 32, "url": live_server.url}])  # signing in renews it
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator("[data-draft-words]")).to_have_text(re.compile("Saved at"), timeout=8000)
    assert Response.objects.get().answers == {"week": ["mon_morning"]}
