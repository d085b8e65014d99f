"""April: the form service's file comes in, with corrections; those in it are invited."""

from django.core import mail
from playwright.sync_api import Page, expect

from tests.factories.imports import DATA, XLSX

from .cast import AMINA
from .stage import Stage


def play(stage: Stage) -> None:
    stage.on(2026, 4, 27)
    page = stage.home(AMINA)
    page.get_by_role("link", name="Cohorte 2026-2027").click()
    bring_in(stage, page)
    mend(stage, page)
    land(stage, page)
    invite(stage, page)


def bring_in(stage: Stage, page: Page) -> None:
    """Choose the file as it is, and look at what each column was taken for."""
    page.get_by_role("link", name="Importer un fichier").click()
    page.get_by_label("Fichier").set_input_files(DATA / XLSX)
    stage.picture(page, "03-import-file")
    page.get_by_role("button", name="Lire le fichier").click()
    expect(page.get_by_label("Courriel / Email")).to_have_value("email")
    expect(page.get_by_label("Supérieur immédiat / Line manager (email)")).to_have_value("line_manager")
    stage.picture(page, "03-import-columns")
    page.get_by_role("button", name="Voir les lignes").click()
    expect(page.get_by_text("84 lignes ont été lues.")).to_be_visible()
    stage.picture(page, "03-import-rows")


def mend(stage: Stage, page: Page) -> None:
    """Mend three rows where they stand; six others stay as the file has them."""
    row = page.get_by_role("article", name="Ligne 14 Noémie Bouchard")
    expect(row.get_by_text("n’est pas une adresse courriel")).to_be_visible()
    row.get_by_label("Courriel / Email").fill("noemie.bouchard@exemple.test")
    page.get_by_role("article", name="Ligne 33").get_by_label("Région / Region").select_option(label="Hors du Québec")
    page.get_by_role("article", name="Ligne 67").get_by_label("Apiculture (comme dans le fichier)").uncheck()
    page.get_by_role("button", name="Enregistrer mes corrections et revérifier").click()
    expect(page.get_by_text("toutes les lignes ont été revérifiées")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="76 à importer")).to_be_visible()
    expect(page.get_by_role("link", name="6 à corriger")).to_be_visible()


def land(stage: Stage, page: Page) -> None:
    page.get_by_role("button", name="Importer 76 personnes").click()
    expect(page.get_by_role("heading", name="La liste est importée")).to_be_visible()
    expect(page.get_by_text("Personne n’a encore reçu de courriel")).to_be_visible()
    stage.picture(page, "03-imported")


def invite(stage: Stage, page: Page) -> None:
    """Look at the letters before they leave, one in each language, then send them: 76, none twice."""
    before = len(mail.outbox)
    page.get_by_role("link", name="Préparer les invitations").click()
    expect(page.get_by_role("heading", name="76 invitations sont prêtes")).to_be_visible()
    expect(page.get_by_text("66 courriels en français")).to_be_visible()
    expect(page.get_by_text("10 courriels en anglais")).to_be_visible()
    stage.picture(page, "03-dry-run")
    stage.tick()
    assert len(mail.outbox) == before  # a dry run sends nothing
    page.get_by_role("button", name="Envoyer 76 invitations").click()
    expect(page.get_by_text("76 invitations sont en route.")).to_be_visible()
    stage.tick()
    stage.tick()
    assert len(mail.outbox) == before + 76
    stage.picture(page, "03-invited")
