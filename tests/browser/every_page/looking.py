"""Look at one page in the browser and say everything that is wrong with it."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.staticfiles import finders
from playwright.sync_api import Page, Response

from tests.browser.every_page.purity import Purity, Said

MEASURES = Path(__file__).with_name("looking.js").read_text(encoding="utf-8")
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
MOST_BYTES = 150_000
ALREADY_SMALL = {".woff2"}
AXE = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
ONLY_COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast"]}


@dataclass
class Looked:
    """What one look brought: the title, to compare with the others', and every fault."""

    title: str = ""
    faults: list[str] = field(default_factory=list)


class Complaints:
    """What the browser says against a page: faults, warnings, what the content policy refused, what did not load."""

    def __init__(self, page: Page) -> None:
        self._said: list[str] = []
        page.on("console", lambda message: self._hear(message.text) if message.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: self._hear(str(error)))
        page.on("requestfailed", lambda request: self._hear(f"not loaded: {request.url} {request.failure}"))
        page.on("response", self._hear_response)

    def _hear(self, words: str) -> None:
        self._said.append(words)

    def _hear_response(self, response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self._hear(f"{response.status} {response.url}")

    def taken(self, status: int) -> list[str]:
        """Return what was said since the last time; a page that is meant to refuse may be called a failure."""
        said, self._said = self._said, []
        return [f"the browser complains: {words}" for words in said if not (status >= 400 and f"status of {status}" in words)]


def look(page: Page, purity: Purity, language: str, *, dark: bool, phone_axe: bool) -> Looked:
    """Measure the page that stands in the browser: wide, with the keyboard, narrow, and in the dark."""
    page.evaluate(MEASURES)
    page.evaluate("looking.openDetails()")
    facts = page.evaluate("looking.facts()")
    looked = Looked(facts["title"])
    looked.faults += _faults_of_head(facts, language)
    if (weight := bytes_of(page, facts["loaded"])) > MOST_BYTES:
        looked.faults.append(f"the first visit loads {weight // 1000} kB")
    looked.faults += _faults_of_words(page, purity, language)
    looked.faults += axe_faults(page)
    page.keyboard.press("Tab")
    looked.faults += page.evaluate("looking.invisibleFocus()")
    looked.faults += _faults_on_phone(page, axe=phone_axe)
    if dark:
        page.emulate_media(color_scheme="dark")
        looked.faults += [f"dark: {fault}" for fault in axe_faults(page, ONLY_COLOURS)]
        page.emulate_media(color_scheme="light")
    return looked


def look_again(page: Page, purity: Purity, language: str) -> list[str]:
    """Measure what changes when something was sent or opened: words, axe, and the room on a phone."""
    page.evaluate(MEASURES)
    page.evaluate("looking.openDetails()")
    faults = [*_faults_of_words(page, purity, language), *axe_faults(page)]
    return [*faults, *_faults_on_phone(page, axe=False)]


def _faults_of_head(facts: dict[str, Any], language: str) -> Iterator[str]:
    if facts["language"] != language:
        yield f"its language is {facts['language']!r}"
    if len(facts["headings"]) != 1 or not facts["headings"][0]:
        yield f"its h1 are {facts['headings']}"
    if not facts["title"].partition(" · ")[0].strip():
        yield "it has no title"


def _faults_of_words(page: Page, purity: Purity, language: str) -> Iterator[str]:
    for said in page.evaluate("looking.collectTexts()"):
        yield from purity.faults(Said(**said), language)


def _faults_on_phone(page: Page, *, axe: bool) -> Iterator[str]:
    page.set_viewport_size(NARROW)
    yield from (f"at 320 px {fault}" for fault in page.evaluate("looking.overflow()"))
    yield from (f"at 320 px a target under 24 px: {element}" for element in page.evaluate("looking.smallTargets()"))
    if axe:
        yield from (f"at 320 px {fault}" for fault in axe_faults(page))
    page.set_viewport_size(WIDE)


def axe_faults(page: Page, options: dict[str, Any] = AXE) -> list[str]:
    violations = Axe().run(page, options=options).response["violations"]
    return [f"axe {fault['id']}: {node['html'][:160]}" for fault in violations for node in fault["nodes"]]


def bytes_of(page: Page, loaded: list[str]) -> int:
    """Count a first visit: the page and its files as they are packed for sending."""
    files = {urlsplit(address).path for address in loaded}
    return len(gzip.compress(page.content().encode())) + sum(_packed(path) for path in files)


@cache
def _packed(path: str) -> int:
    found = finders.find(path.removeprefix(f"/{settings.STATIC_URL.strip('/')}/"))
    if found is None:
        return 0
    content = Path(found).read_bytes()
    return len(content) if Path(found).suffix in ALREADY_SMALL else len(gzip.compress(content))
