"""How to come to pages that no address alone leads to: what a person does in the browser before."""

import re

from django.core import mail
from django.urls import reverse
from playwright.sync_api import Page

from tests.browser.every_page.stage import Stage

SOMEBODY_NEW = "nouvelle.personne@exemple.test"
WITH_PASSWORD = "desrochers"
CODE = re.compile(r"\b\d{4}-\d{4}\b")


def open_account(page: Page, stage: Stage, server: str) -> None:
    """Go to a registration as a visitor: sign-in stands before it, and leads those who have no account here."""
    page.goto(server + reverse("enrolment:register", args=stage.arguments("cohort:next mentee")))
    page.locator(f"main a[href*='{reverse('people:open_account')}']").click()


def ask_for_account(page: Page, stage: Stage, server: str) -> None:
    open_account(page, stage, server)
    page.locator("[name=name]").fill("Nouvelle Personne")
    page.locator("[name=email]").fill(SOMEBODY_NEW)
    page.locator("[name=agrees]").check()
    _send(page)


def ask_for_code(page: Page, stage: Stage, server: str) -> None:
    page.goto(server + reverse("account_request_login_code"))
    page.locator("[name=email]").fill(stage.person("gagnon").email)
    _send(page)


def tick_a_pair(page: Page, stage: Stage, server: str) -> None:
    page.goto(server + reverse("matching:show_pairing", args=stage.arguments("cohort:this")))
    page.locator("[name=pair]").first.check()
    page.locator(f"[formaction='{reverse('matching:swap_pairs', args=stage.arguments('cohort:this'))}']").wait_for()
    page.locator(".bulk button").first.click()


def forget_password(page: Page, stage: Stage, server: str) -> None:
    page.goto(server + reverse("account_reset_password"))
    page.locator("[name=email]").fill(stage.person(WITH_PASSWORD).email)
    _send(page)


def prove_forgotten_password(page: Page, stage: Stage, server: str) -> None:
    forget_password(page, stage, server)
    page.locator("[name=code]").fill(CODE.findall(str(mail.outbox[-1].body))[0])
    _send(page)


def change_address(page: Page, stage: Stage, server: str) -> None:
    page.goto(server + reverse("account_email"))
    page.locator("[name=email]").fill(SOMEBODY_NEW)
    _send(page)


def _send(page: Page) -> None:
    page.locator("main form button.button:not(.plain)").first.click()
    page.wait_for_load_state()
