"""A walk through pages of the product: one window per person, one language."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings as django_settings
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Browser, Page
from playwright.sync_api import Error as PlaywrightError

from tests.browser.every_page.looking import WIDE, Complaints, look
from tests.browser.every_page.purity import Purity
from tests.browser.every_page.stage import VISITOR, Stage, own_words
from tests.browser.every_page.visits import Visit, Way

LANGUAGES = ["fr", "en"]
PATIENCE_MILLISECONDS = 10_000


class Round:
    """A walk through pages in one language, person after person."""

    def __init__(self, browser: Browser, server: str, stage: Stage, language: str, *, everything: bool = False) -> None:
        self.browser, self.server, self.stage, self.language = browser, server, stage, language
        self.everything = everything  # every state of a page, dark colours and axe on a phone too
        self.purity = Purity(own_words())
        self.pages_by_title: dict[str, set[str]] = defaultdict(set)

    def visit(self, pages: dict[str, list[Visit]]) -> list[str]:
        """Visit pages, and return every fault with the page, its object and the person."""
        faults = []
        for who, visits in self._by_person(pages).items():
            with self._window_of(who) as (page, complaints):
                for name, visit in visits:
                    found = self._come(page, name, visit) + complaints.taken(visit.status)
                    faults += [f"{name} [{visit.at}] {self.language} {who or 'visitor'}: {fault}" for fault in found]
        shared = {title: names for title, names in self.pages_by_title.items() if len(names) > 1}
        return [*faults, *(f"the title {title!r} stands on {sorted(names)}" for title, names in shared.items())]

    def _by_person(self, pages: dict[str, list[Visit]]) -> dict[str, list[tuple[str, Visit]]]:
        found = defaultdict(list)
        for name, visits in pages.items():
            for visit in visits:
                if self.everything or not visit.rarer:
                    found[visit.who].append((name, visit))
        return found

    @contextmanager
    def _window_of(self, who: str) -> Iterator[tuple[Page, Complaints]]:
        with self.browser.new_context(viewport=WIDE, locale=self.language, reduced_motion="reduce") as context:
            context.set_default_timeout(PATIENCE_MILLISECONDS)
            if who:
                session = {"name": django_settings.SESSION_COOKIE_NAME, "value": self.stage.session_of(who), "url": self.server}
                context.add_cookies([session])
            page = context.new_page()
            yield page, Complaints(page)

    def _come(self, page: Page, name: str, visit: Visit) -> list[str]:
        if visit.who == VISITOR:
            page.context.clear_cookies()  # the last visit may have left something half done
        with override(self.language):
            wanted = reverse(name, args=self.stage.arguments(visit.at))
            elsewhere = self._go_by(visit.way, page, wanted) if visit.way else self._go(page, wanted, visit)
        if elsewhere:
            return [elsewhere]
        try:
            return self.look(page, name, visit)
        except PlaywrightError as error:
            return [f"cannot be used: {error}"]

    def look(self, page: Page, name: str, visit: Visit) -> list[str]:
        """Say what is wrong with the page in view."""
        looked = look(page, self.purity, self.language, dark=self.everything or visit.dark, phone_axe=self.everything)
        self.pages_by_title[looked.title].add(name)
        return looked.faults

    def _go(self, page: Page, wanted: str, visit: Visit) -> str:
        """Open one page; say where it led instead."""
        query = f"?{visit.query}" if visit.query else ""
        address = self.server + wanted + query
        response = page.goto(address)
        status = response.status if response else 0
        return "" if (page.url, status) == (address, visit.status) else f"led to {page.url} with {status}"

    def _go_by(self, way: Way, page: Page, wanted: str) -> str:
        try:
            way(page, self.stage, self.server)
        except PlaywrightError as error:
            return f"cannot be reached from {page.url}: {error}"
        return "" if page.url.startswith(self.server + wanted) else f"led to {page.url}"
