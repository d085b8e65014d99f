"""In whose name letters go out. The room that knows the organization says so."""

from collections.abc import Callable
from dataclasses import dataclass
from email.utils import formataddr, parseaddr

from django.conf import settings


@dataclass(frozen=True)
class Sender:
    """The name readers see, and where their answers go."""

    name: str
    reply_to: str = ""

    @property
    def address(self) -> str:
        """The From line: our own mailbox under the organization's name."""
        return formataddr((self.name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))


def _from_settings() -> Sender:
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return Sender(name or address)


_provider: Callable[[], Sender | None] | None = None


def register_sender(provider: Callable[[], Sender | None]) -> None:
    """Let a room name the sender, in the active language; None leaves it to the settings."""
    global _provider
    _provider = provider


def current() -> Sender:
    return (_provider and _provider()) or _from_settings()
