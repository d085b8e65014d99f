"""Write the first `.env`: what `releve init` does before Django can read its settings.

What the environment or the file already holds is kept; only what is missing is asked for or made.
"""

import os
import secrets
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from releve.config import environment


@dataclass(frozen=True)
class Question:
    """One setting that a person answers, by a flag or at the terminal."""

    name: str
    flag: str
    words: str
    check: Callable[[str], object]
    needed: bool = True


QUESTIONS = (
    Question(
        "SITE_URL",
        "--site-url",
        "address people will type, for example https://mentorat.example.org",
        lambda name: environment.site_url(name, None),
    ),
    Question(
        "EMAIL_URL",
        "--mail",
        "how mail leaves, for example smtp+tls://user:password@mail.example.org:587",
        lambda name: environment.email(name, None),
    ),
    Question("MAIL_FROM", "--mail-from", "sender of letters, for example mentorat@example.org", environment.text, needed=False),
    Question(
        "DATABASE_URL",
        "--database",
        "where the data is, for example postgres://releve:password@localhost/releve; an SQLite file without it",
        lambda name: environment.database(name, Path("unused.sqlite3")),
        needed=False,
    ),
)


def add_arguments(parser: ArgumentParser) -> None:
    for question in QUESTIONS:
        parser.add_argument(question.flag, dest=question.name, metavar=question.name, help=question.words)


def prepare(arguments: list[str], home: Path) -> None:
    """Complete the settings file of an installation. A developer's or a demonstration's needs none."""
    parser = ArgumentParser(prog="releve init", add_help=False)
    add_arguments(parser)
    flags = vars(parser.parse_known_args(arguments)[0])
    path = home / environment.text("ENV_FILE", ".env")
    environment.read_env_file(path)
    if environment.flag("DEBUG") or environment.flag("RELEVE_DEMO") or {"-h", "--help"} & set(arguments):
        return
    new = {question.name: _answer(question, flags[question.name], path) for question in QUESTIONS}
    made = {"SECRET_KEY": lambda: secrets.token_urlsafe(48), "VAULT_KEYS": environment.new_vault_key}
    new |= {name: make() for name, make in made.items() if not _is_set(name)}
    new = {name: value for name, value in new.items() if value}
    if new:
        _append(path, new)
        os.environ.update(new)
        print(f"Written to {path}: {', '.join(new)}.")  # noqa: T201  Django is not there yet


def _is_set(name: str) -> bool:
    return bool(os.environ.get(name) or os.environ.get(f"{name}_FILE"))


def _answer(question: Question, given: str | None, path: Path) -> str:
    """Return the checked answer to a question, or nothing when it is answered already or may stay open."""
    if _is_set(question.name):
        if given is not None and given != os.environ.get(question.name):
            sys.exit(f"releve init: {question.name} is set already. Leave out {question.flag}, or change {path}.")
        return ""
    if given is None and question.needed:
        if not sys.stdin.isatty():
            sys.exit(f"releve init: {question.flag} is missing: {question.words}.")
        return _ask(question)
    if given and (fault := _fault(question, given)):
        sys.exit(f"releve init: {fault}")
    return given or ""


def _ask(question: Question) -> str:
    while True:
        value = input(f"{question.words[0].upper()}{question.words[1:]}\n> ").strip()
        fault = _fault(question, value)
        if not fault:
            return value
        print(fault)  # noqa: T201  a conversation at the terminal


def _fault(question: Question, value: str) -> str:
    if "'" in value or not value.isprintable():
        return f"{question.name} cannot hold an apostrophe or a line break."
    os.environ[question.name] = value
    try:
        question.check(question.name)
    except ImproperlyConfigured as error:
        return str(error)
    finally:
        del os.environ[question.name]
    return ""


def _append(path: Path, values: dict[str, str]) -> None:
    """Add settings to the file in one step, readable by its owner alone."""
    before = path.read_text() if path.exists() else "# Made by `releve init`; .env.example explains every setting.\n"
    lines = [before.rstrip("\n"), *(f"{name}='{value}'" for name, value in values.items())]
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        stream.write("\n".join(lines) + "\n")
    new.replace(path)
