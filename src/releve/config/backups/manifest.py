"""What a backup says of itself: written last, so that a half-made one has none."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connections
from django.db.migrations.loader import MigrationLoader

FORMAT = 1
NAME = "manifest.json"


class BackupRefused(Exception):
    """A backup that cannot be made or restored; the message says why and what to do."""


@dataclass(frozen=True)
class Manifest:
    """One copy of one database. `facts` holds what only the data or only the vault has to say."""

    part: str
    made_at: str
    engine: str
    migrations: list[str]
    digests: dict[str, str]
    facts: dict[str, Any] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.made_at)


def write(folder: Path, part: str, alias: str, *, dump: Path, facts: dict[str, Any], now: datetime) -> None:
    """Describe a finished copy."""
    manifest = Manifest(
        part=part,
        made_at=now.isoformat(),
        engine=connections[alias].vendor,
        migrations=applied_migrations(alias),
        digests={dump.name: digest(dump)},
        facts=facts,
    )
    (folder / NAME).write_text(json.dumps(asdict(manifest), indent=2))


def read(folder: Path, part: str) -> Manifest:
    """Read a description and compare every file with it.

    Raises: BackupRefused when the copy is half made, altered, or of another kind.
    """
    try:
        manifest = Manifest(**json.loads((folder / NAME).read_text()))
    except FileNotFoundError as error:
        raise BackupRefused(f"{folder} holds no finished backup: its {NAME} is missing.") from error
    except (ValueError, TypeError) as error:
        raise BackupRefused(f"{folder / NAME} cannot be read.") from error
    if (manifest.format, manifest.part) != (FORMAT, part):
        raise BackupRefused(f"{folder} is no copy of the {part} that this version understands.")
    for name, expected in manifest.digests.items():
        file = folder / name
        if not file.is_file() or digest(file) != expected:
            raise BackupRefused(f"{file} is missing or was altered since the backup was made. Nothing was restored.")
    return manifest


def digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def applied_migrations(alias: str) -> list[str]:
    """List the migrations a database has, as "app.name"."""
    return sorted(".".join(key) for key in MigrationLoader(connections[alias]).applied_migrations)


def known_migrations(alias: str) -> set[str]:
    return {".".join(key) for key in MigrationLoader(connections[alias]).disk_migrations}
