"""Every page of accounts, and a form with every type of question, in a real browser: narrow, for screen readers, without a complaint."""

import os
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils.translation import override

from releve.people import actions
from tests.factories.people import person
from tests.factories.questionnaires import EVERY_ANSWER, EVERY_TYPE, response

pytestmark = pytest.mark.urls("tests.people.browser.addresses")
PHOTOS = os.environ.get("PHOTOS")  # a folder, to look at the pages


@pytest.fixture
def open_page(live_server, page):
    """Open a page in a window 320 pixels wide and look at all a machine can see."""
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))

    def look(path=None):
        if path:
            page.goto(f"{live_server.url}{path}")
        page.set_viewport_size({"width": 1100, "height": 900})
        photograph(page, "wide")
        page.set_viewport_size({"width": 320, "height": 640})
        photograph(page, "narrow")
        assert page.evaluate("document.documentElement.scrollWidth") == 320, page.url
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert said == [], page.url

    return look


def photograph(page, size):
    if PHOTOS:
        name = re.sub(r"[^\w]+", "-", page.url.partition("//")[2].partition("/")[2])[:60].strip("-")
        page.screenshot(path=Path(PHOTOS) / f"{name}.{size}.png", full_page=True)


def sign_in(page, live_server, who):
    client = Client()
    client.force_login(who)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])


@pytest.mark.parametrize("language", ["fr", "en"])
def test_pages_for_visitors(open_page, page, language):
    bo = person("Marie-Ève", language=language)
    with override(language):
        link = actions.sign_in_path(bo)
    for path in (
        f"/{language}/account/login/code/?next=/{language}/register/mentor/",
        f"/{language}/account/login/",
        f"/{language}/account/password/reset/",
        f"/{language}/account/open/?next=/{language}/register/mentor/",
        f"/{language}/account/open/",
        f"/{language}/account/inactive/",
        f"/{language}/account/signup/",
        f"/{language}/account/password/reset/done/",
        link,
    ):
        open_page(path)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_is_wrong_and_the_code(open_page, page, live_server, language):
    person("Bo", email="bo@example.org", language=language)
    page.goto(f"{live_server.url}/{language}/account/login/code/?next=/{language}/account/")
    with page.expect_navigation():
        page.locator("main .button").first.click()
    open_page()
    page.locator("#id_email").fill("bo@example.org")
    with page.expect_navigation():
        page.locator("main button.button").first.click()
    open_page()
    page.locator("#id_code").fill("0000")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    open_page()
    page.locator("#id_code").fill(re.search(r"\d{4}-\d{4}", mail.outbox[0].body).group())
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{language}/account/")
    open_page()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_pages_for_the_person(open_page, page, live_server, language):
    bo = person("Marie-Ève de la Chevrotière-Archambault", email="marie-eve.de-la-chevrotiere-archambault@example.org", language=language)
    with override(language):
        actions.give_consent(bo, "account", text="J’accepte.", language="fr", now=bo.created_at)
    sign_in(page, live_server, bo)
    for path in ("", "email/", "password/set/", "logout/"):
        open_page(f"/{language}/account/{path}")
    draft = response(EVERY_TYPE, owner=bo, answers=EVERY_ANSWER)
    open_page(f"/{language}/sample/{draft.pk}/")
    sign_in(page, live_server, person("Bo", language=language, password="une longue phrase à moi"))
    for path in ("", "password/change/", "reauthenticate/"):
        open_page(f"/{language}/account/{path}")
