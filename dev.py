#!/usr/bin/env python3
"""Set up, show, test and check Relève on a machine that has only Python and pip.

python3 dev.py setup             make .venv with everything, and an .env for development
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
TOOLS = ROOT / ".tools"
VENV_BIN = ROOT / ".venv" / ("Scripts" if os.name == "nt" else "bin")
PYTHON = VENV_BIN / ("python.exe" if os.name == "nt" else "python")
UV_VERSION = ">=0.13.9,<0.14"
DEVELOPMENT_ENV = "# Made by dev.py for this machine; .env.example explains every setting.\nDEBUG=1\n"


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


def setup() -> int:
    """Install everything a developer needs and leave a working .venv."""
    uv("sync", "--locked", "--quiet", "--all-extras", "--all-groups")
    env_file = ROOT / ".env"
    if not env_file.exists():
        env_file.write_text(DEVELOPMENT_ENV)
    return 0


VERBS = {"setup": setup}


def main() -> int:
    if sys.version_info < (3, 11):
        sys.exit(f"Relève needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    verb, *arguments = sys.argv[1:] or [""]
    if verb not in VERBS:
        print(__doc__)
        return 2
    try:
        return VERBS[verb](*arguments)
    except subprocess.CalledProcessError as error:
        return error.returncode


if __name__ == "__main__":
    sys.exit(main())
