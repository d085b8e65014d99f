"""Read settings from the environment; a wrong value stops the start with a sentence that says the mend."""

import base64
import binascii
import os
import secrets
from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import environ
from django.core.exceptions import ImproperlyConfigured

PACKAGE = Path(__file__).resolve().parents[1]
VAULT_KEY_BYTES = 32
GENERATE_KEY = 'python3 -c "import base64, secrets; print(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())"'
YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off", ""}
SQLITE_OPTIONS = {
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;",
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
}


def home_folder() -> Path:
    """Return the folder that holds `.env` and `var/`: the checkout, or where the installed command was started."""
    checkout = PACKAGE.parents[1]
    return checkout if (checkout / "pyproject.toml").exists() else Path.cwd()


def read_env_file(path: Path) -> None:
    """Take the values of an `.env` file that the environment itself does not set."""
    if path.is_file():
        environ.Env.read_env(path)


def text(name: str, default: str | Callable[[], str] | None = None, mend: str = "") -> str:
    """Return a value, or the content of the file that <NAME>_FILE points to.

    Raises: ImproperlyConfigured when there is neither a value nor a default.
    """
    file = os.environ.get(f"{name}_FILE")
    if file and name in os.environ:
        raise ImproperlyConfigured(f"{name} and {name}_FILE are both set. Keep one of the two.")
    if file:
        return _read_secret(f"{name}_FILE", Path(file))
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"{name} is missing. {mend}".strip())
    return default() if callable(default) else default


def flag(name: str, default: bool = False) -> bool:
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in YES | NO:
        return value.strip().lower() in YES
    raise ImproperlyConfigured(f"{name} is {value!r}. Write 1 for yes or 0 for no.")


def whole_number(name: str, default: int) -> int:
    value = text(name, str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} is {value!r}. Write a whole number, for example {default}.")
    return int(value)


def words(name: str, default: list[str]) -> list[str]:
    """Return what commas separate."""
    return [word.strip() for word in text(name, ",".join(default)).split(",") if word.strip()]


def site_url(name: str, default: str | None) -> str:
    """Return the address people type, without a slash at its end."""
    value = text(name, default, mend="Write the address people will type, for example https://mentorat.example.org.")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
        raise ImproperlyConfigured(f"{name} is {value!r}. Write a full address without a path, for example https://mentorat.example.org.")
    return value.rstrip("/")


def database(name: str, default_file: Path) -> dict[str, object]:
    """Return one entry of DATABASES; without a value, an SQLite file."""
    url = text(name, f"sqlite:///{default_file}")
    scheme = url.partition(":")[0]
    if scheme not in {"sqlite", "postgres", "postgresql"}:
        raise ImproperlyConfigured(
            f"{name} begins with {scheme!r}. Write sqlite:///path/to/file.sqlite3 or postgres://user:password@host:5432/name."
        )
    try:
        entry = dict(environ.Env.db_url_config(url))
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} cannot be read as an address: {error}.") from error
    if scheme == "sqlite":
        Path(str(entry["NAME"])).parent.mkdir(parents=True, exist_ok=True)
        return entry | {"OPTIONS": SQLITE_OPTIONS}
    return entry | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}


def cache(name: str, default: str) -> dict[str, object]:
    url = text(name, default)
    try:
        return dict(environ.Env.cache_url_config(url))
    except (ImproperlyConfigured, ValueError) as error:
        raise ImproperlyConfigured(f"{name} is {url!r}. Write for example {default} or locmemcache://.") from error


def email(name: str, default: str | None) -> dict[str, object]:
    mend = "Write for example smtp+tls://user:password@mail.example.org:587, or consolemail:// to print letters."
    url = text(name, default, mend=mend)
    try:
        return dict(environ.Env.email_url_config(url))
    except (ImproperlyConfigured, ValueError) as error:
        scheme = url.partition(":")[0]  # the rest may hold a password
        raise ImproperlyConfigured(f"{name} begins with {scheme!r}, which is no way to send mail. {mend}") from error


def one_of(name: str, choices: list[str], default: str) -> str:
    value = text(name, default)
    if value not in choices:
        raise ImproperlyConfigured(f"{name} is {value!r}. Write one of {', '.join(choices)}.")
    return value


def time_zone(name: str, default: str) -> str:
    value = text(name, default)
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ImproperlyConfigured(f"{name} is {value!r}, which is no time zone. Write for example {default}.") from error
    return value


def secret_key(name: str, kept_in: Path | None) -> str:
    """Return Django's secret key; with `kept_in`, one made at the first start."""
    default = partial(_kept, kept_in, partial(secrets.token_urlsafe, 48)) if kept_in else None
    value = text(name, default, mend="Write 50 or more random characters.")
    if len(value) < 32:
        raise ImproperlyConfigured(f"{name} has only {len(value)} characters. Write 50 or more random characters.")
    return value


def vault_keys(name: str, kept_in: Path | None) -> tuple[bytes, ...]:
    """Return the wrapping keys of the vault, newest first; with `kept_in`, one made at the first start."""
    mend = f"Write 32 random bytes in urlsafe base64, which this prints: {GENERATE_KEY}"
    default = partial(_kept, kept_in, new_vault_key) if kept_in else None
    value = text(name, default, mend=mend)
    return tuple(_vault_key(name, place, key.strip(), mend) for place, key in enumerate(value.split(","), start=1))


def _vault_key(name: str, place: int, key: str, mend: str) -> bytes:
    try:
        decoded = base64.b64decode(key, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise ImproperlyConfigured(f"Key {place} of {name} is not base64. {mend}") from error
    if len(decoded) != VAULT_KEY_BYTES:
        raise ImproperlyConfigured(f"Key {place} of {name} has {len(decoded)} bytes. {mend}")
    return decoded


def new_vault_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(VAULT_KEY_BYTES)).decode()


def _kept(path: Path, make: Callable[[], str]) -> str:
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read_secret(path.name, path)
    value = make()
    with os.fdopen(file, "w") as stream:
        stream.write(value)
    return value


def _read_secret(name: str, path: Path) -> str:
    try:
        return path.read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name} points to {path}, which cannot be read: {error.strerror}.") from error
