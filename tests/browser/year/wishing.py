"""May: mentees look through what mentors chose to show, and say whom they would like."""

from playwright.sync_api import Page, expect

from .cast import CHLOE, MARIE_EVE, MINH_ANH, NATHALIE, OWEN, SEAN, ZOE
from .stage import Stage, Who


def play(stage: Stage) -> None:
    stage.on(2026, 5, 4)
    nathalie_names_two(stage)
    marie_eve_names_one(stage)


def nathalie_names_two(stage: Stage) -> None:
    """On a phone: four sheets, no address, nobody who did not agree; two names, then in another order."""
    page = stage.home(NATHALIE)
    page.get_by_role("link", name="Parcourir les fiches").first.click()
    for shown in (CHLOE, MINH_ANH, OWEN, ZOE):
        expect(page.get_by_role("main").get_by_role("link", name=shown.name)).to_be_visible()
    expect(page.get_by_role("main").get_by_text(SEAN.name)).to_have_count(0)
    expect(page.get_by_role("main").get_by_text("@")).to_have_count(0)
    stage.picture(page, "05-sheets")
    page.get_by_role("link", name=CHLOE.name).click()
    expect(page.get_by_text("Le passage de clinicienne à directrice.")).to_be_visible()
    stage.picture(page, "05-a-sheet")
    add(page, NATHALIE, CHLOE)
    add(page, NATHALIE, MINH_ANH)
    page.get_by_role("button", name=f"Monter {MINH_ANH.name}").click()
    expect(page.get_by_role("list").filter(has_text="1.").get_by_role("listitem").first).to_contain_text(MINH_ANH.name)
    stage.picture(page, "05-wishes")


def marie_eve_names_one(stage: Stage) -> None:
    page = stage.home(MARIE_EVE)
    page.get_by_role("link", name="Browse the sheets").first.click()
    add(page, MARIE_EVE, ZOE)


def add(page: Page, who: Who, wished: Who) -> None:
    """Put somebody on one's list."""
    page.get_by_role("button", name=f"{who.reads('Ajouter à ma liste', 'Put on my list')} – {wished.name}").click()
    expect(
        page.get_by_role("button", name=who.reads(f"Retirer {wished.name} de la liste", f"Take {wished.name} off the list"))
    ).to_be_visible()
