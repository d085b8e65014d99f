"""Do short files while the person waits, and long ones in the background."""

from datetime import datetime

from django.utils import timezone
from django_tasks import task

from releve.enrolment.models import Import
from releve.people.models import Person

from . import actions, landing


def check(sheet: Import) -> None:
    """Look at the rows now, or soon if they are many. Raises: actions.AlreadyEnded."""
    if sheet.rows.count() <= actions.AT_ONCE:
        actions.check_rows(sheet)
    else:
        actions.await_check(sheet)
        check_later.enqueue(str(sheet.pk))


def land(sheet: Import, *, revision: int, all_or_none: bool, by: Person, now: datetime) -> None:
    """Bring people in now, or soon if they are many. Raises: what `landing.land` raises."""
    if sheet.rows.count() <= actions.LAND_AT_ONCE:
        landing.land(sheet, revision=revision, all_or_none=all_or_none, by=by, now=now)
    else:
        actions.await_landing(sheet, revision=revision, all_or_none=all_or_none)
        land_later.enqueue(str(sheet.pk), str(by.pk))


@task()
def check_later(sheet_id: str) -> None:
    sheet = Import.objects.filter(pk=sheet_id, state=Import.State.CHECKING).first()
    if sheet is not None:
        actions.check_rows(sheet)


@task()
def land_later(sheet_id: str, person_id: str) -> None:
    sheet = Import.objects.filter(pk=sheet_id, state=Import.State.LANDING).first()
    if sheet is None:
        return
    by = Person.objects.get(pk=person_id)
    try:
        landing.land(sheet, revision=sheet.revision, all_or_none=sheet.all_or_none, by=by, now=timezone.now())
    except actions.ImportRefused:
        return  # somebody registered meanwhile, or gave the file up: the preview says so again
    finally:
        actions.reopen(sheet)
