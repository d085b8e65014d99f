"""Every planted thing is read by those whom the visibility table names, and by nobody else: pages, exports, letters."""

import logging
from typing import Any

import pytest
from django.core import mail

from releve.notifications.models import Letter
from tests.confidentiality.access_table import DAILY, PEOPLE, VISITOR
from tests.confidentiality.covering import cover
from tests.confidentiality.crawling import Findings, crawl, letters_to
from tests.confidentiality.markers import NEVER_IN_LETTERS, SEALED, TABLE, found_in, things
from tests.confidentiality.visits import tick
from tests.confidentiality.world import NOW, World

CRAWLERS = [*DAILY, "nadia", "quentin", "rose", "uma", "zoe"]
OTHERS = ["odile", "tessa", "gilles", "wilfrid"]


def test_everybody_reads_what_is_theirs_and_no_more(world, caplog, record_property):
    caplog.set_level(logging.DEBUG)
    check(world, CRAWLERS, record_property, both_languages=False)
    assert found_in(caplog.text) & things(*NEVER_IN_LETTERS) == set()


@pytest.mark.every
def test_everybody_reads_what_is_theirs_in_both_languages(world, record_property):
    check(world, [*PEOPLE, *OTHERS], record_property, both_languages=True)


def check(world: World, people: list[str], record_property: Any, *, both_languages: bool) -> None:
    tick(NOW)
    findings = {who: look(world, who, both_languages=both_languages) for who in people}
    pages = sum(len(found.pages) for found in findings.values())
    exports = sum(found.exports for found in findings.values())
    letters = sum(found.letters for found in findings.values())
    faults = [fault for who, found in findings.items() for fault in faults_of(who, found)]
    assert not faults, "\n".join(faults)
    cover(record_property, "markers", people=len(people), things=len(TABLE), pages=pages, exports=exports, letters=letters)


def look(world: World, who: str, *, both_languages: bool) -> Findings:
    person = world.people.get(who)
    own = person.language if person else "fr"
    found = crawl(world, who, own, everything=both_languages)
    if both_languages:
        other = crawl(world, who, "en" if own == "fr" else "fr", everything=True)
        for thing, places in other.places.items():
            found.places[thing] += places
        found.pages |= other.pages
        found.exports += other.exports
    if person:
        letters_to(person, found)
    return found


def faults_of(who: str, found: Findings) -> list[str]:
    faults = []
    for thing, readers in TABLE.items():
        places = found.places.get(thing, [])
        if who in readers.must and not places:
            faults.append(f"{who} finds {thing} nowhere")
        elif places and who not in readers.must | readers.may:
            faults.append(f"{who} reads {thing} at {places[:3]}")
        if readers.kind in NEVER_IN_LETTERS and any(place.startswith("letter") for place in places):
            faults.append(f"a letter to {who} says {thing}: {[place for place in places if place.startswith('letter')]}")
    return [*faults, *(f"{who} is led to a dead end: {address}" for address in found.dead)]


def test_a_visitor_reads_nothing_of_anybody(world):
    assert crawl(world, VISITOR, "fr").places == {}


def test_letters_wait_without_words(world):
    tick(NOW)
    assert len(mail.outbox) >= 60
    assert {thing for letter in Letter.objects.all() for thing in found_in(f"{letter.ids} {letter.due_key} {letter.trouble}")} == set()


def test_the_table_names_people_of_the_world(world):
    named = {who for readers in TABLE.values() for who in readers.must | readers.may}
    assert named <= set(world.people)
    assert {readers.kind for readers in TABLE.values()} >= SEALED
