"""Copies of SQLite databases, while the site is in use."""

import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connections

DUMP = "database.sqlite3"
WAIT_SECONDS = 60


def dump(alias: str, folder: Path) -> Path:
    """Copy a database as of this moment, without what was deleted from it."""
    target = folder / DUMP
    target.touch(mode=0o600)
    with closing(_connect(_file(alias))) as source:
        # Not the backup API, which also copies free pages and with them the remains of deleted rows.
        source.execute("VACUUM INTO ?", [str(target)])
    return target


def load(alias: str, dump: Path) -> None:
    """Put a copy in the place of a database, all of it or nothing."""
    connections[alias].close()
    with closing(_connect(str(dump))) as source, closing(_connect(_file(alias))) as target:
        source.backup(target)


def _file(alias: str) -> str:
    return str(connections[alias].settings_dict["NAME"])


def _connect(file: str) -> sqlite3.Connection:
    return sqlite3.connect(file, timeout=WAIT_SECONDS, isolation_level=None)
