"""Restore any data backup beside the newest vault."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, router
from django.db.models import Model, Q

from releve.audit import queries as audit
from releve.config import jobs
from releve.config.models import Beat
from releve.config.routers import VAULT
from releve.config.upgrade import upgrade
from releve.core.vault import keys
from releve.core.vault.models import VaultKey, VaultState
from releve.notifications.actions import hold_waiting
from releve.people.models import Person

from . import engines, manifest
from .manifest import BackupRefused, Manifest


@dataclass(frozen=True)
class Restored:
    """What a restore did. `held` letters waited when the backup was made; a person decides about them."""

    place: Path
    people: int
    vault_kept: bool
    held: int
    history_whole: bool


def restore_backup(folder: Path, *, at: str = "", replace: bool = False, now: datetime) -> Restored:
    """Put a data backup in the place of what is there, joined with the newest vault.

    The newest vault is the one in use, where it is the same vault and changed at least as often as
    the copy; otherwise the copy. Everything is checked before anything is changed.
    Raises: BackupRefused.
    """
    place, vault_place = _data_place(folder, at), _newest(folder / "vault")
    data, vault = manifest.read(place, "data"), manifest.read(vault_place, "vault")
    _refuse_misfits(data, vault)
    engines.require(DEFAULT_DB_ALIAS, VAULT)
    kept = _vault_in_use_is_newest(vault)
    _refuse_overwriting(vault, replace=replace, now=now)
    if not kept:
        engines.load(VAULT, vault_place / next(iter(vault.digests)))
    engines.load(DEFAULT_DB_ALIAS, place / next(iter(data.digests)))
    connections.close_all()
    upgrade()  # a backup made by an older version
    Beat.objects.all().delete()
    return Restored(place, Person.objects.count(), vault_kept=kept, held=hold_waiting(), history_whole=_history_is_whole(data))


def _data_place(folder: Path, at: str) -> Path:
    if not at:
        return _newest(folder / "data")
    place = folder / "data" / at
    if place.parent != folder / "data" or not place.is_dir():
        raise BackupRefused(f"{folder} holds no data backup {at}. It holds: {', '.join(_names(folder / 'data')) or 'none'}.")
    return place


def _newest(shelf: Path) -> Path:
    if not _names(shelf):
        raise BackupRefused(f"{shelf} holds no backup.")
    return shelf / _names(shelf)[-1]


def _names(shelf: Path) -> list[str]:
    return sorted(place.name for place in shelf.iterdir()) if shelf.is_dir() else []


def _refuse_misfits(data: Manifest, vault: Manifest) -> None:
    for copy, alias in ((data, DEFAULT_DB_ALIAS), (vault, VAULT)):
        vendor = connections[alias].vendor
        if copy.engine != vendor:
            raise BackupRefused(f"The {copy.part} was copied from {copy.engine}; the settings name {vendor}. Nothing was restored.")
        unknown = set(copy.migrations) - manifest.known_migrations(alias)
        if unknown:
            raise BackupRefused(f"The {copy.part} was copied by a newer version of Relève. Install that version, then restore.")
    if vault.moment < data.moment:
        raise BackupRefused(
            "The vault in this folder is older than the data: it lacks keys of texts written since. "
            "Put the newest vault backup in its place, or choose an older data backup with --at."
        )
    missing = set(vault.facts["wrapped_by"]) - {keys.fingerprint(key) for key in settings.VAULT_KEYS}
    if missing:
        raise BackupRefused(f"VAULT_KEYS lacks the wrapping keys of this vault ({', '.join(sorted(missing))}). Nothing was restored.")


def _vault_in_use_is_newest(vault: Manifest) -> bool:
    if not _has_table(VaultState):
        return False
    state = keys.state()
    return str(state.pk) == vault.facts["vault"] and state.changes >= vault.facts["changes"]


def _refuse_overwriting(vault: Manifest, *, replace: bool, now: datetime) -> None:
    working = Q(name__startswith=jobs.worker_name(""), at__gt=now - jobs.DEAD_AFTER)
    if _has_table(Beat) and Beat.objects.filter(working).exists():
        raise BackupRefused("A worker is running on this database. Stop releve worker and releve serve, then restore.")
    if replace:
        return
    if _has_table(Person) and (people := Person.objects.count()):
        raise BackupRefused(f"This server holds data already ({people} people). To give it up for the backup, add --replace.")
    if _has_table(VaultKey) and VaultKey.objects.exists() and str(keys.state().pk) != vault.facts["vault"]:
        raise BackupRefused("This server's vault is another one and holds keys. To give it up for the backup, add --replace.")


def _has_table(model: type[Model]) -> bool:
    """Say whether a database was ever set up: a restore may be the first thing a new machine sees."""
    tables = connections[router.db_for_read(model) or DEFAULT_DB_ALIAS].introspection.table_names()
    return model._meta.db_table in tables


def _history_is_whole(data: Manifest) -> bool:
    return audit.verify().broken_at is None and audit.holds(data.facts["events"], data.facts["head"])
