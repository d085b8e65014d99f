"""The product without JavaScript: every page stands, and what people come for can be done."""

import datetime as dt

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from playwright.sync_api import Page, expect

from tests.browser.every_page.looking import WIDE
from tests.browser.every_page.stage import VISITOR, Stage
from tests.browser.every_page.visits import PAGES
from tests.browser.every_page.ways import CODE

LEAST_PAGES = 88  # the others are the next page of a form


class WithoutScript:
    """A browser that runs no script, read in French."""

    def __init__(self, browser, server: str, stage: Stage) -> None:
        self.browser, self.server, self.stage = browser, server, stage
        self.windows = []

    def window_of(self, who: str) -> Page:
        context = self.browser.new_context(viewport=WIDE, locale="fr", java_script_enabled=False)
        self.windows.append(context)
        context.set_default_timeout(10_000)
        if who:
            session = {"name": django_settings.SESSION_COOKIE_NAME, "value": self.stage.session_of(who), "url": self.server}
            context.add_cookies([session])
        return context.new_page()

    def open(self, page: Page, name: str, at: str = "") -> int:
        with override("fr"):
            response = page.goto(self.server + reverse(name, args=self.stage.arguments(at)))
        return response.status


@pytest.fixture
def without_script(browser, live_server, stage):
    found = WithoutScript(browser, live_server.url, stage)
    yield found
    for window in found.windows:
        window.close()


def test_every_page_stands(without_script, record_property):
    visits = [(name, visits[0]) for name, visits in PAGES.items() if not visits[0].way]
    windows = {who: without_script.window_of(who) for who in {visit.who for _name, visit in visits}}
    for name, visit in visits:
        page = windows[visit.who]
        status = without_script.open(page, name, visit.at)
        shown = [heading.is_visible() for heading in page.locator("h1").all()]
        buttons = page.locator("main form .button:not([hidden], [hidden] *, details *)").all()
        hidden = [button.inner_text() for button in buttons if not button.is_visible()]
        assert (name, status, shown, hidden) == (name, visit.status, [True], [])
    record_property("covered", f"without a script: {len(visits)} pages")
    assert len(visits) >= LEAST_PAGES


def test_somebody_signs_in_by_code_and_opens_the_menu(without_script):
    page = without_script.window_of(VISITOR)
    without_script.open(page, "account_request_login_code")
    page.get_by_label("Adresse courriel").fill(without_script.stage.person("gagnon").email)
    page.get_by_role("button", name="M’envoyer un code").click()
    page.locator("[name=code]").fill(CODE.findall(str(mail.outbox[-1].body))[0])
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("heading", name="Bonjour Anne-Sophie")).to_be_visible()
    page.get_by_role("button", name="Compte : Anne-Sophie").click()
    page.get_by_role("link", name="Votre compte").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre compte")


def test_a_pair_plans_a_meeting_and_confirms_another(without_script):
    page = without_script.window_of("gagnon")
    without_script.open(page, "meetings:plan_meeting", "pair:gagnon")
    page.get_by_label("Jour").fill((timezone.localdate() + dt.timedelta(days=40)).isoformat())
    page.get_by_label("Heure").fill("12:00")
    page.get_by_label("Par vidéo").check()
    page.get_by_label("De quoi aimeriez-vous parler").fill("Le budget de mars")
    page.get_by_role("button", name="Planifier une rencontre").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nos rencontres")
    expect(page.get_by_text("Le budget de mars")).to_be_visible()
    page.get_by_role("button", name="Confirmer 1 h 30").click()
    expect(page.get_by_role("button", name="Confirmer 1 h 30")).to_have_count(0)


def test_a_pair_writes_a_goal_and_signs(without_script):
    page = without_script.window_of("gagnon")
    without_script.open(page, "workspace:add_goal", "pair:gagnon")
    page.get_by_role("textbox").first.fill("Dormir le dimanche soir")
    page.get_by_role("button", name="Enregistrer l’objectif").click()
    expect(page.get_by_role("heading", name="Dormir le dimanche soir")).to_be_visible()
    page = without_script.window_of("awashish")
    without_script.open(page, "workspace:sign_document", "pair:awashish commitment")
    page.get_by_label("Votre nom, comme vous signez").fill("Kevin Awashish")
    page.get_by_role("button", name="Signer").click()
    expect(page.get_by_text("Texte inchangé depuis")).to_have_count(2)


def test_a_mentee_answers_in_private_whether_the_pairing_suits(without_script):
    page = without_script.window_of("stpierre")
    without_script.open(page, "relationships:answer_contact", "pair:stpierre")
    page.locator("[name=suits][value=yes]").check()
    page.locator("main form .button").first.click()
    expect(page.get_by_text("Votre réponse est gardée")).to_be_visible()


def test_a_draft_of_a_registration_is_kept_and_a_sent_one_says_what_is_missing(without_script):
    page = without_script.window_of("sinclair")
    without_script.open(page, "enrolment:register", "cohort:next mentee")
    page.get_by_label("Titre de votre poste").fill("Analyste")
    page.get_by_role("button", name="Enregistrer et continuer plus tard").click()
    expect(page.get_by_label("Titre de votre poste")).to_have_value("Analyste")
    page.locator("main form button.button:not([name])").first.click()
    expect(page.locator(".summary").first).to_be_visible()
    expect(page.get_by_label("Titre de votre poste")).to_have_value("Analyste")


def test_the_committee_pairs_two_people_and_a_coordinator_finds_and_adds_somebody(without_script):
    page = without_script.window_of("obrien")
    without_script.open(page, "matching:decide_pair", "cohort:this place:baril place:benkirane")
    page.get_by_label("Pourquoi ces deux personnes").fill("Le même hôpital, deux étages.")
    page.get_by_role("button", name="Les présenter").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Catherine Baril-Laflamme")
    page = without_script.window_of("desrochers")
    without_script.open(page, "enrolment:list_people", "cohort:this")
    page.get_by_label("Recherche").fill("gagnon")
    page.get_by_role("button", name="Afficher").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    without_script.open(page, "enrolment:add_person", "cohort:this")
    page.get_by_label("Nom").fill("Aline Tardif")
    page.get_by_label("Courriel").fill("aline.tardif@exemple.test")
    page.get_by_label("Personne mentorée").check()
    page.get_by_role("button", name="Ajouter").click()
    expect(page.get_by_text("Aline Tardif").first).to_be_visible()
