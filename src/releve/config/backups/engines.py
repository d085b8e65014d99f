"""Which programs copy which database."""

from pathlib import Path

from django.db import connections

from . import postgres, sqlite

ENGINES = {"sqlite": sqlite, "postgresql": postgres}


def require(*aliases: str) -> None:
    """Raises: BackupRefused when a database's own programs are missing."""
    if any(connections[alias].vendor == "postgresql" for alias in aliases):
        postgres.require_programs()


def dump(alias: str, folder: Path) -> Path:
    return ENGINES[connections[alias].vendor].dump(alias, folder)


def load(alias: str, dump: Path) -> None:
    ENGINES[connections[alias].vendor].load(alias, dump)
