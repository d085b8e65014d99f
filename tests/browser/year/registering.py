"""February: three people find the public page, take stock for themselves, and register by hand."""

from dataclasses import dataclass, field

from playwright.sync_api import Page, expect

from . import keyboard
from .cast import GRACE, NATHALIE, OWEN
from .stage import Stage, Who, take_up

SUGGESTIONS = ("Suggestions de jumelage calculées par ordinateur", "Pairing suggestions worked out by computer")
SHEET = ("Montrer ma fiche aux autres personnes inscrites", "Showing my sheet to other participants")
TAKING_PART = ("Prendre part au programme", "Taking part in the program")


@dataclass(frozen=True)
class Written:
    """What somebody answers, by the beginning of each question."""

    words: dict[str, str] = field(default_factory=dict)
    chosen: dict[str, str] = field(default_factory=dict)
    ticked: tuple[str, ...] = ()
    pressed: dict[str, str] = field(default_factory=dict)  # one of several, by the group


def play(stage: Stage) -> None:
    stage.on(2026, 2, 3)
    nathalie_takes_stock_and_registers(stage)
    owen_registers_as_a_mentor(stage)
    grace_registers_by_keyboard(stage)


def write(page: Page, written: Written) -> None:
    """Fill in a form by the words that stand beside its fields."""
    for question, words in written.words.items():
        page.get_by_role("textbox", name=question).fill(words)
    for question, option in written.chosen.items():
        page.get_by_role("combobox", name=question).select_option(label=option)
    for group, option in written.pressed.items():
        page.get_by_role("group", name=group).get_by_label(option, exact=True).check()
    for option in written.ticked:
        page.get_by_role("checkbox", name=option).check()


def agree(page: Page, who: Who, *purposes: tuple[str, str]) -> None:
    """Tick the boxes of some purposes; the others stay as they came, unticked."""
    for purpose in purposes:
        page.get_by_role("checkbox", name=who.reads(f"J’accepte – {purpose[0]}", f"I agree – {purpose[1]}")).check()


def nathalie_takes_stock_and_registers(stage: Stage) -> None:
    """In French, on a phone: the public page, a private self-assessment, an incomplete form, the whole form."""
    page = stage.newcomer(NATHALIE)
    stage.picture(page, "02-front-page")
    page.get_by_role("link", name="Découvrir le programme").click()
    expect(page.get_by_role("heading", name="Mentorat ou coaching ?")).to_be_visible()
    expect(page.get_by_role("heading", name="Inscriptions ouvertes jusqu’au 30 avril")).to_be_visible()
    stage.picture(page, "02-program-page")
    page.get_by_role("link", name="Faire d’abord le point (personne mentorée)").click()
    stage.open_account(page, NATHALIE)
    expect(page.get_by_text("Qui peut lire ceci : Vous seulement").first).to_be_visible()
    stage.picture(page, "02-self-assessment")
    page.get_by_label("Dans douze mois").fill("Parler en comité de direction sans que ma voix tremble.")
    page.get_by_role("group", name="Je peux réserver deux heures par mois").get_by_label("Oui").check()
    page.get_by_role("group", name="Je peux parler aussi de ce qui m’est difficile").get_by_label("En partie").check()
    page.get_by_role("button", name="J’ai terminé").click()
    expect(page.get_by_text("Parler en comité de direction sans que ma voix tremble.")).to_be_visible()
    stage.picture(page, "02-self-assessment-read")
    page.get_by_role("link", name="M’inscrire").click()
    expect(page.get_by_label("Prénom", exact=True)).to_have_value("Nathalie")  # told once, not asked again
    page.get_by_role("button", name="Envoyer mon inscription").click()
    expect(page.get_by_role("heading", name="Il y a 7 choses à corriger")).to_be_visible()
    stage.picture(page, "02-registration-incomplete")
    write(
        page,
        Written(
            words={
                "Établissement ou organisme": "CLSC des Rapides",
                "Qu’est-ce qui vous amène": "Je passe du chevet à la gestion.",
                "Que cherchez-vous": "Quelqu’un qui me dira les choses franchement.",
                "Qu’aimeriez-vous avoir accompli": "Mener une réunion budgétaire seule.",
            },
            chosen={
                "Profession ou domaine": "Soins infirmiers",
                "Région où vous travaillez": "Laval",
                "Milieu de travail": "Première ligne",
            },
            ticked=("Mobilisation d’équipe", "Équité, diversité et inclusion", "Jeudi, Soir", "Par vidéo"),
        ),
    )
    agree(page, NATHALIE, TAKING_PART, SUGGESTIONS)
    stage.picture(page, "02-registration")
    page.get_by_role("button", name="Envoyer mon inscription").click()
    expect(page.get_by_role("heading", name="Votre inscription est arrivée")).to_be_visible()
    stage.picture(page, "02-registered")
    page.get_by_role("link", name="Aller à ma page").click()
    expect(page.get_by_role("heading", name="Bonjour Nathalie")).to_be_visible()
    expect(page.get_by_role("heading", name="Inscription – faite")).to_be_visible()
    stage.picture(page, "02-mentee-today")
    read_a_page(stage, page)


