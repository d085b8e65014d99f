"""Everything that changes a program, its versions, its cohorts and who runs them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from releve.audit import actions as audit
from releve.core.bilingual import Text
from releve.people.models import Person
from releve.people.roles import Duty, Permission

from . import blueprints
from .definition import Definition
from .models import Appointment, Cohort, Program, Version
from .opening import Obstacle, problems_with_opening
from .queries import may


class OpeningRefused(Exception):
    """A cohort that cannot open. `obstacles` holds every reason."""

    def __init__(self, obstacles: list[Obstacle]) -> None:
        super().__init__("; ".join(str(obstacle) for obstacle in obstacles))
        self.obstacles = obstacles


class StateRefused(Exception):
    """The cohort was opened or closed meanwhile."""


@transaction.atomic
def adopt_blueprint(blueprint_id: str, *, by: Person, slug: str | None = None) -> Program:
    """Make a program of the organization's own from a shipped design; whoever does it coordinates it."""
    definition = blueprints.read(blueprint_id)
    program = Program.objects.create(slug=slug or definition.id.replace("_", "-"), name=definition.name)
    _add_version(program, definition, by=by, note="")
    Appointment.objects.create(program=program, person=by, duty=Duty.COORDINATOR)
    audit.record("program.adopt", by=by, on=program, program=program, blueprint=blueprint_id)
    return program


@transaction.atomic
def save_version(program: Program, definition: Definition, *, by: Person, note: str = "") -> Version:
    """Freeze a new version of a program's definition. An unchanged definition makes none."""
    _must(by, Permission.DESIGN_PROGRAM, program)
    newest = program.versions.order_by("-number").first()
    if newest is not None and newest.digest == definition.digest:
        return newest
    version = _add_version(program, definition, by=by, note=note)
    audit.record("program.version", by=by, on=program, program=program, number=version.number)
    return version


@transaction.atomic
def pin_version(cohort: Cohort, version: Version, *, by: Person) -> None:
    """Let a cohort run on another version of its program.

    Answers keep pointing at the questions as they were asked.
    """
    _must(by, Permission.DESIGN_PROGRAM, cohort.program)
    if version.program_id != cohort.program_id:
        raise PermissionDenied
    Cohort.objects.filter(pk=cohort.pk).update(version=version)
    cohort.version = version
    audit.record("cohort.version", by=by, on=cohort, program=cohort.program, number=version.number)


@transaction.atomic
def create_cohort(
    program: Program, *, name: Text, slug: str, starts_on: date, ends_on: date | None, by: Person
) -> Cohort:
    """Prepare a cohort on the newest version. Nobody outside sees it before it opens."""
    _must(by, Permission.OPEN_COHORT, program)
    version = program.versions.order_by("-number")[0]
    cohort = Cohort.objects.create(
        program=program, version=version, name=name, slug=slug, starts_on=starts_on, ends_on=ends_on
    )
    audit.record("cohort.create", by=by, on=cohort, program=program)
    return cohort


@transaction.atomic
def change_dates(
    cohort: Cohort, *, starts_on: date, ends_on: date | None, chosen: Mapping[str, date], by: Person
) -> None:
    """Keep the dates that the coordinator chose; what is not chosen follows the definition."""
    _must(by, Permission.DESIGN_PROGRAM, cohort.program)
    cohort.starts_on, cohort.ends_on = starts_on, ends_on
    cohort.dates = {key: day.isoformat() for key, day in chosen.items()}
    cohort.save(update_fields=["starts_on", "ends_on", "dates"])
    audit.record("cohort.dates", by=by, on=cohort, program=cohort.program)


@transaction.atomic
def change_settings(cohort: Cohort, values: Mapping[str, Any], *, by: Person) -> None:
    """Keep the settings that the coordinator chose, those declared by the definition only."""
    _must(by, Permission.DESIGN_PROGRAM, cohort.program)
    for setting_id in values:
        cohort.definition.declared_setting(setting_id)
    cohort.settings = {**cohort.settings, **values}
    cohort.save(update_fields=["settings"])
    audit.record("cohort.settings", by=by, on=cohort, program=cohort.program, changed=sorted(values))


@transaction.atomic
def open_cohort(cohort: Cohort, *, by: Person, now: datetime) -> None:
    """Make a cohort public, once nothing is missing.

    Raises: OpeningRefused with every obstacle; StateRefused when it is open already.
    """
    _must(by, Permission.OPEN_COHORT, cohort.program)
    if obstacles := problems_with_opening(cohort):
        raise OpeningRefused(obstacles)
    _change_state(cohort, {Cohort.State.DRAFT}, Cohort.State.OPEN)
    audit.record("cohort.open", by=by, on=cohort, program=cohort.program)


@transaction.atomic
def close_cohort(cohort: Cohort, *, by: Person | None, now: datetime) -> None:
    """Close a cohort. Its people keep what is theirs; its figures stay."""
    if by is not None:
        _must(by, Permission.OPEN_COHORT, cohort.program)
    _change_state(cohort, {Cohort.State.OPEN}, Cohort.State.CLOSED, closed_at=now)
    audit.record("cohort.close", by=by, on=cohort, program=cohort.program)


@transaction.atomic
def appoint(person: Person, duty: Duty, program: Program, *, by: Person | None) -> Appointment:
    """Give a person a duty in a program. `by` is empty only when the server is set up."""
    if by is not None:
        _must(by, Permission.APPOINT_STAFF, program)
    appointment, created = Appointment.objects.get_or_create(
        program=program, person=person, duty=duty, ended_at__isnull=True
    )
    if created:
        audit.record("staff.appoint", by=by, subject=person, on=program, program=program, duty=duty.value)
    return appointment


@transaction.atomic
def end_appointment(appointment: Appointment, *, by: Person, now: datetime) -> None:
    """End a duty. The last coordinator of a program stays until another is appointed.

    Raises: StateRefused for the last coordinator.
    """
    program = appointment.program
    _must(by, Permission.APPOINT_STAFF, program)
    coordinators = program.appointments.current().filter(duty=Duty.COORDINATOR).select_for_update()
    if appointment.duty == Duty.COORDINATOR and len(coordinators) == 1:
        raise StateRefused("last coordinator")
    Appointment.objects.filter(pk=appointment.pk, ended_at__isnull=True).update(ended_at=now)
    audit.record("staff.end", by=by, subject=appointment.person, on=program, program=program, duty=appointment.duty)


def _must(person: Person, permission: Permission, program: Program) -> None:
    if not may(person, permission, program):
        raise PermissionDenied


def _add_version(program: Program, definition: Definition, *, by: Person, note: str) -> Version:
    highest = program.versions.aggregate(Max("number"))["number__max"] or 0
    return Version.objects.create(
        program=program,
        number=highest + 1,
        frozen=definition.canonical,
        digest=definition.digest,
        by=by,
        note=note,
    )


def _change_state(cohort: Cohort, sources: set[str], target: str, **also: Any) -> None:
    if not Cohort.objects.filter(pk=cohort.pk, state__in=sources).update(state=target, **also):
        raise StateRefused(target)
    cohort.refresh_from_db()
