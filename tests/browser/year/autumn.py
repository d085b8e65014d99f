"""From September to November: pairs meet, note their meetings and agree on their length."""

from datetime import date

from playwright.sync_api import Page, expect

from . import meetings
from .cast import MARIE_EVE, MINH_ANH, NATHALIE, REJEAN, ZOE
from .stage import Stage, Who, take_up


def play(stage: Stage) -> None:
    stage.on(2026, 9, 15)
    note(stage, MINH_ANH, NATHALIE, date(2026, 9, 14), "90")
    confirm(stage, NATHALIE, "1 h 30")
    stage.on(2026, 10, 13)
    note(stage, ZOE, MARIE_EVE, date(2026, 10, 5), "60")
    confirm(stage, MARIE_EVE, "1 h")
    note(stage, ZOE, REJEAN, date(2026, 10, 6), "45")  # Réjean never says a word about it: it counts for nobody
    stage.on(2026, 11, 10)
    two_lengths(stage)


def note(stage: Stage, who: Who, partner: Who, day: date, length: str) -> None:
    """Note a meeting that was not planned here."""
    page = stage.home(who)
    open_pair(page, who, partner)
    page.get_by_role("link", name=who.reads("Rencontres et heures", "Meetings and hours")).click()
    page.get_by_role("link", name=who.reads("Noter une rencontre tenue", "Note a meeting held")).click()
    meetings.write_when(page, who, day, "12:00", length)
    page.get_by_role("button", name=who.reads("Noter la rencontre", "Note the meeting")).click()
    expect(page.get_by_text(who.reads("C’est noté. Le temps compte", "Noted. The time counts"))).to_be_visible()


def open_pair(page: Page, who: Who, partner: Who) -> None:
    """Open, from one's day, the page shared with one partner."""
    card = page.locator("section").filter(has_text=partner.name)
    card.get_by_role("link", name=who.reads("Ouvrir notre page", "Open our page")).last.click()
    expect(page.get_by_role("heading", name=partner.name)).to_be_visible()


def confirm(stage: Stage, who: Who, length: str) -> None:
    """Confirm the length that the other noted."""
    page = stage.home(who)
    take_up(page, who.reads("Confirmez votre rencontre", "Confirm your meeting"))
    page.get_by_role("button", name=who.reads(f"Oui, {length}", f"Yes, {length}")).click()
    expect(page.get_by_text(who.reads(f"Tout le monde s’entend : {length}", f"Everyone agrees: {length}"))).to_be_visible()


def two_lengths(stage: Stage) -> None:
    """Nathalie notes an hour, Minh-Anh an hour and a quarter; nothing counts until they say the same."""
    note(stage, NATHALIE, MINH_ANH, date(2026, 11, 5), "60")
    page = stage.home(MINH_ANH)
    take_up(page, "Confirmez votre rencontre")
    page.get_by_label("Une autre durée").fill("1 h 15")
    page.get_by_role("button", name="Confirmer cette durée").click()
    expect(page.get_by_text("Deux durées")).to_be_visible()
    stage.picture(page, "09-two-lengths")
    stage.tick()
    page = stage.follow(NATHALIE, "deux durées différentes")
    page.get_by_role("button", name="1 h 15").click()
    expect(page.get_by_text("Tout le monde s’entend : 1 h 15")).to_be_visible()
    expect(page.get_by_role("complementary").get_by_text("3 h 45")).to_be_visible()  # 60 + 90 + 75 minutes
    stage.picture(page, "09-agreed")
