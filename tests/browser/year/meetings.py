"""Meetings as members plan, note and confirm them, each on their own page."""

from datetime import date

from playwright.sync_api import Page, expect

from .stage import Who


def plan(page: Page, who: Who, day: date, hour: str, length: str, *, place: str = "", agenda: str = "") -> None:
    """Suggest a date, by video."""
    write_when(page, who, day, hour, length)
    page.get_by_label(who.reads("Lieu, numéro ou lien", "Place, number or link")).fill(place)
    page.get_by_label(who.reads("De quoi aimeriez-vous parler", "What you would like to talk about")).fill(agenda)
    page.get_by_role("button", name=who.reads("Planifier une rencontre", "Plan the meeting")).click()
    expect(page.get_by_text(who.reads("La rencontre est planifiée", "The meeting is planned"))).to_be_visible()


def write_when(page: Page, who: Who, day: date, hour: str, length: str) -> None:
    page.get_by_label(who.reads("Jour", "Day"), exact=True).fill(day.isoformat())
    page.get_by_label(who.reads("Heure", "Hour"), exact=True).fill(hour)
    page.get_by_label(who.reads("Durée", "Length"), exact=True).fill(length)
    page.get_by_role("radio", name=who.reads("Par vidéo", "By video")).check()


def report(page: Page, who: Who, length: str, notes: str = "") -> None:
    """Say that a planned meeting was held, and how long."""
    page.get_by_label(who.reads("Combien de temps a-t-elle duré", "How long did it last")).fill(length)
    page.get_by_label("Notes").fill(notes)
    page.get_by_role("button", name=who.reads("Elle a eu lieu", "It was held")).click()
    expect(page.get_by_text(who.reads("C’est noté. Le temps compte", "Noted. The time counts"))).to_be_visible()
