"""June: the committee asks for suggestions, takes some, pairs the others by hand; each pair is told."""

from playwright.sync_api import Page, expect

from .cast import BO, ETIENNE, GRACE, MARIE_EVE, MINH_ANH, NATHALIE, OWEN, REJEAN, SEAN, ZOE
from .stage import Stage, Who

REASONS = {
    NATHALIE: "They share an evening and a wish; both care about fairness.",
    MARIE_EVE: "Career change, and Zoé was her wish.",
    REJEAN: "The only mentor left who works on coalitions.",
    ETIENNE: "Both work far from the cities.",
    GRACE: "Owen has managed teams of that size for years.",
}


def play(stage: Stage) -> None:
    stage.on(2026, 6, 8)
    page = stage.home(BO)
    page.get_by_role("link", name="2026-2027 cohort").click()
    expect(page.get_by_role("heading", name="5 mentees have no mentor yet")).to_be_visible()
    stage.picture(page, "06-board-before-pairing")
    page.get_by_role("link", name="Pair people").click()
    suggestions(stage, page)
    for mentee, mentor in ((NATHALIE, MINH_ANH), (MARIE_EVE, ZOE), (REJEAN, ZOE)):
        take(stage, page, mentee, mentor)
    for mentee, mentor in ((ETIENNE, SEAN), (GRACE, OWEN)):
        pair_by_hand(stage, page, mentee, mentor, REASONS[mentee])
    stage.tick()
    assert stage.letters(NATHALIE)[-1] == "On vous propose une dyade avec Minh-Anh Poirier"
    assert stage.letters(MINH_ANH)[-1] == "On vous propose une dyade avec Nathalie Brière"
    assert set(stage.letters(ZOE)[-2:]) == {"Meet Marie-Ève Traoré", "Meet Réjean Lévesque"}
    assert stage.letters(OWEN)[-1] == "Meet Grace Okafor"


def suggestions(stage: Stage, page: Page) -> None:
    """Five switched suggestions on: three mentees, and the two mentors who share a language with them.

    By hand: Nathalie reads French only, so only Minh-Anh, who has one place, can be hers; Marie-Ève reads English
    and Réjean either, so both go to Zoé, who has three places. Étienne, Sean, Grace, Owen and Chloé are left out.
    """
    expect(page.get_by_role("listitem").filter(has_text="5 people who switched suggestions on")).to_be_visible()
    page.get_by_role("button", name="Suggest pairs").click()
    table = page.get_by_role("table", name="Suggested pairs")
    for mentee, mentor in ((NATHALIE, MINH_ANH), (MARIE_EVE, ZOE), (REJEAN, ZOE)):
        expect(table.get_by_role("row").filter(has_text=mentee.name).first).to_contain_text(mentor.name)
    for left_out in (ETIENNE, SEAN, GRACE, OWEN):
        expect(page.get_by_role("main").get_by_text(left_out.name)).to_have_count(0)
    table.get_by_text("Why these two?").first.click()
    stage.picture(page, "06-suggestions")


def take(stage: Stage, page: Page, mentee: Who, mentor: Who) -> None:
    """Look closer at a suggestion and decide, with a reason of one's own."""
    page.get_by_role("link", name=f"{mentee.name} · {mentor.name}").click()
    if mentee == NATHALIE:
        stage.picture(page, "06-look-closer")
        page.get_by_role("button", name="Introduce them").click()
        expect(page.get_by_text("Write in a sentence why you bring these two together.").first).to_be_visible()
    introduce(page, REASONS[mentee])
    page.get_by_role("link", name="Pairing").first.click()


def pair_by_hand(stage: Stage, page: Page, mentee: Who, mentor: Who, reason: str) -> None:
    page.get_by_role("link", name="Pair by hand").click()
    page.get_by_role("combobox", name="Mentee").select_option(label=mentee.name)
    page.get_by_role("combobox", name="Mentor").select_option(label=mentor.name)
    stage.picture(page, "06-by-hand")
    page.get_by_role("button", name="Compare their sheets").click()
    introduce(page, reason)
    page.get_by_role("link", name="Pairing").first.click()


def introduce(page: Page, reason: str) -> None:
    page.get_by_label("Why these two?").fill(reason)
    page.get_by_role("button", name="Introduce them").click()
    expect(page.get_by_text("They have been introduced.")).to_be_visible()
