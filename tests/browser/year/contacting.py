"""June: the pairs meet a first time, and each person says in private whether it suits."""

import re
from datetime import date

from playwright.sync_api import expect

from . import keyboard, meetings
from .cast import BO, CHLOE, ETIENNE, GRACE, MARIE_EVE, MINH_ANH, NATHALIE, OWEN, REJEAN, SEAN, ZOE
from .pairing import REASONS, pair_by_hand
from .stage import Stage, Who, take_up


def play(stage: Stage) -> None:
    stage.on(2026, 6, 9)
    nathalie_suggests_a_date(stage)
    stage.on(2026, 6, 16)
    they_met(stage)
    stage.on(2026, 6, 17)
    they_answer(stage)
    stage.tick()
    outcomes(stage)
    stage.on(2026, 6, 18)
    a_new_pair_for_etienne(stage)


def nathalie_suggests_a_date(stage: Stage) -> None:
    """On her phone: who it is, how to write, and a first meeting."""
    page = stage.follow(NATHALIE, "On vous propose une dyade")
    expect(page.get_by_role("heading", name="Vous et Minh-Anh Poirier", exact=True)).to_be_visible()
    expect(page.get_by_text(MINH_ANH.email)).to_be_visible()  # shown to the person she is paired with
    page.get_by_text("Pourquoi ce jumelage").click()
    expect(page.get_by_text("Domaines en commun")).to_be_visible()
    expect(page.get_by_text("Souhaits de la personne mentorée")).to_have_count(0)  # said to the committee alone
    expect(page.get_by_text(REASONS[NATHALIE])).to_have_count(0)
    stage.picture(page, "07-pair-page")
    take_up(page, "Tenez votre rencontre de contact")
    stage.picture(page, "07-plan")
    meetings.plan(page, NATHALIE, date(2026, 6, 15), "12:00", "60", place="https://video.exemple.test/nm", agenda="Nos parcours.")
    stage.picture(page, "07-planned")
    stage.tick()
    page = stage.follow(MINH_ANH, "rencontre")
    with page.expect_download() as download:
        page.get_by_role("link", name="Ajouter à mon calendrier").click()
    assert "DTSTART:20260615T160000Z" in download.value.path().read_text()


def they_met(stage: Stage) -> None:
    page = stage.home(NATHALIE)
    stage.picture(page, "07-today-to-report")
    take_up(page, "Et votre rencontre du lundi 15 juin")
    meetings.report(page, NATHALIE, "60", "Elle a ouvert une clinique. Se revoir en septembre.")
    page = stage.home(MINH_ANH)
    take_up(page, "Confirmez votre rencontre")
    stage.picture(page, "07-confirm-length")
    page.get_by_role("button", name="Oui, 1 h").click()
    expect(page.get_by_text("Tout le monde s’entend : 1 h, c’est confirmé.")).to_be_visible()
    stage.picture(page, "07-meetings")


def they_answer(stage: Stage) -> None:
    """Eight yes and one no; nobody learns anything at the moment of answering."""
    for who, partner in ((NATHALIE, MINH_ANH), (MINH_ANH, NATHALIE), (MARIE_EVE, ZOE), (ZOE, MARIE_EVE), (ZOE, REJEAN)):
        answer(stage, who, partner, suits=True)
    answer(stage, REJEAN, ZOE, suits=True)
    answer(stage, SEAN, ETIENNE, suits=False)
    answer(stage, ETIENNE, SEAN, suits=True)
    answer(stage, OWEN, GRACE, suits=True)
    grace_answers_by_keyboard(stage)


def answer(stage: Stage, who: Who, partner: Who, *, suits: bool) -> None:
    page = stage.follow(who, partner.name)
    take_up(page, who.reads("Dites si la dyade vous convient", "Say whether the pair suits you"))
    expect(page.get_by_text(who.reads("Les réponses restent scellées", "Answers stay sealed"))).to_be_visible()
    stage.picture(page, f"07-answer-{who.language}")
    yes, no = who.reads("Oui, il me convient", "Yes, it suits me"), who.reads("Non, j’aimerais mieux", "No, I would rather")
    page.get_by_role("radio", name=yes if suits else no).check()
    page.get_by_role("button", name=who.reads("Donner ma réponse", "Give my answer")).click()
    expect(page.get_by_text(who.reads("Votre réponse est gardée", "Your answer is kept"))).to_be_visible()


def grace_answers_by_keyboard(stage: Stage) -> None:
    page = stage.home(GRACE)
    keyboard.press(page, "link", re.compile("Answer privately|Say whether the pair suits you"))
    keyboard.reach(page, page.get_by_role("radio", name="Yes, it suits me"))
    page.keyboard.press("Space")
    keyboard.press(page, "button", "Give my answer")
    expect(page.get_by_text("Your answer is kept")).to_be_visible()


def outcomes(stage: Stage) -> None:
    """Four pairs go on. Étienne and Sean read the same words, and neither the page nor the board says who said what."""
    for who in (NATHALIE, MINH_ANH, MARIE_EVE, ZOE, REJEAN, GRACE, OWEN):
        assert stage.letters(who)[-1] == who.reads("C’est oui des deux côtés", "It’s a yes from both of you")
    told = {who: stage.letter(who) for who in (ETIENNE, SEAN)}
    assert {letter.subject for letter in told.values()} == {"Nous cherchons une autre dyade pour vous"}
    assert len({letter.body.replace(who.name.split()[0], "…") for who, letter in told.items()}) == 1
    page = stage.home(ETIENNE)
    expect(page.get_by_role("heading", name="Bonjour Étienne")).to_be_visible()
    expect(page.get_by_role("main").get_by_text(SEAN.name)).to_have_count(0)
    stage.picture(page, "07-back-in-the-pool")
    page = stage.home(BO)
    page.get_by_role("link", name="2026-2027 cohort").click()
    page.get_by_role("link", name="Pairs", exact=True).first.click()
    page.get_by_role("link", name=SEAN.name).click()
    expect(page.get_by_text("Did not form").first).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="Did not form")).not_to_contain_text(re.compile("Étienne|Sean|Bo"))
    stage.picture(page, "07-history-for-the-committee")


def a_new_pair_for_etienne(stage: Stage) -> None:
    """The committee brings Étienne and Chloé together by hand, and it suits them both."""
    page = stage.home(BO)
    page.get_by_role("link", name="2026-2027 cohort").click()
    page.get_by_role("link", name="Pairing").first.click()
    pair_by_hand(stage, page, ETIENNE, CHLOE, "Both came to management from the bedside.")
    stage.tick()
    for who, partner in ((ETIENNE, CHLOE), (CHLOE, ETIENNE)):
        answer(stage, who, partner, suits=True)
    stage.tick()
    for who in (ETIENNE, CHLOE):
        assert stage.letters(who)[-1] == "C’est oui des deux côtés"
