"""Reads of the outbox, and letters as their reader would get them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.conf import settings
from django.db.models import Q, QuerySet

from . import kinds, rendering
from .kinds import Content, Group, Ids, Reader
from .models import DemoLetter, Letter, Preference
from .rendering import Rendered

SURELY_OVER = timedelta(minutes=10)  # longer than any mail server takes to answer


@dataclass(frozen=True)
class DryRun:
    """What one person would get; `why_not` says why they would get nothing."""

    person: Reader
    content: Content | None
    why_not: Literal["", "no_account", "switched_off", "cancelled"] = ""


def switched_off(person: Reader) -> set[str]:
    """Return the groups of letters a person does without."""
    return set(Preference.objects.filter(person_id=person.pk).values_list("group", flat=True))


def told_lately(person: Reader, about: str, since: datetime) -> bool:
    """Say whether a letter whose due key begins with `about` was written to somebody after a moment."""
    return Letter.objects.filter(person_id=person.pk, due_key__startswith=f"{about}:", created_at__gt=since).exists()


def undecided(now: datetime) -> QuerySet[Letter]:
    """Return letters that may or may not have left, and those that failed: for a person to decide."""
    over = Q(claimed_at__isnull=True) | Q(claimed_at__lte=now - SURELY_OVER)
    in_doubt = Letter.objects.filter(over, state=Letter.State.SENDING)
    return (in_doubt | Letter.objects.filter(state=Letter.State.FAILED)).select_related("person").order_by("created_at")


def preview(kind: str, ids: Ids, person: Reader) -> Content | None:
    """Load a letter as one person would get it now; None when it would be cancelled."""
    with rendering.as_read_by(person):
        return kinds.get(kind).load(ids, person)


def written_out(kind: str, content: Content, person: Reader) -> Rendered:
    """Show a previewed letter as it would arrive: subject, text and HTML."""
    return rendering.render(content, person, essential=kinds.get(kind).essential)


def dry_run(kind: str, readers: Iterable[tuple[Reader, Ids]]) -> list[DryRun]:
    """Say what each person would get, without queueing anything. Order: as given."""
    optional_group = None if kinds.get(kind).essential else kinds.get(kind).group
    readers = list(readers)
    people = [person.pk for person, _ids in readers]
    without = set(Preference.objects.filter(group=optional_group, person_id__in=people).values_list("person_id", flat=True))
    return [_dry_run(kind, ids, person, off=person.pk in without) for person, ids in readers]


def _dry_run(kind: str, ids: Ids, person: Reader, *, off: bool) -> DryRun:
    if not person.is_active:
        return DryRun(person, None, "no_account")
    if off:
        return DryRun(person, None, "switched_off")
    content = preview(kind, ids, person)
    return DryRun(person, content, "" if content else "cancelled")


def groups_on_offer() -> list[Group]:
    """List the groups of letters people can switch off."""
    return kinds.groups_on_offer()


def demo_letters() -> QuerySet[DemoLetter]:
    """Return the letters of the demonstration, newest first; outside of it there are none."""
    return DemoLetter.objects.all() if settings.DEMO else DemoLetter.objects.none()
