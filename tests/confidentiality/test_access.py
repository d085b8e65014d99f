"""Every address, for own objects and others', by every kind of person: opened and sent to."""

import traceback
from collections.abc import Callable, Iterator
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


@pytest.mark.parametrize("people", [DAILY[::2], DAILY[1::2]], ids=["some", "the others"])
def test_the_people_of_one_run_meet_every_address(world, record_property, people):
    check(world, people, ["fr"], record_property)


@pytest.mark.every
def test_everybody_meets_every_address_in_both_languages(world, record_property):
    check(world, PEOPLE, ["fr", "en"], record_property, everything=True)


def check(world: World, people: list[str], languages: list[str], record_property: Any, *, everything: bool = False) -> None:
    faults, visits = visit_all(world, people, languages=languages, everything=everything)
    assert not faults, "\n".join(faults)
    cover(record_property, "access", addresses=len(TABLE), objects=sum(map(len, TABLE.values())), people=len(people), visits=visits)


def visit_all(world: World, people: list[str], *, languages: list[str], everything: bool) -> tuple[list[str], int]:
    faults, visits = [], 0
    for who in people:
        visitor = Visitor(world.people.get(who))
        for language in languages:
            for name in sorted(page_names() & set(TABLE)):
                opened, sent = TABLE[name], TABLE[name]
                if not everything:
                    opened, sent = (
                        in_kind(opened, who, Row.may_open),
                        in_kind([row for row in sent if row.takes_something], who, Row.may_send),
                    )
                with override(language):
                    visited = [(faults_of_opening, row, address(world, name, row)) for row in opened]
                    visited += [(faults_of_sending, row, address(world, name, row)) for row in sent]
                for visit, row, path in visited:
                    faults += [f"{who} · {name} [{row.at}] {fault}" for fault in visit(visitor, who, row, path)]
                visits += len(visited)
    return faults, visits


def in_kind(rows: list[Row], who: str, may: Callable[[Row, str], bool]) -> list[Row]:
    """Choose the first object that somebody may open, and the first two that they may not."""
    settled = [row for row in rows if not row.is_open_question(who)]
    return [*[row for row in settled if may(row, who)][:1], *[row for row in settled if not may(row, who)][:2]]


def address(world: World, name: str, row: Row) -> str:
    return path_of(name, world.arguments(row.at))


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
