"""Put letters into the outbox, and do what people decide about them."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from releve.audit import actions as audit

from . import kinds
from .delivery import deliver, deliver_due
from .kinds import Group, Reader
from .models import Letter, Preference
from .tasks import deliver_letter

__all__ = ["FactRefused", "choose_groups", "deliver", "deliver_due", "give_up", "hold_waiting", "notify", "send_again"]

LONGEST_FACT = 200  # an identity, a date, an address: never what people wrote


class FactRefused(ValueError):
    """A letter's `ids` hold something that is neither an identity nor a plain fact."""


@transaction.atomic
def notify(
    person: Reader,
    kind: str,
    *,
    due_key: str,
    ids: Mapping[str, Any] | None = None,
    not_before: datetime | None = None,
) -> Letter | None:
    """Queue a letter as part of the caller's transaction; None when this was told already.

    `due_key` names the one thing told ("confirmed:<relationship>"): the same key never reaches
    the same person twice, whoever asks and however often.
    Raises: UnknownKind, FactRefused.
    """
    kinds.get(kind)
    values = {"kind": kind, "ids": _plain(ids or {}), "not_before": not_before}
    letter, is_new = Letter.objects.get_or_create(person_id=person.pk, due_key=due_key, defaults=values)
    if not is_new:
        return None
    if not_before is None or not_before <= timezone.now():
        deliver_letter.enqueue(str(letter.pk))
    return letter  # a letter for later is found by the tick


@transaction.atomic
def choose_groups(person: Reader, wanted: Iterable[Group], *, by: Reader) -> None:
    """Keep which groups of letters a person wants, among those on offer."""
    off = [group for group in kinds.groups_on_offer() if group not in set(wanted)]
    Preference.objects.filter(person_id=person.pk).exclude(group__in=off).delete()
    for group in off:
        Preference.objects.get_or_create(person_id=person.pk, group=group.value)
    audit.record("letters.choose", by=by, subject=person, off=sorted(off))


def send_again(letter: Letter, *, by: Reader | None) -> bool:
    """Put a letter that may not have left back into the outbox: a person decided that it had not."""
    return _decide(letter, "letters.send_again", Letter.State.QUEUED, by=by, tries=0, not_before=None, claimed_at=None)


def give_up(letter: Letter, *, by: Reader | None) -> bool:
    """Close a letter that may have left, or that failed, without sending it again."""
    return _decide(letter, "letters.give_up", Letter.State.CANCELLED, by=by)


def hold_waiting() -> int:
    """Hold every letter that waits: after a restore nobody knows which of them went out meanwhile."""
    waiting = Letter.objects.filter(state=Letter.State.QUEUED)
    return waiting.update(state=Letter.State.SENDING, trouble="restored")


@transaction.atomic
def _decide(letter: Letter, verb: str, state: Letter.State, *, by: Reader | None, **also: Any) -> bool:
    stuck = Letter.objects.filter(pk=letter.pk, state__in=[Letter.State.SENDING, Letter.State.FAILED])
    if not stuck.update(state=state, **also):
        return False
    audit.record(verb, by=by, subject=letter.person, on=letter)
    return True


def _plain(ids: Mapping[str, Any]) -> dict[str, Any]:
    return {str(name): _fact(name, value) for name, value in ids.items()}


def _fact(name: str, value: Any) -> Any:
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and len(value) <= LONGEST_FACT and value.isprintable():
        return value
    if isinstance(value, (list, tuple)):
        return [_fact(name, item) for item in value]
    raise FactRefused(f"{name!r} is neither an identity nor a plain fact.")
