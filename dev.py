#!/usr/bin/env python3
"""Set up, show, test and check Relève on a machine that has only Python and pip.

python3 dev.py demo [--afresh]   a bilingual demonstration in the browser, on SQLite; afresh forgets what was done in it
python3 dev.py test [--all] […]  every test on SQLite, real browser included, then on PostgreSQL; the rest goes to pytest
python3 dev.py check             format, lint, types, imports, migrations, messages, templates
python3 dev.py fix               format and mend what can be mended by machine
python3 dev.py setup             make .venv with everything, and an .env for development
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent
TOOLS = ROOT / ".tools"
VENV_BIN = ROOT / ".venv" / ("Scripts" if os.name == "nt" else "bin")
PYTHON = VENV_BIN / ("python.exe" if os.name == "nt" else "python")
UV_VERSION = ">=0.13.9,<0.14"
DEVELOPMENT_ENV = "# Made by dev.py for this machine; .env.example explains every setting.\nDEBUG=1\n"
FIRST_PORT, PORTS_TRIED = 8000, 100
TEST_PROCESSES = "2"
WITHOUT_DATABASE = ("tests/engine", "tests/benchmarks")  # plain data: once is enough


def uv(*arguments: str) -> None:
    """Run uv with the Python that runs this file, fetching uv once."""
    program = TOOLS / "bin" / ("uv.exe" if os.name == "nt" else "uv")
    if not program.exists():
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--disable-pip-version-check"]
        environment = os.environ | {"PIP_REQUIRE_VIRTUALENV": "0", "PIP_ROOT_USER_ACTION": "ignore"}
        subprocess.run([*pip, "--target", str(TOOLS), f"uv{UV_VERSION}"], env=environment, check=True)
    environment = {name: value for name, value in os.environ.items() if name not in {"VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME"}}
    environment |= {"UV_PYTHON": sys.executable, "UV_PYTHON_DOWNLOADS": "never", "UV_PROJECT_ENVIRONMENT": str(ROOT / ".venv")}
    subprocess.run([str(program), *arguments], cwd=ROOT, env=environment, check=True)


def python(*arguments: str, **environment: str) -> int:
    """Run Python from .venv and return its exit code."""
    return subprocess.run([str(PYTHON), *arguments], cwd=ROOT, env=os.environ | environment).returncode


def tool(name: str, *arguments: str) -> int:
    return subprocess.run([str(VENV_BIN / name), *arguments], cwd=ROOT).returncode


def setup() -> int:
    """Install everything a developer needs and leave a working .venv."""
    uv("sync", "--locked", "--quiet", "--all-extras", "--all-groups")
    env_file = ROOT / ".env"
    if not env_file.exists():
        env_file.write_text(DEVELOPMENT_ENV)
    return python("-m", "tools.messages", "compile")


def demo(*arguments: str) -> int:
    """Serve the demonstration until Ctrl-C, with its worker."""
    started = time.monotonic()
    if arguments:
        shutil.rmtree(ROOT / "var" / "demo", ignore_errors=True)
    uv("sync", "--locked", "--quiet", "--inexact", "--group", "messages")  # inexact: leave a developer's tools in place
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    os.environ |= {"RELEVE_DEMO": "1", "DEBUG": "0", "SITE_URL": address, "VAR_DIR": "var/demo", "ENV_FILE": "var/demo/no.env"}
    for name in ("DATABASE_URL", "VAULT_URL", "DJANGO_SETTINGS_MODULE"):
        os.environ.pop(name, None)
    if code := python("-m", "tools.messages", "compile") or python("-m", "tools.demo"):
        return code
    if os.name == "nt":
        web = ["-m", "waitress", f"--listen=127.0.0.1:{port}", "releve.config.wsgi:application"]
    else:
        gunicorn = ["-m", "gunicorn", "--no-control-socket", "--log-level=warning", "--workers=1", "--threads=4"]
        web = [*gunicorn, f"--bind=127.0.0.1:{port}", "releve.config.wsgi"]
    threading.Thread(target=announce, args=(address, started), daemon=True).start()
    return run_together(web, ["-m", "releve", "worker"])


def free_port() -> int:
    """Return the first port nobody listens on, and say so when it is not the usual one."""
    for port in range(FIRST_PORT, FIRST_PORT + PORTS_TRIED):
        with socket.socket() as probe, contextlib.suppress(OSError):
            if os.name != "nt":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            if port != FIRST_PORT:
                print(f"Port {FIRST_PORT} is taken: this demonstration is on port {port}.")
            return port
    sys.exit(f"No port is free between {FIRST_PORT} and {FIRST_PORT + PORTS_TRIED}.")


def announce(address: str, started: float) -> None:
    """Print the addresses at the first answer."""
    while True:
        try:
            urllib.request.urlopen(f"{address}/fr/", timeout=30).close()
        except urllib.error.HTTPError as answer:
            print(f"The first page answered {answer.code}: see the lines above.", flush=True)
            return
        except OSError:
            time.sleep(0.1)
        else:
            break
    seconds = time.monotonic() - started
    print(f"\nRelève answers after {seconds:.1f} s:  {address}/fr/  {address}/en/\nCtrl-C stops it.\n", flush=True)


def run_together(*commands: list[str]) -> int:
    """Run Python commands side by side; when one ends or a stop is asked for, stop them all."""
    stop = threading.Event()
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: stop.set())
    apart = {"start_new_session": True} if os.name != "nt" else {}  # Ctrl-C reaches this process alone, which tells the others
    children = [subprocess.Popen([str(PYTHON), *command], cwd=ROOT, **apart) for command in commands]
    while not stop.wait(0.2):
        if any(child.poll() is not None for child in children):
            break
    asked = stop.is_set()
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(timeout=15)
        except subprocess.TimeoutExpired:
            child.kill()
    return 0 if asked else max(abs(child.returncode or 0) for child in children) or 1


def test(*arguments: str) -> int:
    """Run pytest on SQLite, then on PostgreSQL without the browser and what asks no database; fail when either does."""
    uv("sync", "--locked", "--quiet", "--all-extras", "--all-groups")
    given = {name: os.environ.pop(name, "") for name in ("DATABASE_URL", "VAULT_URL", "DJANGO_SETTINGS_MODULE")}
    spread = () if any(word.startswith("-n") for word in arguments) else ("-n", TEST_PROCESSES)
    pytest = ("pytest", "--migrations", *spread, *arguments)
    code = python("-m", "tools.messages", "compile") or python("-m", "tools.browser")
    print("\n=== SQLite, with the browser ===", flush=True)
    code |= python("-m", *pytest)
    print("\n=== PostgreSQL ===", flush=True)
    again = (*pytest, "--no-browser", *(f"--ignore={folder}" for folder in WITHOUT_DATABASE))
    return code | python("-m", "tools.pg", str(PYTHON), "-m", *again, DATABASE_URL=given["DATABASE_URL"])


def check() -> int:
    """Run every check to its end and name those that failed."""
    uv("sync", "--locked", "--quiet", "--all-extras", "--all-groups")
    steps = {
        "format": lambda: tool("ruff", "format", "--check", "--quiet", "."),
        "lint": lambda: tool("ruff", "check", "--quiet", "."),
        "templates": lambda: tool("djade", "--check", *templates()),
        "types": lambda: tool("mypy"),
        "imports": lambda: tool("lint-imports", "--no-logo"),
        "migrations": lambda: python("-m", "releve", "makemigrations", "--check", "--dry-run", DJANGO_SETTINGS_MODULE="tests.settings"),
        "messages": lambda: python("-m", "tools.messages", "check"),
    }
    failed = []
    for name, step in steps.items():
        print(f"--- {name}", flush=True)
        if step():
            failed.append(name)
    print(f"\nFailed: {', '.join(failed)}" if failed else "\nAll checks passed.")
    return 1 if failed else 0


def fix() -> int:
    code = tool("ruff", "check", "--fix", "--quiet", ".") | tool("ruff", "format", "--quiet", ".")
    tool("djade", *templates())  # its exit code says whether a file changed
    return code


def templates() -> list[str]:
    found = (ROOT / "src").glob("**/templates/**/*.html")
    return ["--target-version=5.2", *(str(path.relative_to(ROOT)) for path in sorted(found))]


VERBS = {"demo": demo, "test": test, "check": check, "fix": fix, "setup": setup}


def main() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036  the machine's own Python may be older
        sys.exit(f"Relève needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    verb, *arguments = sys.argv[1:] or [""]
    if verb not in VERBS or (arguments and verb != "test" and (verb, arguments) != ("demo", ["--afresh"])):
        print(__doc__)
        return 2
    try:
        return VERBS[verb](*arguments)
    except subprocess.CalledProcessError as error:
        return error.returncode
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
