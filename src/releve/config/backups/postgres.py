"""Copies of PostgreSQL databases, by PostgreSQL's own programs."""

import os
import shutil
import subprocess
from pathlib import Path

from django.db import connections

from .manifest import BackupRefused

DUMP = "database.sql"
EMPTY = """
DO $$ DECLARE each record; BEGIN
  FOR each IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE 'DROP TABLE public.' || quote_ident(each.tablename) || ' CASCADE';
  END LOOP;
END $$
"""


def dump(alias: str, folder: Path) -> Path:
    """Copy a database as of this moment."""
    target = folder / DUMP
    target.touch(mode=0o600)
    _run("pg_dump", alias, "--no-owner", "--no-privileges", f"--file={target}")
    return target


def load(alias: str, dump: Path) -> None:
    """Put a copy in the place of a database, in one transaction."""
    connections[alias].close()
    once = ("--single-transaction", "--set=ON_ERROR_STOP=1", "--quiet", "--no-psqlrc", "--output=" + os.devnull)
    _run("psql", alias, *once, f"--command={EMPTY}", f"--file={dump}")


def require_programs() -> None:
    """Raises: BackupRefused when this machine lacks PostgreSQL's client programs."""
    missing = [name for name in ("pg_dump", "psql") if shutil.which(name) is None]
    if missing:
        raise BackupRefused(
            f"{' and '.join(missing)} cannot be found on this machine. Install PostgreSQL's client programs "
            "(package postgresql-client), of the server's version or newer."
        )


def _run(program: str, alias: str, *arguments: str) -> None:
    place = connections[alias].settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    access = {variable: str(place[name]) for variable, name in names.items() if place[name]}
    access |= {f"PG{name.upper()}": str(value) for name, value in place["OPTIONS"].items() if name.startswith("ssl")}
    done = subprocess.run([program, *arguments], env=os.environ | access, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise BackupRefused(f"{program} stopped: {reason}")
