"""The end of April: some people of the file follow their letter and confirm, with suggestions or without; most never do."""

from playwright.sync_api import expect

from .cast import AMINA, CHLOE, ETIENNE, MARIE_EVE, MINH_ANH, PATRICE, REJEAN, SEAN, ZOE
from .registering import SHEET, SUGGESTIONS, TAKING_PART, agree
from .stage import Stage, Who

INVITATION = ("Votre inscription au mentorat", "Your mentoring registration")


OFFER = ("Qu’avez-vous à offrir", "What can you offer")
SEEK = ("Que cherchez-vous", "What are you looking for")
OBJECTIVE = ("Qu’aimeriez-vous avoir accompli", "What would you like to have done")


def play(stage: Stage) -> None:
    stage.on(2026, 4, 28)
    confirm(stage, MINH_ANH, {OFFER: "Dix ans de santé publique et deux réorganisations."}, SUGGESTIONS, SHEET)
    confirm(stage, ZOE, {OFFER: "I have led research teams through three mergers."}, SUGGESTIONS, SHEET)
    confirm(stage, SEAN, {OFFER: "La gestion de crise, en région."})
    confirm(stage, CHLOE, {OFFER: "Le passage de clinicienne à directrice."}, SHEET, letter_of="%2Fmentor%2F")
    confirm(stage, MARIE_EVE, {SEEK: "Someone who changed careers.", OBJECTIVE: "Know what I want next."}, SUGGESTIONS)
    confirm(stage, ETIENNE, {SEEK: "Quelqu’un du Nord.", OBJECTIVE: "Bâtir une équipe stable."})
    confirm(stage, REJEAN, {SEEK: "Une écoute.", OBJECTIVE: "Une alliance avec le milieu communautaire."}, SUGGESTIONS)
    one_wants_out(stage)


def confirm(stage: Stage, who: Who, missing: dict[tuple[str, str], str], *purposes: tuple[str, str], letter_of: str = "") -> None:
    """Read over what the file knew, add what it had no column for, agree to what one wants, confirm."""
    page = stage.follow(who, who.reads(*INVITATION), letter_of)
    page.get_by_role("button", name=who.reads("Continuer", "Continue")).click()
    expect(page.get_by_role("heading", name=who.reads("Inscription au mentorat", "Mentorship registration"))).to_be_visible()
    expect(page.get_by_role("button", name=who.reads("Confirmer mon inscription", "Confirm my registration"))).to_be_visible()
    stage.picture(page, f"04-confirming-{who.language}")
    for question, words in missing.items():
        page.get_by_role("textbox", name=who.reads(*question)).fill(words)
    agree(page, who, TAKING_PART, *purposes)
    page.get_by_role("button", name=who.reads("Confirmer mon inscription", "Confirm my registration")).click()
    expect(page.get_by_role("heading", name=who.reads("Votre inscription est arrivée", "Your registration is in"))).to_be_visible()


def one_wants_out(stage: Stage) -> None:
    """Somebody telephones: no registration of his. The coordinator closes his place, with a word."""
    page = stage.home(AMINA)
    page.get_by_role("link", name="Personnes").first.click()
    expect(page.get_by_role("link", name="Tout le monde 79")).to_be_visible()  # 76 of the file, three by hand
    expect(page.get_by_role("link", name="À confirmer 69")).to_be_visible()
    expect(page.get_by_role("link", name="Inscription reçue 10")).to_be_visible()
    stage.picture(page, "04-people")
    page.get_by_role("textbox", name="Recherche").fill("lachance")
    page.get_by_role("button", name="Afficher").click()
    expect(page.get_by_role("row")).to_have_count(3)  # the head, Patrice, Sean
    page.get_by_role("link", name="Patrice Lachance").click()
    stage.picture(page, "04-a-person-for-the-committee")
    page.get_by_role("link", name="Mettre fin à sa participation").click()
    page.get_by_label("Pourquoi").fill("Au téléphone : cette inscription n’était pas la sienne.")
    stage.picture(page, "04-closing-a-place")
    page.get_by_role("button", name="Mettre fin à la participation").click()
    expect(page.get_by_text("Patrice Lachance ne participe plus")).to_be_visible()
    stage.tick()
    assert "Votre participation au programme a pris fin" in stage.letters(PATRICE)
