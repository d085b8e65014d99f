"""Reads of the history, and the proof that nobody altered it."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Q, QuerySet

from .models import Event, SubjectCode


@dataclass(frozen=True)
class ChainState:
    """How far the chain holds. `broken_at` is the first place that does not fit; the head is the last that does."""

    events: int
    head: str
    broken_at: int | None = None


def events_of_program(program_id: uuid.UUID) -> QuerySet[Event]:
    """Return what happened in one program, newest first."""
    return Event.objects.filter(program_id=program_id).order_by("-id")


def events_about(person_id: uuid.UUID) -> QuerySet[Event]:
    """Return what concerns a person or was done by them, newest first: for their own download."""
    codes = SubjectCode.objects.filter(person_id=person_id).values("code")
    return Event.objects.filter(Q(subject__in=codes) | Q(actor__in=codes)).order_by("-id")


def last_moments(verb: str, objects: Iterable[uuid.UUID]) -> dict[uuid.UUID, datetime]:
    """Say when something was last recorded about each of some objects; those it never was about are absent."""
    found = Event.objects.filter(verb=verb, object_id__in=list(objects)).order_by()
    return dict(found.values_list("object_id").annotate(Max("at")))


def people_behind(events: Iterable[Event]) -> dict[uuid.UUID, uuid.UUID]:
    """Return person ids by code, for the actors and subjects of some events; erased people are absent."""
    codes = {code for event in events for code in (event.actor, event.subject) if code}
    return dict(SubjectCode.objects.filter(code__in=codes).values_list("code", "person_id"))


def head() -> ChainState:
    """Return the end of the chain as it is stored, without computing it anew."""
    last = Event.objects.filter(place__isnull=False).order_by("-place").first()
    return ChainState(last.place or 0, last.digest) if last else ChainState(0, "")


def holds(place: int, digest: str) -> bool:
    """Say whether the chain still has a digest that was noted elsewhere, such as in a backup."""
    return place == 0 or Event.objects.filter(place=place, digest=digest).exists()


def verify() -> ChainState:
    """Compute the whole chain anew and compare."""
    head, place = "", 0
    for event in Event.objects.filter(place__isnull=False).order_by("place").iterator():
        if event.place != place + 1 or event.digest != event.digest_after(head):
            return ChainState(place, head, broken_at=place + 1)
        head, place = event.digest, event.place
    return ChainState(place, head)
