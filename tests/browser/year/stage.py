"""The stage of the year: real browsers, the calendar, the mailbox, the ticks, and what nobody should ever see."""

import os
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect

from releve.config.tick import run_jobs

HERE = ZoneInfo("America/Toronto")
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
PATIENCE_MILLISECONDS = 15_000
NOWHERE = """addEventListener("DOMContentLoaded", () => {
  for (const link of document.querySelectorAll('a:not([href]), a[href=""]')) console.error("a link leads nowhere: " + link.textContent)
})"""
PICTURES = os.environ.get("YEAR_PICTURES")  # a folder: each scene leaves what its people saw


@dataclass(frozen=True)
class Who:
    """Somebody of the year. `phone` people never see a wider screen."""

    name: str
    email: str
    language: str = "fr"
    phone: bool = False

    def reads(self, french: str, english: str) -> str:
        """Choose the words that stand on this person's pages."""
        return french if self.language == "fr" else english


def take_up(page: Page, task: str) -> None:
    """Follow what waits for somebody, whether their page shows it as the next step or further down."""
    further_down = page.get_by_role("link", name=task)
    page.get_by_role("region", name=task).get_by_role("link").or_(further_down).first.click()


@dataclass
class Stage:
    """Everything the chapters share; people and places are found by the words on the pages."""

    browser: Browser
    address: str
    clock: object  # time_machine's traveller
    contexts: dict[str, BrowserContext] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)

    def on(self, year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> None:
        """Let time pass, then let the worker have its turn."""
        self.clock.move_to(datetime(year, month, day, hour, minute, tzinfo=HERE).astimezone(UTC))
        self.tick()

    def tick(self) -> None:
        failed = [outcome.job for outcome in run_jobs(timezone.now()) if outcome.count is None]
        assert failed == []

    def newcomer(self, who: Who) -> Page:
        """Open the front page: the only address that anybody types."""
        page = self._context(who).new_page()
        page.goto(self.address)
        return page

    def home(self, who: Who) -> Page:
        """Open one's page, signing in by a code from the mailbox where the site asks for it."""
        page = self.newcomer(who)
        if page.get_by_role("button", name=who.reads("Compte\N{NO-BREAK SPACE}:", "Account of")).count():
            return page
        sign_in = who.reads("Se connecter", "Sign in")
        page.get_by_role("main").get_by_role("link", name=sign_in).first.click()
        self.give_code(page, who)
        return page

    def open_account(self, page: Page, who: Who) -> None:
        """Open an account on the way to what somebody wanted, by a code from the mailbox."""
        page.get_by_role("link", name=who.reads("Ouvrir un compte", "Open an account")).click()
        page.get_by_role("textbox", name=who.reads("Adresse courriel", "Email address")).fill(who.email)
        page.get_by_role("textbox", name=who.reads("Votre nom", "Your name")).fill(who.name)
        page.get_by_role("checkbox", name=who.reads("J’accepte", "I agree")).check()
        self.picture(page, f"open-an-account-{who.language}")
        page.get_by_role("button", name=who.reads("M’envoyer un code", "Send me a code")).click()
        self.type_code(page, who)

    def give_code(self, page: Page, who: Who) -> None:
        """Ask for a code, read it in the mailbox, type it."""
        page.get_by_role("textbox", name=who.reads("Adresse courriel", "Email address")).fill(who.email)
        page.get_by_role("button", name=who.reads("M’envoyer un code", "Send me a code")).click()
        self.type_code(page, who)

    def type_code(self, page: Page, who: Who) -> None:
        box = page.get_by_role("textbox", name="Code")
        expect(box).to_be_visible()
        box.fill(self.code(who))
        page.get_by_role("button", name=who.reads("Continuer", "Continue")).click()

    def code(self, who: Who) -> str:
        """Read the code of the newest letter, sent while the page still loads or before."""
        return re.search(r"\b\d{4}-\d{4}\b", self.letter(who).body)[0]

    def letter(self, who: Who, subject: str = "", holds: str = "") -> EmailMultiAlternatives:
        """Take the newest letter to somebody, by a part of its subject or of its text."""
        found = [one for one in mail.outbox if one.to == [who.email] and subject in one.subject and holds in one.body]
        assert found, (who.email, subject, [one.subject for one in mail.outbox if one.to == [who.email]])
        return found[-1]

    def letters(self, who: Who) -> list[str]:
        """List the subjects of everything somebody received."""
        return [one.subject for one in mail.outbox if one.to == [who.email]]

    def follow(self, who: Who, subject: str, holds: str = "") -> Page:
        """Follow the link of a letter, signing in by a code where the site asks for it."""
        page = self._context(who).new_page()
        page.goto(re.search(re.escape(self.address) + r"\S+", self.letter(who, subject, holds).body)[0])
        if page.get_by_role("button", name=who.reads("M’envoyer un code", "Send me a code")).count():
            self.give_code(page, who)
        return page

    def picture(self, page: Page, name: str) -> None:
        """Keep what somebody sees, wide and narrow, for whoever asked to look."""
        if not PICTURES:
            return
        own = page.viewport_size
        for width, suffix in ((DESKTOP, "wide"), (PHONE, "phone")):
            page.set_viewport_size(width)
            page.screenshot(path=Path(PICTURES) / f"{name}-{suffix}.png", full_page=True)
        page.set_viewport_size(own)

    def leave(self) -> None:
        """Close every browser."""
        for context in self.contexts.values():
            context.close()
        self.contexts.clear()

    def _context(self, who: Who) -> BrowserContext:
        if who.email not in self.contexts:
            size = {"viewport": PHONE, "has_touch": True, "is_mobile": True} if who.phone else {"viewport": DESKTOP}
            context = self.browser.new_context(locale=f"{who.language}-CA", accept_downloads=True, **size)
            context.set_default_timeout(PATIENCE_MILLISECONDS)
            context.add_init_script(NOWHERE)
            context.on("console", lambda said: self._hear(said.type, said.text))
            context.on("weberror", lambda error: self._hear("error", str(error.error)))
            context.on("response", self._look)
            self.contexts[who.email] = context
        for page in self.contexts[who.email].pages:
            page.close()
        return self.contexts[who.email]

    def _hear(self, kind: str, text: str) -> None:
        """Collect faults of pages and what the content policy refused."""
        if kind in {"error", "warning"}:
            self.complaints.append(text)

    def _look(self, response: Response) -> None:
        """Collect answers that nobody who follows links should get."""
        if response.status >= 400:
            self.complaints.append(f"{response.status} {response.request.method} {response.url}")
