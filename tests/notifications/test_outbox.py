"""What goes into the outbox: once, with the caller's transaction, and no words of people."""

import datetime as dt
import threading
import uuid

import pytest
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from releve.audit.models import Event
from releve.notifications import actions, queries
from releve.notifications.actions import FactRefused, notify
from releve.notifications.kinds import Group, UnknownKind
from releve.notifications.models import Letter, Preference

NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)


def jobs() -> int:
    return DBTaskResult.objects.count()


def test_a_letter_waits_with_a_job_that_will_send_it(chloe):
    letter = notify(chloe, "hello", due_key="hello:1", ids={"number": 3})
    assert (letter.state, letter.ids, letter.person_id) == (Letter.State.QUEUED, {"number": 3}, chloe.pk)
    assert list(DBTaskResult.objects.values_list("args_kwargs", flat=True)) == [{"args": [str(letter.pk)], "kwargs": {}}]


def test_one_thing_is_told_to_one_person_once(chloe, dan):
    assert notify(chloe, "hello", due_key="hello:1") is not None
    assert notify(chloe, "hello", due_key="hello:1") is None
    assert notify(chloe, "must", due_key="hello:1") is None
    assert notify(dan, "hello", due_key="hello:1") is not None
    assert (Letter.objects.count(), jobs()) == (2, 2)


def test_a_letter_is_undone_with_the_transaction_it_belongs_to(chloe):
    with transaction.atomic():
        notify(chloe, "hello", due_key="hello:1")
        transaction.set_rollback(True)
    assert (Letter.objects.count(), jobs()) == (0, 0)


def test_a_known_key_leaves_the_caller_s_transaction_whole(chloe):
    with transaction.atomic():
        notify(chloe, "hello", due_key="hello:1")
        notify(chloe, "hello", due_key="hello:1")
        notify(chloe, "hello", due_key="hello:2")
    assert Letter.objects.count() == 2


def test_a_letter_for_later_is_left_to_the_tick(chloe):
    later = timezone.now() + dt.timedelta(days=2)
    letter = notify(chloe, "hello", due_key="hello:1", not_before=later)
    assert (letter.not_before, jobs()) == (later, 0)
    assert list(Letter.objects.waiting(later - dt.timedelta(seconds=1))) == []
    assert list(Letter.objects.waiting(later)) == [letter]


def test_a_letter_of_an_unknown_kind_is_refused(chloe):
    with pytest.raises(UnknownKind, match="'helo'"):
        notify(chloe, "helo", due_key="hello:1")


def test_identities_and_dates_are_kept_as_plain_values(chloe):
    code = uuid.uuid4()
    letter = notify(chloe, "hello", due_key="1", ids={"relationship": code, "due": dt.date(2026, 12, 1), "days": [7, None, True]})
    assert letter.ids == {"relationship": str(code), "due": "2026-12-01", "days": [7, None, True]}


@pytest.mark.parametrize("fact", ["x" * 201, "two\nlines", 1.5, {"a": 1}, b"bytes"])
def test_what_people_wrote_is_refused(chloe, fact):
    with pytest.raises(FactRefused, match="'note'"):
        notify(chloe, "hello", due_key="1", ids={"note": fact})
    assert Letter.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_queue_one_letter(chloe):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite in memory has one writer; tests/config plays the race with real processes")
    start, made = threading.Barrier(2), []

    def tell():
        start.wait()
        made.append(notify(chloe, "hello", due_key="hello:1"))
        connection.close()

    rivals = [threading.Thread(target=tell) for _ in range(2)]
    for rival in rivals:
        rival.start()
    for rival in rivals:
        rival.join()
    assert (Letter.objects.count(), jobs(), sorted(letter is None for letter in made)) == (1, 1, [False, True])


# --- what people choose


def test_a_group_switched_off_is_remembered_and_switched_on_again(chloe):
    actions.choose_groups(chloe, [], by=chloe)
    actions.choose_groups(chloe, [], by=chloe)
    assert queries.switched_off(chloe) == {"reminders"}  # "program" holds nothing that can be switched off
    actions.choose_groups(chloe, [Group.REMINDERS], by=chloe)
    assert queries.switched_off(chloe) == set()
    assert Preference.objects.count() == 0
    assert Event.objects.filter(verb="letters.choose").count() == 3


# --- letters for a person to judge


def test_letters_in_doubt_and_failed_ones_are_listed(chloe):
    states = {
        "young": {"state": Letter.State.SENDING, "claimed_at": NOW - dt.timedelta(minutes=1)},
        "old": {"state": Letter.State.SENDING, "claimed_at": NOW - dt.timedelta(minutes=11)},
        "failed": {"state": Letter.State.FAILED},
        "sent": {"state": Letter.State.SENT, "sent_at": NOW},
        "queued": {"state": Letter.State.QUEUED},
    }
    for key, values in states.items():
        Letter.objects.create(person=chloe, kind="hello", due_key=key, **values)
    assert set(queries.undecided(NOW).values_list("due_key", flat=True)) == {"old", "failed"}


@pytest.mark.parametrize(("decide", "state"), [(actions.send_again, Letter.State.QUEUED), (actions.give_up, Letter.State.CANCELLED)])
def test_a_person_decides_once(chloe, dan, decide, state):
    letter = Letter.objects.create(person=chloe, kind="hello", due_key="1", state=Letter.State.SENDING, claimed_at=NOW, tries=1)
    assert (decide(letter, by=dan), decide(letter, by=dan)) == (True, False)
    letter.refresh_from_db()
    assert letter.state == state
    assert Event.objects.filter(subject__isnull=False, object_id=letter.pk).count() == 1


@pytest.mark.parametrize("state", [Letter.State.QUEUED, Letter.State.CANCELLED])
def test_a_letter_that_is_in_no_doubt_is_not_for_a_person_to_decide(chloe, dan, state):
    letter = Letter.objects.create(person=chloe, kind="hello", due_key="1", state=state)
    assert (actions.send_again(letter, by=dan), actions.give_up(letter, by=dan)) == (False, False)


def test_letters_that_wait_are_held_after_a_restore(chloe):
    notify(chloe, "hello", due_key="1")
    Letter.objects.create(person=chloe, kind="hello", due_key="2", state=Letter.State.SENT, sent_at=NOW)
    assert actions.hold_waiting() == 1
    assert list(queries.undecided(NOW).values_list("due_key", "trouble")) == [("1", "restored")]
    assert actions.deliver_due(NOW) == 0
