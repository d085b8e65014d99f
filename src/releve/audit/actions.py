"""Record who did what, chain it, and forget whose code it was."""

import re
import uuid
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Protocol

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from .models import Event, SubjectCode

BATCH = 500
CODE = re.compile(r"[\w.:+/-]{0,120}")  # an id or a date; a sentence does not fit


class Identified(Protocol):
    """A person, or an anonymous visitor, whose identity is None."""

    pk: Any


class ChainTaken(Exception):
    """Another process chained the same events first."""


class FactRefused(ValueError):
    """A fact that could carry people's words."""


@transaction.atomic
def record(
    verb: str,
    *,
    by: Identified | None,
    subject: Identified | None = None,
    on: models.Model | None = None,
    program: models.Model | None = None,
    **facts: Any,
) -> Event:
    """Write one event: who did it, whom it concerns, on what. Without `by`, the rules decided.

    Raises: FactRefused for a fact that is no number, date, identity or code.
    """
    return Event.objects.create(
        at=timezone.now(),
        verb=verb,
        actor=_code_of(by),
        subject=_code_of(subject),
        object_type=on._meta.label_lower if on is not None else "",
        object_id=on.pk if on is not None else None,
        program_id=program.pk if program is not None else None,
        facts={name: _plain(name, value) for name, value in facts.items()},
    )


def chain_events(now: datetime) -> int:
    """Give new events their place and digest in the chain; return how many. Safe to run twice at once."""
    count = 0
    while chained := _chain_batch(now):
        count += chained
    return count


def forget_person(person_id: uuid.UUID) -> None:
    """Cut the tie between a person and their code: the history stays and speaks of nobody."""
    SubjectCode.objects.filter(person_id=person_id).delete()


def _chain_batch(now: datetime) -> int:
    try:
        with transaction.atomic():
            last = Event.objects.filter(place__isnull=False).order_by("-place").first()
            place, digest = (last.place or 0, last.digest) if last else (0, "")
            events = list(Event.objects.filter(place__isnull=True, at__lte=now).order_by("id")[:BATCH])
            for event in events:
                place += 1
                event.place = place
                event.digest = digest = event.digest_after(digest)
            if Event.objects.filter(place__isnull=True).bulk_update(events, ["place", "digest"]) != len(events):
                raise ChainTaken
            return len(events)
    except (IntegrityError, ChainTaken):
        return 0  # another tick chained these events, or took these places


def _code_of(person: Identified | None) -> uuid.UUID | None:
    if person is None or person.pk is None:
        return None
    return SubjectCode.objects.get_or_create(person_id=person.pk)[0].code


def _plain(name: str, value: Any) -> Any:
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, (float, Decimal, uuid.UUID)):
        return str(value)  # as text, which every database gives back as it was
    if isinstance(value, str):
        if CODE.fullmatch(value):
            return value
    elif isinstance(value, Iterable) and not isinstance(value, (bytes, dict)):
        return [_plain(name, item) for item in value]
    raise FactRefused(f"The fact {name!r} is neither a number, a date, an identity nor a code.")
