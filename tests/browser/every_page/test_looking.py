"""The look at a page finds each fault that it is there to find, and nothing on a page without any."""

import random

import pytest
from playwright.sync_api import Page

from tests.browser.every_page.looking import MOST_BYTES, WIDE, Complaints, look
from tests.browser.every_page.purity import Purity

WRITTEN = "Apprendre à dire non avant midi."
SOUND = """<!doctype html>
<html lang="fr">
  <head><title>Essai</title><style>:focus-visible {{ outline: 3px solid #000 }} p {{ max-width: 100% }}</style></head>
  <body><main><h1>Essai</h1>{}</main></body>
</html>"""

# Hexadecimal digits at random: packing leaves a little more than half.
NOISE = random.Random(1).randbytes(MOST_BYTES).hex()

FAULTS = {
    "<p>Today</p>": "a text in en, in text: 'Today'",
    '<p title="Today">Bonjour</p>': "a text in en, in title",
    '<label>Nom <input placeholder="Today"></label>': "a text in en, in placeholder",
    "<select aria-label='Jour'><option>Today</option></select>": "a text in en, in text",
    "<p>Mercredi · Today</p>": "a text in en",
    '<p><span lang="fr">Today</span></p>': "a text in en",
    "<p>This is not what you would have written, which is fine.</p>": "sounds like en",
    f"<p>{WRITTEN}</p>": "somebody's own words without a language",
    "<p>Le 2026-11-22 au soir</p>": "a date as machines write it",
    "<p>capitale_nationale</p>": "a name of the code",
    "<p>None</p>": "a value of the code",
    "<p>Bonjour %(name)s</p>": "markup",
    "<p>L'heure du midi</p>": "a straight apostrophe",
    "<p>Ça va ?</p>": "an ordinary space",
    "<h1>Encore</h1>": "its h1 are ['Essai', 'Encore']",
    '<p style="color: #bbb">Bonjour</p>': "axe color-contrast",
    '<img src="data:,">': "axe image-alt",
    '<a href="#" style="outline: none">Aller plus loin</a>': "shows no focus",
    '<button style="all: unset; width: 12px; height: 12px; background: #000">a</button>': "at 320 px a target under 24 px",
    '<div style="width: 40rem">large</div>': "at 320 px the page is 6",
    '<div style="overflow-x: auto"><div style="width: 40rem">large</div></div>': "at 320 px scrolls sideways",
    f"<p hidden data-noise='{NOISE}'></p>": "the first visit loads 1",
}
HARMLESS = [
    '<p lang="en">Today</p>',
    f'<p lang="fr">{WRITTEN}</p>',
    f"<label>Objectif <textarea>{WRITTEN}</textarea></label>",
    '<p translate="no">Today</p>',
    "<p>Français, English</p>",
    "<p>Mentor·e</p>",
    "<code>capitale_nationale</code>",
]


@pytest.fixture
def purity(db) -> Purity:
    return Purity([WRITTEN])


def faults_of(page: Page, purity: Purity, piece: str) -> list[str]:
    page.set_viewport_size(WIDE)
    page.set_content(SOUND.format(piece))
    return look(page, purity, "fr", dark=False, phone_axe=False).faults


def test_each_fault_is_found(page, purity):
    unseen = [piece[:80] for piece, fault in FAULTS.items() if not any(fault in found for found in faults_of(page, purity, piece))]
    assert unseen == []


def test_a_page_without_a_fault_has_none(page, purity):
    assert faults_of(page, purity, "".join(HARMLESS)) == []


def test_a_page_in_the_other_language_is_found(page, purity):
    page.set_content(SOUND.format("<p>Bonjour</p>"))
    assert "its language is 'fr'" in look(page, purity, "en", dark=False, phone_axe=False).faults


def test_what_the_browser_says_is_heard(page):
    complaints = Complaints(page)
    page.set_content(SOUND.format('<script>console.error("aïe")</script><img alt="" src="http://127.0.0.1:9/nothing.png">'))
    page.wait_for_load_state("networkidle")
    said = "\n".join(complaints.taken(200))
    assert "aïe" in said
    assert "not loaded: http://127.0.0.1:9/nothing.png" in said
    assert complaints.taken(200) == []


def test_what_the_content_policy_refuses_is_heard(page, live_server):
    complaints = Complaints(page)
    page.goto(f"{live_server.url}/fr/account/login/")
    with page.expect_console_message():
        page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img alt=\"\" src=\"https://elsewhere.test/pixel.png\">')")
    assert any("Content Security Policy" in words for words in complaints.taken(200))
