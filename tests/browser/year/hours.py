"""December: hours that count, the credits they give, and a statement to download."""

from pathlib import Path

import pikepdf
from playwright.sync_api import Download, expect

from .cast import MARIE_EVE, MINH_ANH
from .stage import Stage


def play(stage: Stage) -> None:
    stage.on(2026, 12, 10)
    a_certified_mentor(stage)
    a_mentee_without_the_title(stage)


def a_certified_mentor(stage: Stage) -> None:
    """60 + 90 + 75 minutes are 3 h 45: 3.75 credits, at one for each hour."""
    page = stage.home(MINH_ANH)
    page.get_by_role("link", name="Heures", exact=True).click()
    expect(page.get_by_role("heading", name="3 h 45")).to_be_visible()
    expect(page.get_by_text("3,75 crédits : Maintien de la certification (MDC), catégorie I")).to_be_visible()
    for day, length in (("lundi 15 juin", "1 h"), ("lundi 14 septembre", "1 h 30"), ("jeudi 5 novembre", "1 h 15")):
        expect(page.get_by_role("row").filter(has_text=day)).to_contain_text(length)
    stage.picture(page, "11-hours")
    with page.expect_download() as download:
        page.get_by_role("button", name="Télécharger mon relevé").click()
    assert read_statement(download.value) == ("fr", True)


def a_mentee_without_the_title(stage: Stage) -> None:
    """What Zoé noted and Marie-Ève confirmed is an hour; only certified people are told of credits."""
    page = stage.home(MARIE_EVE)
    page.get_by_role("link", name="Hours", exact=True).click()
    expect(page.get_by_role("heading", name="1 h", exact=True)).to_be_visible()
    expect(page.get_by_text("credits")).to_have_count(0)


def read_statement(download: Download) -> tuple[str, bool]:
    """Return the language of the file, and whether it is tagged for those who do not see it."""
    assert download.suggested_filename.endswith(".pdf")
    with pikepdf.open(Path(download.path())) as pdf:
        return str(pdf.Root.Lang), bool(pdf.Root.MarkInfo.Marked)
