"""The whole year of the first program in a real browser, from an empty database to its figures.

Nobody types an address after the first one: every page is reached by a link of a page or of a letter.
YEAR_PICTURES=folder keeps what the people of each scene saw.
"""

from datetime import UTC, datetime

import pytest
import time_machine
from playwright.sync_api import expect

from releve.config.founding import Founding, found
from releve.core.bilingual import Text
from tests.browser.year import (
    autumn,
    beginning,
    changing,
    closing,
    confirming,
    contacting,
    figures,
    hours,
    importing,
    opening,
    pairing,
    registering,
    wishing,
)
from tests.browser.year.cast import AMINA
from tests.browser.year.stage import PATIENCE_MILLISECONDS, Stage

CHAPTERS = [opening, registering, importing, confirming, wishing, pairing, contacting, beginning, autumn, changing, hours, closing, figures]
BEGINS = datetime(2026, 1, 5, 14, tzinfo=UTC)


@pytest.fixture
def stage(browser, live_server, settings):
    settings.SITE_URL = live_server.url
    expect.set_options(timeout=PATIENCE_MILLISECONDS)
    with time_machine.travel(BEGINS, tick=True) as clock:
        stage = Stage(browser, live_server.url, clock)
        yield stage
        stage.leave()
    expect.set_options(timeout=5_000)


def set_up() -> None:
    """Found the server as `releve init` does."""
    found(
        Founding(
            organization=Text(fr="Chapitre du Québec", en="Quebec Chapter"),
            contact="mentorat@chapitre.test",
            name=AMINA.name,
            email=AMINA.email,
            language=AMINA.language,
            blueprint="cchl_quebec",
        )
    )


def test_the_year_of_the_first_program_from_an_empty_database_to_its_figures(stage):
    set_up()
    for chapter in CHAPTERS:
        chapter.play(stage)
        assert stage.complaints == [], chapter.__name__
