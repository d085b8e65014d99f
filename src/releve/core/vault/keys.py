"""Make, open, rewrap and destroy the data keys of sealed text."""

import hashlib
import os
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import partial

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import connections, router, transaction
from django.db.models import F

from releve.core.models import KeyToDestroy

from .models import VaultKey, VaultState

NONCE_BYTES = 12
BATCH = 500  # fewer than the variables SQLite allows in one statement

# Opened keys of the request or task at hand, forgotten with it (see `remembered`), so that a
# destroyed key stops opening anything from the next request on.
_opened: ContextVar[dict[uuid.UUID, bytes | None] | None] = ContextVar("opened_keys", default=None)


class VaultError(Exception):
    """The vault holds a key that none of the wrapping keys in the settings can open."""


def fingerprint(wrapping_key: bytes) -> str:
    return hashlib.sha256(b"releve-wrapping" + wrapping_key).hexdigest()[:16]


def create_key(kind: str) -> uuid.UUID:
    """Make a data key and return the identity by which rows refer to it.

    The vault keeps it even if the caller's transaction is undone: a key without text does no harm.
    """
    key = VaultKey(kind=kind)
    _wrap(key, AESGCM.generate_key(bit_length=256))
    with transaction.atomic(using=_alias()):
        key.save()
        _count_change()
    return key.pk


def open_key(key_id: uuid.UUID | None) -> bytes | None:
    """Return the data key, or None when it has been destroyed.

    Raises: VaultError when the settings lack the wrapping key.
    """
    if key_id is None:
        return None
    opened = _opened.get()
    if opened is not None and key_id in opened:
        return opened[key_id]
    doomed = KeyToDestroy.objects.filter(pk=key_id).exists()
    row = None if doomed else VaultKey.objects.filter(pk=key_id).first()
    data_key = None if row is None else _unwrap(row)
    if opened is not None:
        opened[key_id] = data_key
    return data_key


def destroy_keys(key_ids: Iterable[uuid.UUID | None]) -> None:
    """Destroy data keys, and with them every text they sealed. There is no way back.

    They open nothing from this call on. The vault loses them once the caller's transaction has
    committed, so that an undone erasure keeps its keys; `finish_destroying` ends what a crash left.
    """
    ids = [key_id for key_id in key_ids if key_id is not None]
    KeyToDestroy.objects.bulk_create([KeyToDestroy(key_id=key_id) for key_id in ids], ignore_conflicts=True)
    opened = _opened.get()
    if opened is not None:
        for key_id in ids:
            opened.pop(key_id, None)
    transaction.on_commit(partial(_destroy, ids), robust=True)


def finish_destroying(now: datetime) -> int:
    """Destroy the keys whose end was decided before a crash or while the vault was away."""
    return _destroy(list(KeyToDestroy.objects.filter(decided_at__lte=now).values_list("pk", flat=True)))


def rewrap_all() -> int:
    """Wrap every key anew with the newest wrapping key; return how many changed."""
    newest = fingerprint(settings.VAULT_KEYS[0])
    changed = 0
    for key_id in list(VaultKey.objects.exclude(wrapped_by=newest).values_list("pk", flat=True)):
        row = VaultKey.objects.filter(pk=key_id).first()
        if row is not None and row.wrapped_by != newest:
            data_key, before = _unwrap(row), row.wrapped_by
            _wrap(row, data_key)
            # A key destroyed at this very moment must not come back: an update, not a save.
            same = VaultKey.objects.filter(pk=key_id, wrapped_by=before)
            changed += same.update(wrapped=row.wrapped, wrapped_by=row.wrapped_by)
    return changed


def unopenable() -> set[str]:
    """List the fingerprints of wrapping keys that the vault needs and the settings lack."""
    known = {fingerprint(key) for key in settings.VAULT_KEYS}
    return set(VaultKey.objects.values_list("wrapped_by", flat=True).distinct()) - known


@contextmanager
def remembered() -> Iterator[None]:
    """Keep opened keys in memory for one request or task: one vault query per key."""
    token = _opened.set({})
    try:
        yield
    finally:
        _opened.reset(token)


def state() -> VaultState:
    """Return which vault this is and how often it changed."""
    return VaultState.objects.get_or_create(only=True)[0]


def _count_change() -> None:
    VaultState.objects.filter(pk=state().pk).update(changes=F("changes") + 1)


def _alias() -> str:
    return router.db_for_write(VaultKey)


def _wrap(row: VaultKey, data_key: bytes) -> None:
    wrapping_key = settings.VAULT_KEYS[0]
    nonce = os.urandom(NONCE_BYTES)
    row.wrapped = nonce + AESGCM(wrapping_key).encrypt(nonce, data_key, row.pk.bytes)
    row.wrapped_by = fingerprint(wrapping_key)


def _unwrap(row: VaultKey) -> bytes:
    by_fingerprint = {fingerprint(key): key for key in settings.VAULT_KEYS}
    wrapping_key = by_fingerprint.get(row.wrapped_by)
    if wrapping_key is None:
        raise VaultError(f"VAULT_KEYS does not hold the wrapping key {row.wrapped_by}, which the vault still needs.")
    wrapped = bytes(row.wrapped)
    try:
        return AESGCM(wrapping_key).decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], row.pk.bytes)
    except InvalidTag as error:
        raise VaultError(f"The key {row.pk} in the vault is damaged.") from error


def _destroy(key_ids: list[uuid.UUID]) -> int:
    count = 0
    for start in range(0, len(key_ids), BATCH):
        batch = key_ids[start : start + BATCH]
        with transaction.atomic(using=_alias()):
            count += VaultKey.objects.filter(pk__in=batch).delete()[0]
            _count_change()
        _clear_log()
        KeyToDestroy.objects.filter(pk__in=batch).delete()
    return count


def _clear_log() -> None:
    """Empty SQLite's write-ahead log, where the destroyed rows would stay readable for a while."""
    connection = connections[_alias()]
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
