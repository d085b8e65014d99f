"""An installation of its own for one benchmark: a folder, two databases, and nothing left behind."""

import base64
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

ADDRESS = "https://benchmark.example.org"


@contextmanager
def temporary() -> Iterator[None]:
    """Start Django on empty databases: SQLite files, or new databases on the server that DATABASE_URL names.

    What DATABASE_URL itself names is neither read nor written.
    """
    server = os.environ.pop("DATABASE_URL", "").rpartition("/")[0]
    os.environ.pop("VAULT_URL", None)
    with tempfile.TemporaryDirectory(prefix="releve-benchmark-") as folder, _databases(server) as urls:
        os.environ |= urls | {
            "ENV_FILE": f"{folder}/none.env",
            "VAR_DIR": folder,
            "DEBUG": "0",
            "RELEVE_DEMO": "0",
            "SITE_URL": ADDRESS,
            "BEHIND_PROXY": "0",
            "SECRET_KEY": secrets.token_urlsafe(48),
            "VAULT_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
            "EMAIL_URL": "memorymail://",
            "LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "releve.config.settings",
        }
        _start()
        try:
            yield
        finally:
            _stop()


def _start() -> None:
    import django  # reads the settings: not before the environment holds them

    django.setup()
    from releve.config.upgrade import upgrade  # needs Django

    upgrade()


def _stop() -> None:
    from django.db import connections  # needs Django

    connections.close_all()


@contextmanager
def _databases(server: str) -> Iterator[dict[str, str]]:
    """Make two databases on a PostgreSQL server and drop them at the end; SQLite needs none made."""
    if not server.startswith("postgres"):
        yield {}
        return
    import psycopg  # an optional dependency

    names = {variable: f"releve_benchmark_{secrets.token_hex(6)}" for variable in ("DATABASE_URL", "VAULT_URL")}
    with psycopg.connect(_connectable(server), autocommit=True) as connection:
        for name in names.values():
            connection.execute(f"CREATE DATABASE {name}")
        try:
            yield {variable: f"{server}/{name}" for variable, name in names.items()}
        finally:
            for name in names.values():
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _connectable(server: str) -> str:
    """Write the address of a server as libpq reads it: a socket's folder stands where a host would."""
    rest = server.partition("://")[2]
    user, _, host = rest.rpartition("@")
    return f"postgresql:///postgres?host={host}&user={user}" if host.startswith("/") else f"{server}/postgres"
