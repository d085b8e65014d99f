"""Backups: the data, and apart from it the vault, of which the newest copy alone is kept.

    DIR/data/2026-11-22T113000.123456Z/    database.sqlite3 or database.sql, manifest.json
    DIR/vault/2026-11-22T113001.123456Z/   the same, for the keys

A data backup holds neither keys nor wrapping keys. Restoring joins any data backup with the
newest vault, so that a key destroyed since then destroys its text in that backup as well.
"""

from .making import make_backup
from .manifest import BackupRefused
from .restoring import Restored, restore_backup

__all__ = ["BackupRefused", "Restored", "make_backup", "restore_backup"]
