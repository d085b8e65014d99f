"""The pairing board without a mouse, in both languages and sizes, and with two of the committee on it at once."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from re import Pattern

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from releve.matching import actions
from releve.matching.models import Adjustment
from releve.people.roles import Duty
from releve.relationships.models import Relationship, State
from tests.browser.year.keyboard import press, reach, tick
from tests.factories import programs
from tests.factories.enrolment import MENTEE, MENTOR
from tests.matching.board_cast import someone


@dataclass(frozen=True)
class Words:
    """What the board's buttons and answers are called in one language, and the window they are read in."""

    language: str
    width: int
    height: int
    lock: str
    kept: str
    forbid: str
    apart: str
    undo: str
    undone: str
    aim: str
    aimed: str
    introduce: str
    why: str
    confirm: str
    introduced: str


FRENCH_PHONE = Words(
    language="fr",
    width=360,
    height=780,
    lock="Garder",
    kept="Gardée",
    forbid="Écarter",
    apart="Écartée",
    undo="Annuler",
    undone="le calcul décide",
    aim="Aucune dyade mal assortie",
    aimed="la dyade la plus faible ne peut pas faire mieux",
    introduce="Présenter les dyades cochées…",
    why="Pourquoi ces deux personnes ?",
    confirm="Les présenter",
    introduced="1 dyade a été présentée.",
)
ENGLISH_DESKTOP = Words(
    language="en",
    width=1280,
    height=900,
    lock="Lock",
    kept="Kept together",
    forbid="Forbid",
    apart="Apart",
    undo="Undo",
    undone="the engine decides about these two again",
    aim="Nobody left badly off",
    aimed="the weakest cannot do better",
    introduce="Introduce those ticked…",
    why="Why these two?",
    confirm="Introduce them",
    introduced="1 pair has been introduced.",
)


@pytest.fixture
def cohort():
    """Chloé fits Louise and Jade fits Karim; Omar, who fits neither as well, has a place left."""
    found = programs.cohort()
    left, right = {"areas": ["finance"]}, {"areas": ["engage_others"]}
    for role, name, answers in [(MENTEE, "Chloé", left), (MENTEE, "Jade", right)]:
        someone(found, role, name, **answers)
    for name, answers in [("Louise", left), ("Karim", right), ("Omar", {"areas": ["coalitions"]})]:
        someone(found, MENTOR, name, places=1, **answers)
    return found


@pytest.fixture
def committee(cohort):
    by = programs.staff(cohort, Duty.COMMITTEE, name="Zoé Roy")
    actions.run_suggestions(cohort, by=by, seed=1, now=timezone.now())
    return by


@pytest.fixture
def open_board(browser: Browser, live_server, cohort) -> Iterator:
    """Open the board for somebody in a browser of their own."""
    contexts = []

    def opened(person, words: Words, *, script: bool = True) -> Page:
        size = {"width": words.width, "height": words.height}
        context = browser.new_context(viewport=size, locale=f"{words.language}-CA", java_script_enabled=script)
        contexts.append(context)
        client = Client()
        client.force_login(person)
        name = django_settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        page = context.new_page()
        page.goto(f"{live_server.url}/{words.language}/manage/{cohort.pk}/pairing/")
        return page

    yield opened
    for context in contexts:
        context.close()


def about(verb: str, pair: str) -> Pattern[str]:
    """Name the button that does this to a pair; after the verb, the pair is heard and not seen."""
    return re.compile(rf"^{verb}\W+{pair}$")


def row(page: Page, mentee: str, mentor: str):
    return page.get_by_role("row").filter(has=page.get_by_role("checkbox", name=f"{mentee} · {mentor}"))


def standing(page: Page):
    return page.locator("#standing").get_by_role("listitem")


@pytest.mark.parametrize("words", [FRENCH_PHONE, ENGLISH_DESKTOP], ids=["phone-fr", "desktop-en"])
def test_pairs_are_kept_separated_let_go_and_introduced_by_keyboard_alone(open_board, committee, words):
    page = open_board(committee, words)
    press(page, "button", about(words.lock, "Chloé · Louise"))
    expect(row(page, "Chloé", "Louise").get_by_text(words.kept)).to_be_visible()
    press(page, "button", about(words.forbid, "Chloé · Louise"))
    expect(row(page, "Chloé", "Omar")).to_be_visible()
    expect(standing(page).get_by_text(words.apart, exact=True)).to_be_visible()
    press(page, "button", about(words.undo, "Chloé · Louise"))
    expect(page.get_by_role("status").get_by_text(words.undone)).to_be_visible()
    expect(row(page, "Chloé", "Louise")).to_be_visible()
    press(page, "button", words.aim)
    expect(page.get_by_role("button", name=words.aim)).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text(words.aimed)).to_be_visible()
    tick(page, "Chloé · Louise")
    press(page, "button", words.introduce)
    reach(page, page.get_by_role("textbox", name=words.why))
    page.keyboard.type("Finances.")
    press(page, "button", words.confirm)
    expect(page.get_by_role("status").get_by_text(words.introduced)).to_be_visible()
    expect(row(page, "Chloé", "Louise")).to_have_count(0)
    assert [one.state for one in Relationship.objects.all()] == [State.INTRODUCED]
    assert [(one.kind, one.undone_at is None) for one in Adjustment.objects.order_by("created_at")] == [("lock", False), ("forbid", False)]


@pytest.mark.parametrize("words", [FRENCH_PHONE, ENGLISH_DESKTOP], ids=["phone-fr", "desktop-en"])
def test_the_board_with_everything_open_is_accessible_and_narrow_enough(open_board, committee, words):
    page = open_board(committee, words)
    for summary in page.locator("main summary:visible").all():
        summary.click()
    assert [(fault["id"], node["html"]) for fault in Axe().run(page).response["violations"] for node in fault["nodes"]] == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_whoever_comes_second_is_told_and_changes_nothing(open_board, cohort, committee):
    first = open_board(committee, ENGLISH_DESKTOP)
    second = open_board(programs.staff(cohort, Duty.COORDINATOR, name="Inès Roy"), FRENCH_PHONE)
    first.get_by_role("button", name=about("Forbid", "Chloé · Louise")).click()
    expect(row(first, "Chloé", "Omar")).to_be_visible()
    second.get_by_role("button", name=about("Garder", "Chloé · Louise")).click()
    expect(second.get_by_role("status").get_by_text("Quelqu’un a modifié le jumelage")).to_be_visible()
    expect(row(second, "Chloé", "Omar")).to_be_visible()
    assert [one.kind for one in cohort.adjustments.standing()] == ["forbid"]
    second.get_by_role("button", name=about("Garder", "Chloé · Omar")).click()
    expect(row(second, "Chloé", "Omar").get_by_text("Gardée")).to_be_visible()


def test_without_a_script_two_pairs_swap_and_a_filter_stays(open_board, committee):
    page = open_board(committee, ENGLISH_DESKTOP, script=False)
    page.goto(f"{page.url}?sort=mentee")
    for pair in ("Chloé · Louise", "Jade · Karim"):
        page.get_by_role("checkbox", name=pair).check()
    page.get_by_role("button", name="Swap the mentors of two").click()
    expect(row(page, "Chloé", "Karim")).to_be_visible()
    expect(row(page, "Jade", "Louise")).to_be_visible()
    assert page.url.endswith("?sort=mentee")
