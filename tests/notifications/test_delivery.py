"""Delivery by a real mail server: once, in the reader's language, tried again when refused."""

import datetime as dt
import email
import email.policy
import socket
import threading
from email.message import EmailMessage

import pytest
from django.db import connection
from django.utils import timezone

from releve.notifications import actions, delivery, kinds, queries
from releve.notifications.actions import deliver, deliver_due, notify
from releve.notifications.kinds import Content
from releve.notifications.models import Letter, Preference
from releve.notifications.tasks import deliver_letter

NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)


def arrived(inbox) -> list[EmailMessage]:
    messages = [content.replace(b"\r\n", b"\n") for content in inbox.taken]
    return [email.message_from_bytes(message, policy=email.policy.default) for message in messages]


def now_holds(letter) -> tuple:
    letter.refresh_from_db()
    return letter.state, letter.tries, letter.trouble


def test_a_french_letter_arrives_once_with_both_parts(chloe, inbox):
    letter = notify(chloe, "hello", due_key="1", ids={"number": 7})
    assert (deliver(letter.pk, now=NOW), deliver(letter.pk, now=NOW), deliver_due(NOW)) == (True, False, 0)
    [message] = arrived(inbox)
    assert message["Subject"] == "Bonjour Chloé Bélanger"
    assert message["To"] == "chloe@example.org"
    assert message["From"] == '"Chapitre du Québec, essai" <releve@testserver>'
    assert message["Reply-To"] == "contact@example.org"
    assert message["Content-Language"] == "fr"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"] == f"<{letter.pk}@testserver>"
    assert message["List-Unsubscribe"] == "<http://testserver/fr/account/letters/>"
    text, html = message.get_body(("plain",)).get_content(), message.get_body(("html",)).get_content()
    assert "Bonjour, voyez la page (https://example.org/?a=1&b=2) n° 7." in text
    assert "Lire et signer\nhttp://testserver/fr/today/" in text
    assert '<a href="https://example.org/?a=1&amp;b=2"' in html
    assert 'href="http://testserver/fr/today/"' in html
    assert '<html lang="fr"' in html
    assert now_holds(letter) == (Letter.State.SENT, 1, "")


def test_each_reader_gets_their_own_language(chloe, dan, inbox):
    for person in (chloe, dan):
        notify(person, "hello", due_key="1")
    assert deliver_due(timezone.now()) == 2
    assert [message["Subject"] for message in arrived(inbox)] == ["Bonjour Chloé Bélanger", "Hello Dan Walsh"]


def test_the_job_of_the_worker_sends_the_letter(chloe, inbox):
    letter = notify(chloe, "hello", due_key="1")
    assert (deliver_letter.call(str(letter.pk)), deliver_letter.call(str(letter.pk))) == (True, False)
    assert len(inbox.taken) == 1


def test_a_letter_whose_object_is_gone_is_cancelled(chloe, inbox):
    letter = notify(chloe, "hello", due_key="1", ids={"gone": True})
    assert deliver_due(timezone.now()) == 0
    assert now_holds(letter) == (Letter.State.CANCELLED, 1, "")
    assert inbox.taken == []


def test_a_letter_to_a_closed_account_is_cancelled(chloe, inbox):
    letter = notify(chloe, "must", due_key="1")
    chloe.is_active = False
    chloe.save()
    deliver_due(timezone.now())
    assert (now_holds(letter)[0], inbox.taken) == (Letter.State.CANCELLED, [])


def test_a_group_switched_off_after_queueing_is_respected(chloe, inbox):
    letter = notify(chloe, "hello", due_key="1")
    Preference.objects.create(person=chloe, group="reminders")
    deliver_due(timezone.now())
    assert (now_holds(letter)[0], inbox.taken) == (Letter.State.CANCELLED, [])


def test_an_essential_letter_comes_whatever_is_switched_off_and_offers_no_switch(chloe, inbox):
    Preference.objects.create(person=chloe, group="program")
    notify(chloe, "must", due_key="1")
    deliver_due(timezone.now())
    [message] = arrived(inbox)
    assert message["List-Unsubscribe"] is None
    assert "/account/letters/" not in message.as_string()


# --- refusals


def test_a_refused_letter_is_tried_three_times_with_growing_waits_and_then_fails(chloe, inbox):
    letter = notify(chloe, "hello", due_key="1")
    inbox.answers = ["451 Try later", "451 Try later", "554 No chloe@example.org here"]
    assert deliver_due(NOW) == 0
    assert now_holds(letter) == (Letter.State.QUEUED, 1, "SMTPDataError 451")
    assert letter.not_before == NOW + dt.timedelta(minutes=5)
    second = letter.not_before
    assert (deliver_due(second - dt.timedelta(seconds=1)), deliver_due(second)) == (0, 0)
    assert now_holds(letter) == (Letter.State.QUEUED, 2, "SMTPDataError 451")
    third = letter.not_before
    assert third == second + dt.timedelta(hours=1)
    deliver_due(third)
    assert now_holds(letter) == (Letter.State.FAILED, 3, "SMTPDataError 554")
    deliver_due(third + dt.timedelta(days=30))
    assert inbox.taken == []


