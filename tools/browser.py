"""Find a Chromium for the tests, or fetch one: `python -m tools.browser`.

Order: BROWSER_PATH, Playwright's own, one on the PATH, Playwright's download, Debian's packages.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
    "microsoft-edge",
    "msedge",
)
DEBIAN_PACKAGES = ("chromium-headless-shell", "chromium")  # the first is smaller, older releases lack it
DOWNLOAD_SECONDS = 120
CONNECT_MILLISECONDS = "10000"
ADVICE = (
    "No Chromium was found and none could be fetched. Install Chromium or Chrome, or name one in BROWSER_PATH, "
    'or leave the browser tests out: python3 dev.py test -m "not browser"'
)


def launch_arguments() -> dict[str, object]:
    """Return what Playwright needs to start the browser of this machine."""
    path = find()
    arguments: dict[str, object] = {"executable_path": str(path)} if path else {}
    if _is_root():
        arguments["args"] = ["--no-sandbox"]  # Chromium refuses to run as root with its sandbox
    return arguments


def find() -> Path | None:
    if named := os.environ.get("BROWSER_PATH"):
        return Path(named)
    if own := _playwrights_own():
        return own
    found = (shutil.which(name) for name in NAMES)
    return next((Path(path) for path in found if path), None)


def _playwrights_own() -> Path | None:
    """Return the headless shell or the whole browser that Playwright downloaded, whichever is there."""
    default = Path.home() / {
        "darwin": "Library/Caches/ms-playwright",
        "win32": "AppData/Local/ms-playwright",
    }.get(sys.platform, ".cache/ms-playwright")
    folder = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or default)
    programs = ("headless_shell", "chrome-headless-shell", "chrome-headless-shell.exe", "chrome", "chrome.exe", "Chromium")
    builds = sorted(folder.glob("chromium*-*"), reverse=True)
    return next((path for build in builds for name in programs for path in build.glob(f"**/{name}") if path.is_file()), None)


def fetch() -> Path | None:
    """Download Playwright's headless Chromium; where that fails on Debian or Ubuntu, install the system's."""
    environment = os.environ | {"PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": CONNECT_MILLISECONDS}
    _try(sys.executable, "-m", "playwright", "install", "--only-shell", "chromium", environment=environment)
    own = _playwrights_own()
    if own and _starts(own):
        return own
    if shutil.which("apt-get"):
        sudo = [] if _is_root() else ["sudo", "-n"]
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        _try(*sudo, "apt-get", "update", "-qq", environment=quiet)
        for package in DEBIAN_PACKAGES:
            if _try(*sudo, "apt-get", "install", "-qq", "-y", "--no-install-recommends", package, environment=quiet):
                break
    installed = (shutil.which(name) for name in NAMES)
    return next((Path(path) for path in installed if path), None)


def _try(*command: str, environment: dict[str, str]) -> bool:
    try:
        result = subprocess.run(command, env=environment, timeout=DOWNLOAD_SECONDS * 3, capture_output=True)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return result.returncode == 0


def _starts(path: Path) -> bool:
    """Say whether the browser runs: a downloaded one may lack libraries of the system."""
    flags = ["--headless", "--disable-gpu", *(["--no-sandbox"] if _is_root() else [])]
    try:
        command = [str(path), *flags, "--dump-dom", "about:blank"]
        return subprocess.run(command, capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def main() -> int:
    path = find()
    if not (path and _starts(path)):
        path = fetch()
    print(f"Browser: {path}" if path else ADVICE)
    return 0 if path else 1


if __name__ == "__main__":
    sys.exit(main())
