"""Make a backup of data and vault."""

import shutil
from datetime import datetime
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS
from django.utils import timezone

from releve.audit import queries as audit
from releve.config.routers import VAULT
from releve.core.vault import keys
from releve.core.vault.models import VaultKey

from . import engines, manifest

STAMP = "%Y-%m-%dT%H%M%S.%fZ"
UNFINISHED = ".unfinished"


def make_backup(folder: Path, *, keep: int | None = None, now: datetime | None = None) -> Path:
    """Copy data and vault into a folder; return the place of the data. Safe while the site is in use.

    Data first: each key it needs is then in the vault's copy, unless it was destroyed meanwhile.
    Of the vault the newest copy alone stays; of the data the `keep` newest, or all.
    Raises: BackupRefused.
    """
    engines.require(DEFAULT_DB_ALIAS, VAULT)
    work = folder / UNFINISHED
    shutil.rmtree(work, ignore_errors=True)  # what a killed backup left: it may hold an old vault
    for place in (work, folder / "data", folder / "vault"):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    data = _copy(work, "data", DEFAULT_DB_ALIAS, now or timezone.now())
    vault = _copy(work, "vault", VAULT, timezone.now())
    # The vault first: if we are killed in between, the older data stand beside a newer vault, as they may.
    _publish(vault, folder / "vault", keep=1)
    place = _publish(data, folder / "data", keep=keep)
    shutil.rmtree(work)
    return place


def _copy(work: Path, part: str, alias: str, now: datetime) -> Path:
    place = work / f"{part}-{now.strftime(STAMP)}"
    place.mkdir(mode=0o700)
    facts = _facts(part)  # before the copy, which may be a moment ahead of them, never behind
    manifest.write(place, part, alias, dump=engines.dump(alias, place), facts=facts, now=now)
    return place


def _facts(part: str) -> dict[str, object]:
    if part == "data":
        history = audit.head()
        return {"events": history.events, "head": history.head}
    state = keys.state()
    wrapped_by = sorted(set(VaultKey.objects.values_list("wrapped_by", flat=True)))
    return {"vault": str(state.pk), "changes": state.changes, "wrapped_by": wrapped_by}


def _publish(copy: Path, shelf: Path, *, keep: int | None) -> Path:
    """Put a finished copy on its shelf in one step, then remove the oldest ones."""
    place = shelf / copy.name.partition("-")[2]
    copy.rename(place)
    for old in sorted(shelf.iterdir(), reverse=True)[keep or None :] if keep else []:
        shutil.rmtree(old)
    return place
