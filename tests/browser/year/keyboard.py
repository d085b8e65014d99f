"""Somebody who uses no mouse: Tab to reach, Enter or Space to press, letters to write and to choose."""

from re import Pattern

from playwright.sync_api import Locator, Page

MOST_STOPS = 200  # longer than any page of the year


def reach(page: Page, target: Locator) -> None:
    """Press Tab until something has the focus."""
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"Tab never reaches {target}")


def press(page: Page, role: str, name: str | Pattern[str]) -> None:
    """Follow a link or press a button, and wait for the page it leads to."""
    reach(page, page.get_by_role(role, name=name))
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page: Page, question: str, words: str) -> None:
    reach(page, page.get_by_role("textbox", name=question))
    page.keyboard.type(words)


def choose(page: Page, question: str, option: str) -> None:
    """Choose from a list by typing the beginning of an option."""
    reach(page, page.get_by_role("combobox", name=question))
    page.keyboard.type(option)


def tick(page: Page, box: str) -> None:
    reach(page, page.get_by_role("checkbox", name=box))
    page.keyboard.press("Space")
