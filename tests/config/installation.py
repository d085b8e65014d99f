"""An installation in a folder of its own, run as an operator runs it: by commands, in processes."""

import os
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FLAGS = {
    "--site-url": "http://127.0.0.1",
    "--mail-from": "Mentorat <mentorat@example.org>",
    "--organization-fr": "Chapitre du Québec",
    "--organization-en": "Quebec Chapter",
    "--contact": "Comite@Example.org",
    "--coordinator-name": "Amina Diallo",
    "--coordinator-email": "amina@example.org",
    "--language": "fr",
    "--program": "cchl_quebec",
}


# Each command is a process: what no database changes is shown on one.
once = pytest.mark.skipif(os.environ.get("DATABASE_URL", "").startswith("postgres"), reason="shown on SQLite")


@dataclass
class Installation:
    """One server's folder and environment."""

    folder: Path
    mail: str = "memorymail://"
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def env_file(self) -> Path:
        return self.folder / ".env"

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "SYSTEMROOT") if name in os.environ}
        own = {
            "DJANGO_SETTINGS_MODULE": "tests.config.room.settings",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
            "ENV_FILE": str(self.env_file),
            "VAR_DIR": str(self.folder / "var"),
            "LOG_LEVEL": "INFO",
        }
        return kept | own | self.variables

    def start(self, *command: str, **options: object) -> subprocess.Popen:
        return subprocess.Popen([sys.executable, "-m", "releve", *command], cwd=self.folder, env=self.environment, text=True, **options)

    def run(self, *command: str) -> subprocess.CompletedProcess:
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        with self.start(*command, **pipes) as process:
            out, err = process.communicate(timeout=120)
        return subprocess.CompletedProcess(command, process.returncode, out, err)

    def succeed(self, *command: str) -> str:
        done = self.run(*command)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def refuse(self, *command: str) -> str:
        """Run a command that must refuse, and return its sentence."""
        done = self.run(*command)
        assert done.returncode != 0, done.stdout
        assert "Traceback" not in done.stderr
        return done.stderr.strip()

    def python(self, code: str) -> str:
        """Run a few lines inside the installation, and return what they print."""
        lines = ["import django", "django.setup()", *code.strip().splitlines()]
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", "\n".join(lines)], cwd=self.folder, env=self.environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def init(self, *more: str, **changes: str) -> list[str]:
        """Give the arguments of a complete `releve init`; changes name flags without dashes, empty ones are left out."""
        flags = FLAGS | {"--mail": self.mail} | {f"--{name.replace('_', '-')}": value for name, value in changes.items()}
        return ["init", *more, *(word for flag, value in flags.items() if value for word in (flag, value))]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
