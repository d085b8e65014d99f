"""January: the coordinator comes in, prepares a cohort, mends what keeps it closed, and opens it."""

from playwright.sync_api import Page, expect

from .cast import AMINA, BO
from .stage import Stage

PROGRAM = "Mentorat du Chapitre du Québec"


def play(stage: Stage) -> None:
    stage.on(2026, 1, 12)
    page = stage.home(AMINA)
    expect(page.get_by_role("heading", name="Vos programmes")).to_be_visible()
    expect(page.get_by_text("Pas encore de cohorte")).to_be_visible()
    stage.picture(page, "01-coordinator-first-page")
    prepare(stage, page)
    mend(stage, page)
    appoint(stage, page)
    open_it(stage, page)
    committee_comes_in(stage)


def prepare(stage: Stage, page: Page) -> None:
    page.get_by_role("link", name=f"Préparer une cohorte : {PROGRAM}").click()
    name = page.get_by_role("group", name="Nom de la cohorte")
    name.get_by_label("Français").fill("Cohorte 2026-2027")
    name.get_by_label("English").fill("2026-2027 cohort")
    page.get_by_label("Premier jour").fill("2026-09-01")
    page.get_by_label("Dernier jour").fill("2026-06-30")  # one digit wrong: the last day before the first
    page.get_by_role("button", name="Préparer la cohorte").click()
    expect(page.get_by_text("Le dernier jour (30 juin 2026) doit venir après le premier (1er septembre 2026).").last).to_be_visible()
    stage.picture(page, "01-crossed-first-and-last-day")
    expect(name.get_by_label("Français")).to_have_value("Cohorte 2026-2027")
    page.get_by_label("Dernier jour").fill("2027-06-30")
    page.get_by_role("button", name="Préparer la cohorte").click()
    expect(page.get_by_text("La cohorte est en préparation")).to_be_visible()
    stage.picture(page, "01-dates")


def mend(stage: Stage, page: Page) -> None:
    """Cross two dates of the calendar, read the sentence, set them right; then give the contact a real address."""
    closes = page.get_by_label("Fin des inscriptions")
    expect(closes).to_have_value("2026-04-30")  # follows the first day: four months before, less a day
    closes.fill("2026-01-31")
    page.get_by_role("button", name="Enregistrer les dates").click()
    crossed = "« Ouverture des inscriptions » (1er février) vient après « Fin des inscriptions » (31 janvier)."
    expect(page.get_by_text(crossed).last).to_be_visible()
    stage.picture(page, "01-crossed-registration")
    closes.fill("")  # emptied, it follows the first day again
    page.get_by_role("button", name="Enregistrer les dates").click()
    expect(page.get_by_text("Les dates sont enregistrées.")).to_be_visible()
    expect(closes).to_have_value("2026-04-30")
    page.get_by_role("link", name="Tableau de bord").first.click()
    expect(page.get_by_role("heading", name="Réglez ce qui empêche l’ouverture")).to_be_visible()
    stage.picture(page, "01-board-of-a-draft")
    page.get_by_role("link", name="Voir ce qui manque").click()
    expect(page.get_by_text("est encore celle de l’exemple")).to_be_visible()
    page.get_by_role("link", name="Aller aux personnes-ressources").click()
    page.get_by_label("Adresse courriel").fill("mentorat@chapitre-du-quebec.ca")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("La personne-ressource est enregistrée.")).to_be_visible()


def appoint(stage: Stage, page: Page) -> None:
    """Name a member of the committee, who reads English."""
    page.get_by_role("link", name="Comité", exact=True).click()
    page.get_by_label("Adresse courriel").fill(BO.email)
    page.get_by_label("Nom", exact=True).fill(BO.name)
    page.get_by_label("English").check()
    page.get_by_label("Membre du comité de mentorat").check()
    stage.picture(page, "01-committee")
    page.get_by_role("button", name="Nommer et écrire à la personne").click()
    expect(page.get_by_text("une lettre l’annonce à Bo Lindqvist")).to_be_visible()


def open_it(stage: Stage, page: Page) -> None:
    page.get_by_role("link", name="Ouverture", exact=True).click()
    expect(page.get_by_role("heading", name="Tout est en place")).to_be_visible()
    expect(page.get_by_text("Les inscriptions ouvrent le 1er février")).to_be_visible()
    stage.picture(page, "01-ready-to-open")
    page.get_by_role("button", name="Ouvrir la cohorte").click()
    expect(page.get_by_text("La cohorte est ouverte, et sa page publique aussi.")).to_be_visible()
    stage.picture(page, "01-board-of-an-empty-cohort")


def committee_comes_in(stage: Stage) -> None:
    """The letter of the appointment leads in without a password, in its reader's language."""
    stage.tick()
    page = stage.follow(BO, "You help to run a program")
    expect(page.get_by_text("This link signs you in with bo@chapitre.test")).to_be_visible()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="2026-2027 cohort").click()
    expect(page.get_by_role("heading", name="2026-2027 cohort")).to_be_visible()
    expect(page.get_by_role("link", name="Pairing").first).to_be_visible()
    expect(page.get_by_role("link", name="Dates, texts and settings")).to_have_count(0)  # the coordinator's
    stage.picture(page, "01-board-for-the-committee")
