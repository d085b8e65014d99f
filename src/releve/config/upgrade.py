"""Bring an installation to the version of its code."""

from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor

from .routers import VAULT

ALIASES = (DEFAULT_DB_ALIAS, VAULT)


def upgrade() -> None:
    """Migrate both databases, make the cache table, collect the static files. Safe to repeat."""
    for alias in ALIASES:
        call_command("migrate", database=alias, interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def require_migrations() -> None:
    """Refuse to start on a database of another version.

    Raises: CommandError that names the mend.
    """
    missing = 0
    for alias in ALIASES:
        executor = MigrationExecutor(connections[alias])
        missing += len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if missing:
        raise CommandError(f"The databases lack {missing} migrations of this version. Run: releve upgrade")
