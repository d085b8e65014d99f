"""July: the committee reads the evaluations and counts the year, right to the last digit."""

import csv
import io

from playwright.sync_api import Page, expect

from .cast import AMINA, BO, MARIE_EVE, MINH_ANH, NATHALIE
from .stage import Stage, Who

# Counted by hand from what the chapters before this one did, before any page was looked at.
FIGURES = {
    "Who registered?": {
        # The file brought 35 mentors, and two more whose rows were mended: 37. Minh-Anh, Zoé, Sean and Chloé confirmed,
        # so 33 never did; Owen came by himself: 4 + 1.
        "Mentors: registered": "5",
        "Mentors: invited, not confirmed": "33",
        "Mentors: withdrawn": "0",
        # 38 mentees, and one mended: 39. Marie-Ève, Étienne and Réjean confirmed, Patrice's place was closed, so 35 never
        # answered; Nathalie and Grace came by themselves: 3 + 2.
        "Mentees: registered": "5",
        "Mentees: invited, not confirmed": "35",
        "Mentees: withdrawn": "1",
    },
    "How many pairs formed, and how far did they come?": {
        # Five in June; Étienne again, with Chloé; Grace again, with Zoé.
        "Pairs introduced": "7",
        "Waiting for answers": "0",
        "Did not suit": "1",  # Étienne and Sean
        "Confirmed, both having signed": "6",  # all the others
        "Formed in place of another": "2",  # Étienne and Chloé, Grace and Zoé
        "Ended early: We have met our goals": "1",  # Marie-Ève and Zoé
        "Ended early: It is not what we hoped for": "1",  # Grace and Owen
        "Ended early: somebody withdrew": "0",
        "Went to the end": "4",  # Nathalie and Minh-Anh, Réjean and Zoé, Étienne and Chloé, Grace and Zoé
        "Go on by themselves": "1",  # Nathalie and Minh-Anh said so
    },
    "How much time did they spend together?": {
        # Nathalie and Minh-Anh: 60, 90, and 75 once they agreed; Marie-Ève and Zoé: 60. What Réjean never confirmed counts for nobody.
        "Meetings that all members confirmed": "4",
        "Time together": "4 h 45 min",  # 60 + 90 + 75 + 60 = 285 minutes
    },
    "Who answered the evaluation?": {
        # One questionnaire for each side of the six confirmed pairs, ended early or not.
        "Year-end evaluation, mentors: asked": "6",
        "Year-end evaluation, mentors: answered": "1",  # Minh-Anh
        "Year-end evaluation, mentees: asked": "6",
        "Year-end evaluation, mentees: answered": "2",  # Nathalie, Marie-Ève
    },
}
IN_FRENCH = {"4 h 45 min": "4 h 45"}
IN_A_FILE = {"4 h 45 min": "285"}


def play(stage: Stage) -> None:
    stage.on(2027, 7, 22)
    page = stage.home(BO)
    page.get_by_role("link", name="2026-2027 cohort").click()
    stage.picture(page, "13-board-at-the-end")
    evaluations(stage, page)
    page.get_by_role("link", name="Figures").first.click()
    assert read_figures(page) == FIGURES
    stage.picture(page, "13-figures")
    page = stage.home(AMINA)
    page.get_by_role("link", name="Cohorte 2026-2027").click()
    the_same_in_french_and_in_a_file(stage, page)
    close(stage, page)


def evaluations(stage: Stage, page: Page) -> None:
    """Read who answered, by name as the form said; totals wait for five answers."""
    page.get_by_role("link", name="Evaluations").first.click()
    people(page, MINH_ANH, "La relève va bien.")
    expect(page.get_by_text("Totals appear once 5 people have answered.")).to_be_visible()
    stage.picture(page, "13-evaluations")
    page.get_by_role("link", name="Year-end evaluation, mentees").click()
    people(page, NATHALIE, "J’ai parlé, et on m’a écoutée.")
    people(page, MARIE_EVE, "I know what I want next.")


def people(page: Page, who: Who, words: str) -> None:
    row = page.get_by_role("listitem").filter(has_text=who.name)
    row.get_by_text("Read the answers").click()
    expect(row.get_by_text(words)).to_be_visible()


def read_figures(page: Page) -> dict[str, dict[str, str]]:
    """Read the page as the table above is written."""
    expect(page.get_by_role("table")).to_have_count(len(FIGURES))
    found = {}
    for table in page.get_by_role("table").all():
        rows = [row.get_by_role("cell").all_inner_texts() for row in table.get_by_role("row").all()[1:]]
        title = table.locator("caption").inner_text().strip()
        found[title] = {label: count.split("\n")[-1].replace("\u00a0", " ") for label, count in rows}
    return found


def the_same_in_french_and_in_a_file(stage: Stage, page: Page) -> None:
    page.get_by_role("link", name="Chiffres").first.click()
    shown = [count for group in read_figures(page).values() for count in group.values()]
    expected = [count for group in FIGURES.values() for count in group.values()]
    assert shown == [IN_FRENCH.get(count, count) for count in expected]
    stage.picture(page, "13-figures-fr")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    rows = list(csv.reader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig")), delimiter=";"))
    assert [row[-1] for row in rows[1:]] == [IN_A_FILE.get(count, count) for count in expected]


def close(stage: Stage, page: Page) -> None:
    """Close the cohort: its figures stay."""
    page.get_by_role("link", name="Tableau de bord").first.click()
    page.get_by_role("link", name="Dates, textes et réglages").click()
    page.get_by_role("link", name="Fermeture").click()
    stage.picture(page, "13-closing-the-cohort")
    page.get_by_role("button", name="Fermer la cohorte").click()
    expect(page.get_by_text("La cohorte est fermée.")).to_be_visible()
    page.get_by_role("link", name="Chiffres").first.click()
    expect(page.get_by_role("table")).to_have_count(4)
