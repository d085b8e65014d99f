"""Every address, for own objects and others', by every kind of person: opened and sent to."""

import traceback
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils.translation import override

from tests.confidentiality.access_table import DAILY, PEOPLE, VISITOR, Row
from tests.confidentiality.access_table_staff import TABLE
from tests.confidentiality.covering import cover
from tests.confidentiality.visits import Visitor, is_refused, page_names, path_of, said, undone, writes
from tests.confidentiality.world import World


def test_every_address_stands_in_the_table():
    assert page_names() == set(TABLE)


def test_the_people_of_one_run_meet_every_address(world, record_property):
    check(world, DAILY, ["fr"], record_property)


@pytest.mark.every
def test_everybody_meets_every_address_in_both_languages(world, record_property):
    check(world, PEOPLE, ["fr", "en"], record_property)


def check(world: World, people: list[str], languages: list[str], record_property: Any) -> None:
    faults, visits = visit_all(world, people, languages=languages)
    assert not faults, "\n".join(faults)
    cover(record_property, "access", addresses=len(TABLE), objects=sum(map(len, TABLE.values())), people=len(people), visits=visits)


def visit_all(world: World, people: list[str], *, languages: list[str]) -> tuple[list[str], int]:
    faults, visits = [], 0
    for who in people:
        visitor = Visitor(world.people.get(who))
        for language in languages:
            with override(language):
                addresses = [
                    (name, row, path_of(name, world.arguments(row.at))) for name in sorted(page_names() & set(TABLE)) for row in TABLE[name]
                ]
            for name, row, path in addresses:
                faults += [f"{who} · {name} [{row.at}] {fault}" for fault in faults_of(visitor, who, row, path)]
                visits += 2
    return faults, visits


def faults_of(visitor: Visitor, who: str, row: Row, path: str) -> Iterator[str]:
    yield from faults_of_opening(visitor, who, row, path)
    yield from faults_of_sending(visitor, who, row, path)


def faults_of_opening(visitor: Visitor, who: str, row: Row, path: str) -> Iterator[str]:
    with undone(visitor), writes() as written:
        response = visitor.open(path)
    if response.status_code >= 500:
        yield f"GET fails: {crash_of(response)}"
        return
    refused = is_refused(response)
    if row.only_sent and not refused and not row.is_open_question(who):
        yield f"GET opens what is only sent to: {said(response)}"
    elif not row.only_sent and not row.is_open_question(who) and refused == row.may_open(who):
        yield f"GET {'refused' if refused else 'allowed'}: {said(response)}"
    if refused and written:
        yield f"GET was refused and yet wrote: {written}"


def faults_of_sending(visitor: Visitor, who: str, row: Row, path: str) -> Iterator[str]:
    with undone(visitor), writes() as written:
        response = visitor.send(path)
    if response.status_code >= 500:
        yield f"POST fails: {crash_of(response)}"
        return
    refused = is_refused(response)
    if not row.is_open_question(who) and row.may_send(who) and refused:
        yield f"POST refused: {said(response)}"
    if not row.is_open_question(who) and not row.may_send(who) and not refused and not row.may_open(who):
        yield f"POST allowed: {said(response)}"
    if written and not row.may_send(who) and not row.is_open_question(who):
        yield f"POST wrote, and may not: {said(response)} {written[:2]}"


def crash_of(response: Any) -> str:
    kind, error, trace = response.exc_info
    last = traceback.extract_tb(trace)[-1]
    return f"{kind.__name__}: {error} at {last.filename}:{last.lineno}"


def test_a_visitor_is_nobody_of_the_world(world):
    assert VISITOR not in world.people