def read_a_page(stage: Stage, page: Page) -> None:
    """Read one of three pages and mark it: a help, never a gate."""
    take_up(page, "Lisez trois courtes pages")
    stage.picture(page, "02-reading")
    page.get_by_role("link", name="Qui fait quoi", exact=True).first.click()
    expect(page.get_by_role("heading", name="Le comité de mentorat")).to_be_visible()
    stage.picture(page, "02-reading-a-page")
    page.get_by_role("button", name="Marquer comme lu").click()
    expect(page.get_by_role("heading", name="Qui fait quoi, à quel moment", level=1)).to_be_visible()


def owen_registers_as_a_mentor(stage: Stage) -> None:
    page = stage.newcomer(OWEN)
    page.get_by_role("link", name="Discover the program").click()
    page.get_by_role("link", name="Register as mentor").click()
    stage.open_account(page, OWEN)
    write(
        page,
        Written(
            words={
                "Organization": "Lakeshore Rehabilitation Centre",
                "What brings you here": "Twenty years of managing teams, and a debt to those who helped me.",
                "What can you offer": "I have been through two mergers. I know budgets well; research, not so much.",
                "How many people could you mentor": "1",
            },
            chosen={"Profession or field": "Management", "Region where you work": "Montréal"},
            ticked=("Budgets and finance", "Change management", "Tuesday, Noon", "By video"),
        ),
    )
    agree(page, OWEN, TAKING_PART, SHEET)
    stage.picture(page, "02-registration-mentor-en")
    page.get_by_role("button", name="Send my registration").click()
    expect(page.get_by_role("heading", name="Your registration is in")).to_be_visible()
    page.get_by_role("link", name="Choose what others see of your sheet").click()
    page.get_by_role("checkbox", name="Region").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("complementary").get_by_text("Montréal")).to_be_visible()
    stage.picture(page, "02-choose-sheet")


def grace_registers_by_keyboard(stage: Stage) -> None:
    """In English, without a mouse from the front page to the last button."""
    page = stage.newcomer(GRACE)
    keyboard.press(page, "link", "Discover the program")
    keyboard.press(page, "link", "Register as mentee")
    keyboard.press(page, "link", "Open an account")
    keyboard.write(page, "Email address", GRACE.email)
    keyboard.write(page, "Your name", GRACE.name)
    keyboard.tick(page, "I agree")
    keyboard.press(page, "button", "Send me a code")
    keyboard.write(page, "Code", stage.code(GRACE))
    keyboard.press(page, "button", "Continue")
    keyboard.choose(page, "Profession or field", "Pharm")
    keyboard.write(page, "Organization", "Riverside Pharmacy")
    keyboard.choose(page, "Region where you work", "Estr")
    keyboard.write(page, "What brings you here", "First year as a manager.")
    keyboard.tick(page, "Change management")
    keyboard.write(page, "What are you looking for", "Someone frank.")
    keyboard.write(page, "What would you like to have done", "Run a team of six without losing sleep.")
    keyboard.tick(page, f"I agree – {TAKING_PART[1]}")
    keyboard.press(page, "button", "Send my registration")
    expect(page.get_by_role("heading", name="Your registration is in")).to_be_visible()
