"""A small cast, two kinds of letters of a room that exists for the tests alone, and a real mail server."""

import socket
from collections.abc import Iterator

import pytest
from aiosmtpd.controller import Controller
from django.utils.translation import get_language

from releve.notifications import kinds, sender
from releve.notifications.kinds import Content
from releve.people.models import Person


@pytest.fixture
def chloe():
    return Person.objects.create_user("chloe@example.org", name="Chloé Bélanger", language="fr")


@pytest.fixture
def dan():
    return Person.objects.create_user("dan@example.org", name="Dan Walsh", language="en", time_zone="America/Vancouver")


def say_hello(ids, person):
    if ids.get("gone"):
        return None
    hello = {"fr": "Bonjour", "en": "Hello"}[get_language()]
    return Content(
        f"{hello} {person.name}",
        f"**{hello}**, voyez [la page](https://example.org/?a=1&b=2) n° {ids.get('number', 0)}.",
        path="/fr/today/",
        button="Lire et signer",
    )


@pytest.fixture(autouse=True)
def _kinds(monkeypatch):
    """Let these tests know of their own kinds alone."""
    monkeypatch.setattr(kinds, "_kinds", {})
    monkeypatch.setattr(sender, "_provider", lambda: sender.Sender("Chapitre du Québec, essai", "contact@example.org"))
    kinds.register("hello", load=say_hello, group="reminders")
    kinds.register("must", load=say_hello, group="program", essential=True)


class Inbox:
    """A mail server in this process: keeps what it takes, refuses when told to."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        self.answers: list[str] = []  # given one by one instead of taking a letter
        self.hangs_up = False  # takes the words and drops the line without a word of its own

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  aiosmtpd's name
        if self.hangs_up:
            server.transport.abort()
            return "421 Gone"
        if self.answers:
            return self.answers.pop(0)
        self.taken.append(envelope.content)
        return "250 Taken"


@pytest.fixture
def inbox(settings) -> Iterator[Inbox]:
    box = Inbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        host, port = probe.getsockname()
    controller = Controller(box, hostname=host, port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = host, port
    yield box
    controller.stop()