def test_a_letter_refused_once_arrives_at_the_next_try_under_the_same_identity(chloe, inbox):
    letter = notify(chloe, "hello", due_key="1")
    inbox.answers = ["451 Try later"]
    deliver_due(NOW)
    assert deliver_due(NOW + dt.timedelta(minutes=5)) == 1
    assert [message["Message-ID"] for message in arrived(inbox)] == [f"<{letter.pk}@testserver>"]
    assert now_holds(letter) == (Letter.State.SENT, 2, "")


def test_a_mail_server_that_is_away_is_tried_again(chloe, settings):
    with socket.socket() as nobody:  # bound, not listening: a connection is refused
        nobody.bind(("127.0.0.1", 0))
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = nobody.getsockname()
        letter = notify(chloe, "hello", due_key="1")
        deliver_due(NOW)
    assert now_holds(letter) == (Letter.State.QUEUED, 1, "ConnectionRefusedError")


def test_a_line_that_drops_while_sending_leaves_the_letter_for_a_person(chloe, inbox):
    letter = notify(chloe, "hello", due_key="1")
    inbox.hangs_up = True
    assert deliver_due(NOW) == 0
    assert now_holds(letter) == (Letter.State.SENDING, 1, "SMTPServerDisconnected")
    assert deliver_due(NOW + dt.timedelta(days=1)) == 0  # the server may well have taken it
    assert list(queries.undecided(NOW + dt.timedelta(minutes=10))) == [letter]


def test_a_letter_left_by_a_killed_worker_is_never_sent_again(chloe, inbox):
    letter = notify(chloe, "hello", due_key="1")
    delivery._claim(letter.pk, NOW)  # and the process is killed here
    assert (deliver_due(NOW + dt.timedelta(days=1)), deliver(letter.pk, now=NOW)) == (0, False)
    assert inbox.taken == []
    assert now_holds(letter)[0] == Letter.State.SENDING
    assert actions.send_again(letter, by=None)
    assert deliver_due(NOW) == 1


def test_a_fault_in_one_letter_holds_up_no_other(chloe, inbox, caplog):
    def broken(ids, person):
        raise ValueError(f"{person.email} broke it")

    kinds.register("broken", load=broken, group="reminders")
    letter = notify(chloe, "broken", due_key="1")
    notify(chloe, "hello", due_key="2")
    assert deliver_due(timezone.now()) == 1
    assert now_holds(letter) == (Letter.State.QUEUED, 1, "ValueError")
    said = [record.getMessage() for record in caplog.records if record.name == "releve.letters"]
    assert said == [f"Letter {letter.pk} will be tried again: ValueError"]


def test_a_kind_that_an_upgrade_removed_fails_without_harm(chloe, inbox):
    letter = Letter.objects.create(person=chloe, kind="removed", due_key="1", tries=2)
    deliver_due(NOW)
    assert now_holds(letter) == (Letter.State.FAILED, 3, "UnknownKind")


# --- races


def test_a_rival_that_comes_while_a_letter_is_written_sends_nothing(chloe, inbox):
    rivals = []

    def load(ids, person):
        rivals.append(deliver(letter.pk, now=NOW))
        return Content("Une fois", "Une seule.")

    kinds.register("slow", load=load, group="reminders")
    letter = notify(chloe, "slow", due_key="1")
    assert deliver(letter.pk, now=NOW) is True
    assert (rivals, len(inbox.taken)) == ([False], 1)


@pytest.mark.django_db(transaction=True)
def test_two_deliverers_at_the_same_moment_send_once(chloe, inbox):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite in memory has one writer; tests/config plays the race with real processes")
    letters = [notify(chloe, "hello", due_key=str(number)) for number in range(5)]
    start, sent = threading.Barrier(2), []

    def send():
        start.wait()
        sent.append(deliver_due(timezone.now()))
        connection.close()

    rivals = [threading.Thread(target=send) for _ in range(2)]
    for rival in rivals:
        rival.start()
    for rival in rivals:
        rival.join()
    assert (sum(sent), len(inbox.taken)) == (5, 5)
    assert {letter.state for letter in Letter.objects.filter(pk__in=[letter.pk for letter in letters])} == {Letter.State.SENT}
