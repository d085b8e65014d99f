"""What somebody finds who holds the databases, the backups, the log or the queue."""

from collections import defaultdict

import pytest

from releve.notifications.models import Letter
from tests.confidentiality.cast import SHOW_CAREER
from tests.confidentiality.covering import cover
from tests.confidentiality.dumping import cells
from tests.confidentiality.markers import SEALED, TABLE, Kind, found_in, things
from tests.confidentiality.visits import taken_back, tick
from tests.confidentiality.world import NOW

# Where words that the committee reads rest, and nowhere else: no copy for searching, no log, no queue, no letter.
AT_REST = {
    Kind.MATCHING: {"questionnaires_response.plain_answers", "enrolment_importrow.cells"},
    Kind.DRAFT: {"questionnaires_response.plain_answers"},
    Kind.HELP: {"relationships_helprequest.text", "relationships_helprequest.answer"},
    Kind.EVALUATION: {"questionnaires_response.plain_answers"},
    Kind.DECISION: {"matching_decision.reason"},
    Kind.ADJUSTMENT: {"matching_adjustment.reason"},
}
NO_WORDS = ("audit_event", "audit_subjectcode", "notifications_letter", "django_session", "django_tasks_db_dbtaskresult", "config_beat")


@pytest.fixture(scope="module")
def looked(world_of_the_module, django_db_blocker) -> tuple[dict[str, set[str]], dict[str, int]]:
    """Look for every planted thing in every cell, after a tick: thing, and the columns that hold it."""
    places, columns, count = defaultdict(set), set(), 0
    with django_db_blocker.unblock(), taken_back():
        tick(NOW)
        for place, text in cells():
            count += 1
            columns.add(place)
            for thing in found_in(text):
                places[thing].add(place.partition(".")[2])
    return places, {"columns": len(columns), "cells": count, "things": len(TABLE)}


@pytest.fixture
def found(looked) -> dict[str, set[str]]:
    return looked[0]


def test_sealed_words_are_in_no_column_of_either_database(found, looked, record_property):
    cover(record_property, "storage", **looked[1])
    assert {thing: places for thing, places in found.items() if TABLE[thing].kind in SEALED} == {}


def test_confidential_words_rest_in_one_place_each(found):
    astray = {
        thing: places - AT_REST[TABLE[thing].kind]
        for thing, places in found.items()
        if TABLE[thing].kind in AT_REST and places - AT_REST[TABLE[thing].kind]
    }
    assert astray == {}
    assert {thing for thing in things(*AT_REST) if thing not in found} == set()  # each was there to be found


def test_history_queue_outbox_and_sessions_hold_no_words(found):
    held = {thing: places for thing, places in found.items() if any(place.startswith(NO_WORDS) for place in places)}
    assert held == {}
    assert Letter.objects.count() >= 60


def test_the_search_columns_hold_what_their_readers_may_read(found):
    searched = {thing for thing, places in found.items() if places & {"enrolment_participant.search_text", "enrolment_facet.value"}}
    on_sheets = {thing for thing, places in found.items() if "enrolment_participant.sheet_text" in places}
    assert {TABLE[thing].kind for thing in searched} <= {Kind.COMMITTEE, Kind.SHEET, Kind.CONTACT}
    assert {thing for thing in on_sheets if not thing.startswith("name.")} == {f"shown.{who}" for who in SHOW_CAREER}
