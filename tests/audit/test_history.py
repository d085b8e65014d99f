"""The history: what it takes, whose code it shows, and that nobody alters it unseen."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.utils import timezone

from releve.audit import actions, queries
from releve.audit.models import Event, SubjectCode
from releve.audit.queries import ChainState
from releve.people.models import Person


@pytest.fixture
def amina():
    return Person.objects.create_user("amina@example.org", name="Amina Diallo")


@pytest.fixture
def bo():
    return Person.objects.create_user("bo@example.org", name="Bo Tremblay")


def chain() -> int:
    return actions.chain_events(timezone.now())


def record(count: int, person) -> list[Event]:
    return [actions.record("meeting.report", by=person, minutes=number) for number in range(count)]


def test_an_event_names_people_by_a_code_that_stays_the_same(amina, bo):
    one = actions.record("consent.give", by=amina, subject=amina, on=bo)
    two = actions.record("consent.withdraw", by=bo, subject=amina)
    assert (one.actor, one.subject, two.subject) == (one.actor,) * 3
    assert one.actor not in {amina.pk, bo.pk, two.actor}
    assert (one.object_type, one.object_id) == ("people.person", bo.pk)


def test_an_event_without_a_person_was_decided_by_the_rules(amina):
    event = actions.record("relationship.settle", by=None, on=amina)
    assert (event.actor, event.subject, SubjectCode.objects.count()) == (None, None, 0)


def test_facts_are_kept_as_numbers_codes_and_dates(amina):
    code = uuid.uuid4()
    facts = {
        "count": 3,
        "open": True,
        "share": Decimal("0.50"),
        "ratio": 0.5,
        "who": code,
        "day": dt.date(2026, 11, 22),
        "changed": ["meeting_rhythm_days", "2027-01-31"],
        "none": None,
    }
    actions.record("cohort.settings", by=amina, **facts)
    assert Event.objects.get().facts == {
        "count": 3,
        "open": True,
        "share": "0.50",
        "ratio": "0.5",
        "who": str(code),
        "day": "2026-11-22",
        "changed": ["meeting_rhythm_days", "2027-01-31"],
        "none": None,
    }


@pytest.mark.parametrize("words", ["He never answers", "bo@example.org", "x" * 121, {"a": 1}, b"bytes", ["fine", "two words"]])
def test_words_of_people_are_refused_as_facts(amina, words):
    with pytest.raises(actions.FactRefused, match="'note'"):
        actions.record("relationship.end", by=amina, note=words)
    assert Event.objects.count() == 0


def test_a_program_s_events_come_newest_first_and_without_those_of_others(amina, bo):
    first = actions.record("cohort.open", by=amina, program=amina)
    actions.record("cohort.open", by=amina, program=bo)
    second = actions.record("cohort.close", by=amina, program=amina)
    assert list(queries.events_of_program(amina.pk)) == [second, first]


def test_a_person_finds_what_they_did_and_what_concerns_them(amina, bo):
    did = actions.record("consent.give", by=amina, subject=amina)
    concerned = actions.record("sheet.read", by=bo, subject=amina)
    actions.record("consent.give", by=bo, subject=bo)
    assert list(queries.events_about(amina.pk)) == [concerned, did]


def test_after_an_erasure_the_history_speaks_of_nobody(amina, bo):
    record(2, amina)
    actions.record("sheet.read", by=bo, subject=amina)
    chain()
    actions.forget_person(amina.pk)
    events = list(Event.objects.all())
    assert set(queries.people_behind(events).values()) == {bo.pk}
    assert list(queries.events_about(amina.pk)) == []
    assert queries.verify().broken_at is None
    assert len(events) == 3


# --- the chain


def test_new_events_are_chained_in_order_and_once(amina):
    record(3, amina)
    assert (chain(), chain()) == (3, 0)
    assert list(Event.objects.values_list("place", flat=True)) == [1, 2, 3]
    assert queries.verify() == ChainState(3, Event.objects.get(place=3).digest)


def test_the_chain_goes_on_where_it_stopped(amina):
    record(2, amina)
    chain()
    record(2, amina)
    chain()
    assert queries.verify() == ChainState(4, Event.objects.get(place=4).digest)


def test_a_long_wait_is_chained_in_batches(amina, monkeypatch):
    monkeypatch.setattr(actions, "BATCH", 2)
    record(5, amina)
    assert (chain(), queries.verify().events) == (5, 5)


def test_an_event_of_a_transaction_that_committed_late_is_chained_late(amina):
    early, late = record(2, amina)
    Event.objects.filter(pk=early.pk).update(at=timezone.now() + dt.timedelta(hours=1))  # not yet to be seen
    chain()
    Event.objects.filter(pk=early.pk).update(at=early.at)
    chain()
    assert list(Event.objects.order_by("place")) == [late, early]
    assert queries.verify().broken_at is None


@pytest.mark.parametrize(
    "change", [{"verb": "other"}, {"actor": None}, {"facts": {"minutes": 60}}, {"at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)}]
)
def test_an_altered_event_breaks_the_chain_at_its_place(amina, change):
    record(3, amina)
    chain()
    good = Event.objects.get(place=1).digest
    Event.objects.filter(place=2).update(**change)
    assert queries.verify() == ChainState(1, good, broken_at=2)


def test_a_removed_event_breaks_the_chain_at_its_place(amina):
    record(3, amina)
    chain()
    Event.objects.filter(place=2).delete()
    assert queries.verify().broken_at == 2


def test_events_that_another_process_chained_meanwhile_are_left_alone(amina):
    """Two ticks at once: the second one has read the events before the first one wrote their places."""
    record(2, amina)
    waiting = list(Event.objects.filter(place__isnull=True))
    chain()
    for event in waiting:
        event.place, event.digest = 99, "9" * 64
    assert Event.objects.filter(place__isnull=True).bulk_update(waiting, ["place", "digest"]) == 0
    assert queries.verify() == ChainState(2, Event.objects.get(place=2).digest)


def test_the_log_of_a_program_takes_the_same_number_of_queries_however_long(amina, django_assert_num_queries):
    for count in (3, 30):
        for _ in range(count):
            actions.record("cohort.open", by=amina, program=amina)
        with django_assert_num_queries(2):
            queries.people_behind(list(queries.events_of_program(amina.pk)))
