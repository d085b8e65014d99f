"""Every page of the product in a real browser, in both languages, on the full demonstration.

Each page is accessible (axe, keyboard, sizes of targets), says nothing in the browser's console, weighs little,
fits into 320 pixels, has a title of its own, and speaks its one language to the last attribute.
"""

import pytest

from tests.browser.every_page.rounds import LANGUAGES, Round
from tests.browser.every_page.visits import NO_PAGES, PAGES, PARTS
from tests.confidentiality.visits import page_names

LEAST = {"pages": 95, "visits": 104, "visits in number": 156}


def test_every_address_is_a_page_that_is_looked_at_or_says_why_not(record_property):
    known = set(PAGES) | set(NO_PAGES)
    assert {"never looked at": page_names() - known, "gone": known - page_names()} == {"never looked at": set(), "gone": set()}
    assert not set(PAGES) & set(NO_PAGES)
    visits = [visit for visits in PAGES.values() for visit in visits]
    daily = [visit for visit in visits if not visit.rarer]
    counts = {"pages": len(PAGES), "visits": len(daily), "visits in number": len(visits)}
    record_property("covered", f"every page: {counts}, each in {len(LANGUAGES)} languages")
    assert {name: count for name, count in counts.items() if count < LEAST[name]} == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", PARTS)
def test_every_page(browser, live_server, stage, part, language):
    faults = Round(browser, live_server.url, stage, language).visit(PARTS[part])
    assert not faults, "\n".join(faults)


@pytest.mark.every
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", PARTS)
def test_every_page_in_every_state_on_every_screen(browser, live_server, stage, part, language):
    faults = Round(browser, live_server.url, stage, language, everything=True).visit(PARTS[part])
    assert not faults, "\n".join(faults)
