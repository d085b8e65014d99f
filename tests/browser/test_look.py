"""The look in a real browser: accessible, within 320 pixels, silent in the console, usable without a script."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect

PARTS = ["", "lists/", "confirm/", "400/", "403/", "csrf/", "404/", "500/"]


@pytest.fixture(autouse=True)
def _developing(settings):
    settings.DEMO = True


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """Collect what the browser says against a page: faults, warnings, what the content policy refused."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def guide(live_server, part: str = "", language: str = "fr") -> str:
    return f"{live_server.url}/{language}/styleguide/{part}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_component_passes_axe_and_the_content_policy(page: Page, live_server, complaints, scheme):
    page.emulate_media(color_scheme=scheme)
    for part in PARTS:
        page.goto(guide(live_server, part))
        for summary in page.locator("summary:visible").all():
            summary.click()
        faults = Axe().run(page).response["violations"]
        assert [(part, fault["id"], node["html"]) for fault in faults for node in fault["nodes"]] == []
    assert complaints == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_nothing_sticks_out_at_320_pixels(page: Page, live_server, language):
    page.set_viewport_size({"width": 320, "height": 640})
    for part in PARTS:
        page.goto(guide(live_server, part, language))
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert (part, wide) == (part, 320)


def test_what_can_be_pressed_is_at_least_24_pixels_high(page: Page, live_server):
    page.set_viewport_size({"width": 360, "height": 640})
    for part in ("", "lists/"):
        page.goto(guide(live_server, part))
        for target in page.locator(
            "button:visible, nav a:visible, input:visible:not([type=hidden]), select:visible, summary:visible"
        ).all():
            box = target.bounding_box()
            assert box["height"] >= 24, target.evaluate("element => element.outerHTML")


def test_the_keyboard_reaches_the_content_first(page: Page, live_server):
    page.goto(guide(live_server))
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text(re.compile("Aller au contenu"))
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_a_table_becomes_cards_on_a_phone(page: Page, live_server):
    page.goto(guide(live_server, "lists/"))
    head = page.locator("thead")
    cell = page.locator("tbody td").first
    assert cell.evaluate("element => getComputedStyle(element).display") == "table-cell"
    assert head.bounding_box()["height"] > 10
    page.set_viewport_size({"width": 360, "height": 640})
    assert cell.evaluate("element => getComputedStyle(element).display") == "block"
    assert head.bounding_box()["height"] <= 1


def test_a_form_says_that_it_is_not_saved_and_asks_before_leaving(page: Page, live_server):
    page.goto(guide(live_server))
    notice = page.locator("[data-unsaved-notice]")
    expect(notice).to_be_hidden()
    page.locator("form[data-unsaved] [name=name]").fill("Chloé")
    expect(notice).to_be_visible()
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(guide(live_server, "lists/"))
    assert asked == ["beforeunload"]


def test_a_second_click_sends_nothing_twice(page: Page, live_server):
    page.goto(guide(live_server, "confirm/"))
    sent = []

    def answer(route):
        sent.append(route.request.method)
        route.fulfill(status=204)  # the page stays

    page.route("**/styleguide/confirm/", answer)
    button = page.get_by_role("button", name="Mettre fin")
    button.click()
    expect(button).to_have_attribute("aria-disabled", "true")
    button.click(force=True)
    page.wait_for_load_state()
    assert sent == ["POST"]


def test_a_fault_of_the_summary_leads_into_its_field(page: Page, live_server):
    page.goto(guide(live_server))
    page.locator(".summary a", has_text="Pourquoi").click()
    expect(page.locator("[name=faulty-reason]").first).to_be_focused()


def test_signing_in_is_reachable_when_there_is_no_script(browser, live_server):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 640})
    page = context.new_page()
    page.goto(guide(live_server, "404/"))
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(f"{live_server.url}{reverse('styleguide', args=['404']).replace('/fr/', '/en/')}")
    context.close()


def test_without_a_script_the_other_language_keeps_what_was_typed_and_enter_does_not_switch_back(browser, live_server):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 640})
    page = context.new_page()
    page.goto(guide(live_server))
    page.locator("form[data-unsaved] [name=name]").fill("Chloé « Zoé » <b>")
    page.locator("header").get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("form[data-unsaved] [name=name]")).to_have_value("Chloé « Zoé » <b>")
    page.locator("form[data-unsaved] [name=name]").press("Enter")
    page.wait_for_load_state()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    context.close()
