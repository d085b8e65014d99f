"""The relationships begin: the commitment is signed by both, and stays theirs; expectations and goals are written together."""

from playwright.sync_api import Page, expect

from .cast import AMINA, CHLOE, ETIENNE, GRACE, MARIE_EVE, MINH_ANH, NATHALIE, OWEN, REJEAN, ZOE
from .stage import Stage, Who, take_up


def play(stage: Stage) -> None:
    stage.on(2026, 6, 19)
    for one, other in ((OWEN, GRACE), (MARIE_EVE, ZOE), (REJEAN, ZOE), (ETIENNE, CHLOE)):
        sign(stage, one)
        sign(stage, other)
    stage.tick()
    for who in (OWEN, GRACE, MARIE_EVE, ZOE, REJEAN, ETIENNE, CHLOE):
        assert stage.letters(who)[-1] == who.reads("Votre dyade est confirmée", "Your pair is confirmed"), stage.letters(who)
    stage.on(2026, 9, 8)
    expectations(stage)
    sign(stage, NATHALIE)
    sign(stage, MINH_ANH)
    goals(stage)
    the_committee_sees_only_that_it_is_done(stage)


def sign(stage: Stage, who: Who) -> None:
    """Read the commitment and sign it with one's name."""
    page = stage.home(who)
    take_up(page, who.reads("Signez l’engagement de confidentialité", "Sign the confidentiality commitment"))
    expect(page.get_by_role("heading", name=who.reads("Signatures", "Signatures"))).to_be_visible()
    stage.picture(page, f"08-commitment-{who.language}")
    page.get_by_label(who.reads("Votre nom", "Your name")).fill(who.name)
    page.get_by_role("button", name=who.reads("Signer", "Sign"), exact=True).click()
    expect(page.get_by_text(who.reads("Vous avez signé.", "You have signed."))).to_be_visible()


def expectations(stage: Stage) -> None:
    """Nathalie writes first, on her phone; Minh-Anh goes on where she stopped and marks the page done."""
    page = stage.home(NATHALIE)
    take_up(page, "Écrivez ensemble ce que vous attendez")
    page.get_by_role("checkbox", name="nos parcours").check()
    page.get_by_label("Ce que la personne mentorée espère").fill("Parler sans que ma voix tremble.")
    stage.picture(page, "08-expectations")
    page.get_by_role("button", name="Enregistrer et y revenir").click()
    expect(page.get_by_text("C’est enregistré")).to_be_visible()
    page = stage.home(MINH_ANH)
    take_up(page, "Écrivez ensemble ce que vous attendez")
    expect(page.get_by_label("Ce que la personne mentorée espère")).to_have_value("Parler sans que ma voix tremble.")
    page.get_by_label("Ce que le mentor ou la mentore espère").fill("Apprendre ce que vit la relève.")
    page.get_by_role("button", name="Enregistrer et marquer comme fait").click()
    expect(page.get_by_text("C’est enregistré")).to_be_visible()


def goals(stage: Stage) -> None:
    """Each writes one; both read both."""
    page = stage.home(MINH_ANH)
    take_up(page, "Choisissez deux ou trois objectifs")
    write_goal(page, "Écrire un objectif", "D’ici mars, animer seule la rencontre budgétaire.")
    page = stage.home(NATHALIE)
    page.get_by_role("link", name="Ouvrir notre page").click()
    page.get_by_role("link", name="Objectifs").click()
    expect(page.get_by_role("heading", name="animer seule la rencontre budgétaire")).to_be_visible()
    write_goal(page, "Ajouter un objectif", "Rencontrer trois gestionnaires d’autres régions.")
    stage.picture(page, "08-goals")


def write_goal(page: Page, link: str, words: str) -> None:
    page.get_by_role("link", name=link).click()
    page.get_by_label("L’objectif, en une phrase").fill(words)
    page.get_by_role("button", name="Enregistrer l’objectif").click()
    expect(page.get_by_text("L’objectif est noté")).to_be_visible()


def the_committee_sees_only_that_it_is_done(stage: Stage) -> None:
    page = stage.home(AMINA)
    page.get_by_role("link", name="Cohorte 2026-2027").click()
    page.get_by_role("link", name="Dyades").first.click()
    stage.picture(page, "08-pairs")
    page.get_by_role("link", name=NATHALIE.name).click()
    expect(page.get_by_text("Signé")).to_have_count(2)
    for words in ("voix tremble", "rencontre budgétaire", "Engagement de confidentialité"):
        expect(page.get_by_role("main").get_by_text(words)).to_have_count(0)
    stage.picture(page, "08-pair-for-the-committee")
