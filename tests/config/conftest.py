"""Whole installations, on SQLite files or, where the suite runs on PostgreSQL, in databases of their own there."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from aiosmtpd.controller import Controller
from django.db import connections

from tests.config.installation import Installation, free_port


class Inbox:
    """A mail server that keeps what it takes."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  aiosmtpd's name
        self.taken.append(envelope.content)
        return "250 Taken"


@pytest.fixture(scope="module")
def inbox() -> Iterator[Inbox]:
    box = Inbox()
    box.port = free_port()
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    yield box
    controller.stop()


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """Make two empty databases for one installation; SQLite needs none made."""
    server = os.environ.get("DATABASE_URL", "").rpartition("/")[0]
    if not server.startswith("postgres"):
        yield {}
        return
    names = {variable: f"install_{uuid.uuid4().hex}" for variable in ("DATABASE_URL", "VAULT_URL")}
    place = connections["default"].settings_dict
    access = {
        word: place[name] for word, name in {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}.items() if place[name]
    }
    with psycopg.connect(**access, dbname="postgres", autocommit=True) as connection:
        for name in names.values():
            connection.execute(f"CREATE DATABASE {name}")
        yield {variable: f"{server}/{name}" for variable, name in names.items()}
        for name in names.values():
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def new_installation(tmp_path_factory, inbox) -> Iterator:
    """Give a function that makes an empty installation."""
    opened = []

    def make(name: str) -> Installation:
        context = databases()
        folder: Path = tmp_path_factory.mktemp(name)
        opened.append(context)
        return Installation(folder, f"smtp://127.0.0.1:{inbox.port}", context.__enter__())

    yield make
    for context in opened:
        context.__exit__(None, None, None)


@pytest.fixture(scope="module")
def installed(new_installation) -> Installation:
    """Give an installation on which `releve init` has run."""
    installation = new_installation("installed")
    installation.first_words = installation.succeed(*installation.init("--test-mail"))
    return installation
