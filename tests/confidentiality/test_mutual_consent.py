"""Whether a pairing suits: played twice with the answers exchanged, nobody and nothing tells the two courses apart."""

import datetime as dt
from typing import Any, NamedTuple

import pytest
from django.core import mail

from releve.core.models import KeyToDestroy
from releve.core.vault.models import VaultKey
from releve.relationships import actions
from releve.relationships.models import ContactAnswer, Relationship, State
from tests.confidentiality.comparing import Course, Observer
from tests.confidentiality.covering import cover
from tests.confidentiality.markers import STAFF, address
from tests.confidentiality.visits import taken_back, tick
from tests.confidentiality.world import NOW, World

MEMBERS = ["denise", "ines"]
SOME = ["amina", "emile", *MEMBERS]  # who runs the program, who is close to one of the two, and the two
EVERY = [*STAFF.split(), "ivan", "emile", "alain", "chloe", "nadia", "marc", *MEMBERS]
SOON = NOW + dt.timedelta(minutes=5)
AFTER = NOW + dt.timedelta(days=40)  # the deadline has passed
YES, NO, SILENT = True, False, None


class Played(NamedTuple):
    """One course of events, seen before the answers are read and after."""

    unread: Course
    read: Course
    state: str


@pytest.fixture
def observer(world) -> Observer:
    tick(NOW)
    mail.outbox.clear()
    return Observer(world)


def answer(world: World, said: tuple[bool | None, bool | None]) -> None:
    """Let Denise, then Inès, say whether the pairing suits them."""
    for who, suits in zip(MEMBERS, said, strict=True):
        if suits is not SILENT:
            actions.answer_contact(world.membership("introduced", who), suits, now=SOON)


def played(observer: Observer, clock: Any, said: tuple[bool | None, bool | None], *, at: dt.datetime = SOON, before=(), after=()) -> Played:
    """Play to the end: two ticks, of which the second finishes what the first decided."""
    mail.outbox.clear()
    with taken_back():
        clock.move_to(SOON)
        answer(observer.world, said)
        unread = observer.look(before)
        clock.move_to(at)
        tick(at)
        tick(at)
        pair = Relationship.objects.get(pk=observer.world.pairs["introduced"].pk)
        return Played(unread, observer.look(after), pair.state)


def test_nobody_can_tell_which_of_the_two_said_no(observer, clock, record_property):
    told(observer, clock, SOME, record_property)


@pytest.mark.every
def test_nobody_at_all_can_tell_which_of_the_two_said_no(observer, clock, record_property):
    told(observer, clock, EVERY, record_property)


def told(observer: Observer, clock: Any, people: list[str], record_property: Any) -> None:
    others = [who for who in people if who not in MEMBERS]
    one, other = (played(observer, clock, said, before=others, after=people) for said in [(YES, NO), (NO, YES)])
    assert one.unread.differences(other.unread) == []
    assert one.read.differences(other.read) == []
    assert {one.state, other.state} == {State.DISSOLVED}
    seen = sum(map(len, [*one.unread.pages.values(), *one.read.pages.values()]))
    cover(record_property, "swapped answers", people=len(people), pages=seen, tables=len(one.read.data), letters=len(one.read.letters))


def test_before_the_tick_not_even_a_yes_and_a_no_can_be_told_apart(observer, clock):
    """Denise said yes. Whether Inès then said yes or no, Denise's pages are the same, and the other way around."""
    both = played(observer, clock, (YES, YES), before=MEMBERS)
    for said, who in {(YES, NO): "denise", (NO, YES): "ines"}.items():
        split = played(observer, clock, said, before=[who])
        assert Course(both.unread.data, {who: both.unread.pages[who]}).differences(split.unread) == []
    assert both.state == State.ACCEPTED


def test_two_noes_end_as_one(observer, clock):
    one, two = played(observer, clock, (YES, NO)), played(observer, clock, (NO, NO))
    assert [*one.unread.differences(two.unread), *one.read.differences(two.read)] == []


def test_a_no_to_somebody_silent_is_told_to_nobody(observer, clock):
    """At the deadline a silence is no outcome, whatever the other said."""
    no, yes = (played(observer, clock, said, at=AFTER, after=MEMBERS) for said in [(SILENT, NO), (SILENT, YES)])
    assert [*no.unread.differences(yes.unread), *no.read.differences(yes.read)] == []
    assert no.state == State.INTRODUCED


def test_others_cannot_tell_who_was_silent(observer, clock):
    people = ["amina", "emile"]
    one, other = (played(observer, clock, said, at=AFTER, after=people) for said in [(SILENT, NO), (NO, SILENT)])
    assert [fault for fault in one.read.differences(other.read) if not is_own_letter(fault)] == []


def is_own_letter(fault: str) -> bool:
    """Say whether a difference lies in what the members themselves were sent: who was silent was reminded."""
    return fault.startswith(("table default.notifications_letter ", *(f"letter: ['{address(f'email.{who}')}'" for who in MEMBERS)))


def test_answers_and_their_keys_are_gone_after_the_tick(observer, clock):
    with taken_back():
        clock.move_to(SOON)
        answer(observer.world, (YES, NO))
        keys = list(ContactAnswer.objects.values_list("key", flat=True))
        assert VaultKey.objects.filter(pk__in=keys).count() == 2
        tick(SOON)
        tick(SOON)
        assert not ContactAnswer.objects.exists()
        assert not VaultKey.objects.filter(pk__in=keys).exists()
        assert not KeyToDestroy.objects.filter(pk__in=keys).exists()


def test_the_comparison_sees_a_difference_when_there_is_one(observer, clock):
    yes, no = (played(observer, clock, said, after=["ines"]) for said in [(YES, YES), (YES, NO)])
    found = yes.read.differences(no.read)
    for place in ("ines: ", "table default.relationships_notagain", "letter: "):
        assert any(fault.startswith(place) for fault in found), place
