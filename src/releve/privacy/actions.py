"""Take one's data away, or have it erased."""

import csv
import io
import json
import zipfile
from datetime import datetime

from django.db import transaction

from releve.audit import actions as audit
from releve.core.vault import keys
from releve.enrolment.table_files import safe_cell
from releve.matching.models import Decision, Run
from releve.notifications.models import DemoLetter
from releve.people.models import Person
from releve.people.roles import Duty
from releve.relationships import actions as relationships
from releve.relationships.models import Membership, Relationship, State

from .holdings import everything_about


class ErasureRefused(Exception):
    """The only coordinator of a program hands it over before leaving."""


def archive_of(person: Person, *, now: datetime) -> bytes:
    """Write everything about a person as one ZIP: a JSON file, and a CSV file for each kind of row."""
    found = everything_about(person)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        whole = {"made_at": now.isoformat(), "data": found}
        archive.writestr("releve.json", json.dumps(whole, ensure_ascii=False, indent=2, default=str))
        for label, rows in found.items():
            archive.writestr(f"{label}.csv", _as_csv(rows))
    audit.record("privacy.download", by=person, subject=person)
    return buffer.getvalue()


def _as_csv(rows: list[dict]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    columns = list(rows[0]) if rows else []
    writer.writerow(columns)
    for row in rows:
        writer.writerow([safe_cell(json.dumps(v, ensure_ascii=False) if isinstance(v, list | dict) else v) for v in row.values()])
    return "\ufeff" + text.getvalue()


@transaction.atomic
def erase(person: Person, *, now: datetime) -> None:
    """Erase a person: their rows, and the keys of what only they could read.

    Partners keep their own words, what was written together, and the hours they agreed on.
    Raises: ErasureRefused for the only coordinator of a program.
    """
    _must_not_orphan(person)
    for relationship in Relationship.objects.of_member(person).still_open():
        _leave(relationship, person, now=now)
    memberships = Membership.objects.filter(participant__person=person)
    alone = _joint_keys_left_alone(person)
    keys.destroy_keys([person.self_key, *memberships.values_list("author_key", flat=True), *alone])
    _leave_runs(person)
    Decision.objects.filter(relationship__in=memberships.values("relationship")).update(reason="–")  # the committee’s words about them
    DemoLetter.objects.filter(to=person.email).delete()
    audit.record("privacy.erase", by=None)
    audit.forget_person(person.pk)
    person.delete()


def _must_not_orphan(person: Person) -> None:
    for appointment in person.appointments.current().filter(duty=Duty.COORDINATOR).select_related("program"):
        others = appointment.program.appointments.current().filter(duty=Duty.COORDINATOR).exclude(person=person)
        if not others.exists():
            raise ErasureRefused(str(appointment.program))


def _leave(relationship: Relationship, person: Person, *, now: datetime) -> None:
    if relationship.state in {State.PROPOSED, State.INTRODUCED}:
        relationships.release(relationship, by=None, now=now)
    else:
        relationships.end_early(relationship, relationships.WITHDRAWAL, by=person, now=now)


def _joint_keys_left_alone(person: Person) -> list:
    """Return the keys of joint texts whose last reader leaves."""
    mine = Relationship.objects.filter(memberships__participant__person=person)
    with_others = Relationship.objects.filter(pk__in=mine.values("pk")).filter(
        pk__in=Membership.objects.exclude(participant__person=person).values("relationship")
    )
    return list(mine.exclude(pk__in=with_others.values("pk")).values_list("joint_key", flat=True))


def _leave_runs(person: Person) -> None:
    """Take a person out of every run of the engine: it can then not be repeated, and says so."""
    participants = {str(pk) for pk in person.participations.values_list("pk", flat=True)}
    for run in Run.objects.filter(cohort__participants__person=person).distinct():
        gone = {local for local, participant in run.people.items() if participant in participants}
        if gone:
            problem = json.loads(run.problem)
            problem["people"] = [one for one in problem["people"] if one["id"] not in gone]
            run.problem = json.dumps(problem, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            run.people = {local: participant for local, participant in run.people.items() if local not in gone}
            run.replayable = False
            run.save(update_fields=["problem", "people", "replayable"])
