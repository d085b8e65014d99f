"""The kinds of letters. Each belongs to the room that registers how to load it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy


class Reader(Protocol):
    """What a letter needs of the person it goes to."""

    pk: UUID
    email: str
    name: str
    language: str
    time_zone: str
    is_active: bool


@dataclass(frozen=True)
class Content:
    """A letter's words, in the reader's language.

    `path` is the address of a page on this site; the button leads there. `reply_to` takes the
    place of the organization's own address. What only some may read never stands in a letter.
    """

    subject: str
    body_markdown: str
    path: str | None = None
    button: str = ""
    reply_to: str = ""


Ids = Mapping[str, Any]
Load = Callable[[Ids, Reader], Content | None]


class Group(models.TextChoices):
    """What a person can switch off in one move."""

    PROGRAM = "program", pgettext_lazy("group of emails", "Your place in a program")
    MEETINGS = "meetings", pgettext_lazy("group of emails", "Meetings")
    REMINDERS = "reminders", pgettext_lazy("group of emails", "Reminders")
    SURVEYS = "surveys", pgettext_lazy("group of emails", "Questionnaires")
    STAFF = "staff", pgettext_lazy("group of emails", "For those who run a program")
    ACCOUNT = "account", pgettext_lazy("group of emails", "Your account")

    @property
    def explanation(self) -> Promise:
        return EXPLANATIONS[self]


EXPLANATIONS: dict[Group, Promise] = {
    Group.PROGRAM: gettext_lazy("News of your registration and of your place in a program."),
    Group.MEETINGS: gettext_lazy("A meeting is planned, moved or cancelled, or waits to be confirmed."),
    Group.REMINDERS: gettext_lazy("Something is due soon, or has been waiting for a while."),
    Group.SURVEYS: gettext_lazy("A questionnaire is open for you, or about to close."),
    Group.STAFF: gettext_lazy("Someone registered, asks for help, or has not been heard from."),
    Group.ACCOUNT: gettext_lazy("Signing in, and changes to your account."),
}


@dataclass(frozen=True)
class Kind:
    """One kind of letter. An essential one comes whatever a person switched off."""

    name: str
    load: Load
    group: str
    essential: bool


class UnknownKind(LookupError):
    """No room registered letters of this kind."""


_kinds: dict[str, Kind] = {}


def register(kind: str, *, load: Load, group: str, essential: bool = False) -> None:
    """Declare a kind of letter, from `AppConfig.ready` of the room that owns it.

    `load(ids, person)` runs inside the reader's language and time zone, at delivery, preview and
    dry run alike; it returns None when its object is gone or the person may no longer see it.
    """
    _kinds[kind] = Kind(kind, load, group, essential)


def get(kind: str) -> Kind:
    if kind not in _kinds:
        raise UnknownKind(f"No room has registered letters of the kind {kind!r}.")
    return _kinds[kind]


def registered() -> list[Kind]:
    return list(_kinds.values())


def groups_on_offer() -> list[Group]:
    """List the groups that hold letters a person can do without, in the order of `Group`."""
    optional = {kind.group for kind in _kinds.values() if not kind.essential}
    return [group for group in Group if group in optional]
