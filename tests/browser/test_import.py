"""A list of people comes in through a real browser: mouse, keyboard, phone, and without a script."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Page, expect

from releve.enrolment.models import Participant
from tests.factories.imports import DATA, XLSX, chapter_cohort, coordinator_of, previewed


@pytest.fixture
def cohort():
    return chapter_cohort()


@pytest.fixture
def complaints(page: Page) -> list[str]:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def sign_in(page: Page, live_server, person) -> None:
    client = Client()
    client.force_login(get_user_model().objects.get(pk=person.pk))
    value = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])


def address(live_server, name, cohort, sheet=None, language="fr"):
    with translation.override(language):
        arguments = {"cohort": cohort.pk} | ({"sheet": sheet.pk} if sheet else {})
        return live_server.url + reverse(f"enrolment:{name}", kwargs=arguments)


def faults_of(page: Page) -> list[tuple[str, str]]:
    for summary in page.locator("main summary").all()[:3]:
        summary.click()
    return [(fault["id"], node["html"]) for fault in Axe().run(page).response["violations"] for node in fault["nodes"]]


@pytest.mark.parametrize("script", [True, False])
def test_the_real_file_comes_in_from_choosing_it_to_the_people(browser, live_server, cohort, script):
    page = browser.new_context(java_script_enabled=script).new_page()
    sign_in(page, live_server, coordinator_of(cohort))
    page.goto(address(live_server, "import_file", cohort))
    page.get_by_label("Fichier").set_input_files(DATA / XLSX)
    page.get_by_role("button", name="Lire le fichier").click()
    expect(page.get_by_label("Courriel / Email")).to_have_value("email")
    page.get_by_role("button", name="Voir les lignes").click()
    row = page.get_by_role("article", name="Ligne 14 Noémie Bouchard")
    expect(row.get_by_text("n’est pas une adresse courriel")).to_be_visible()
    row.get_by_label("Courriel / Email").fill("noemie.bouchard@exemple.test")
    page.get_by_role("article", name="Ligne 33").get_by_label("Région / Region").select_option(label="Hors du Québec")
    areas = page.get_by_role("article", name="Ligne 67")
    areas.get_by_label("Apiculture (comme dans le fichier)").uncheck()
    page.get_by_role("button", name="Enregistrer mes corrections et revérifier").click()
    expect(page.get_by_text("Vos corrections sont enregistrées, et toutes les lignes ont été revérifiées.")).to_be_visible()
    page.get_by_role("button", name="Importer 76 personnes").click()
    expect(page.get_by_role("heading", name="La liste est importée")).to_be_visible()
    assert Participant.objects.count() == 76
    page.context.close()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_pages_of_an_import_are_accessible_and_narrow_enough(page: Page, live_server, cohort, complaints, language):
    by = coordinator_of(cohort)
    sign_in(page, live_server, by)
    sheet = previewed(cohort, XLSX)
    pages = [
        address(live_server, "import_file", cohort, language=language),
        address(live_server, "import_columns", cohort, sheet, language),
        address(live_server, "import_rows", cohort, sheet, language),
        address(live_server, "import_rows", cohort, sheet, language) + "?show=all&edit=4",
        address(live_server, "export_people", cohort, language=language),
    ]
    for place in pages:
        page.set_viewport_size({"width": 1200, "height": 900})
        page.goto(place)
        assert (place, faults_of(page)) == (place, [])
        page.set_viewport_size({"width": 320, "height": 640})
        assert (place, page.evaluate("document.documentElement.scrollWidth")) == (place, 320)
    assert complaints == []


def test_a_file_that_cannot_be_read_is_said_beside_the_field(page: Page, live_server, cohort):
    sign_in(page, live_server, coordinator_of(cohort))
    page.goto(address(live_server, "import_file", cohort))
    page.get_by_label("Fichier").set_input_files(DATA / "locked.xlsx")
    page.get_by_label(re.compile("Feuille")).fill("Entries")
    page.get_by_role("button", name="Lire le fichier").click()
    expect(page.locator(".field.faulty").get_by_text("Ce fichier est protégé par un mot de passe.")).to_be_visible()
    expect(page.get_by_label(re.compile("Feuille"))).to_have_value("Entries")
