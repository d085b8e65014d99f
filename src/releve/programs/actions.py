"""Everything that changes a program, its versions, its cohorts and who runs them.

ProgramRefused
├── OpeningRefused      a cohort that cannot open; carries every obstacle
├── PinningRefused      a version that a cohort cannot run on; carries every obstacle
├── StateRefused        the cohort was opened or closed meanwhile
├── NameTaken           a cohort of this program is called so already
├── LastCoordinator     the duty of the only coordinator cannot end
└── ChangedMeanwhile    somebody saved first; carries what stands there now
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils.text import slugify

from releve.audit import actions as audit
from releve.core.bilingual import Text
from releve.notifications.actions import notify
from releve.people.models import Person
from releve.people.roles import Duty, Permission

from . import blueprints
from .definition import Definition
from .models import Appointment, Cohort, Program, Version
from .opening import Obstacle, problems_with_opening, problems_with_pinning
from .problems import Path
from .queries import may
from .texts import EditablePart, editable_part, with_values

LONGEST_SLUG = 60


class ProgramRefused(Exception):
    """Something that cannot be done to a program now."""


class OpeningRefused(ProgramRefused):
    """A cohort that cannot open. `obstacles` holds every reason."""

    def __init__(self, obstacles: list[Obstacle]) -> None:
        super().__init__("; ".join(str(obstacle) for obstacle in obstacles))
        self.obstacles = obstacles


class PinningRefused(OpeningRefused):
    """A cohort that cannot run on a version."""


class StateRefused(ProgramRefused):
    """The cohort was opened or closed meanwhile."""


class NameTaken(ProgramRefused):
    """A cohort of the same program has this name, or one that makes the same address."""


class LastCoordinator(ProgramRefused):
    """A program keeps a coordinator until another one is appointed."""


class ChangedMeanwhile(ProgramRefused):
    """Somebody saved first. `present` holds, by the name of each text or value, what stands there now."""

    def __init__(self, present: Mapping[str, Any]) -> None:
        super().__init__(", ".join(present))
        self.present = present


# --- programs and versions


@transaction.atomic
def adopt_blueprint(blueprint_id: str, *, by: Person, slug: str | None = None) -> Program:
    """Make a program of the organization's own from a shipped design; whoever does it coordinates it."""
    definition = blueprints.read(blueprint_id)
    program = Program.objects.create(slug=slug or _free_slug(definition.id.replace("_", "-")), name=definition.name)
    _add_version(program, definition, by=by, note="")
    Appointment.objects.create(program=program, person=by, duty=Duty.COORDINATOR)
    audit.record("program.adopt", by=by, on=program, program=program, blueprint=blueprint_id)
    return program


@transaction.atomic
def save_version(program: Program, definition: Definition, *, by: Person, note: str = "") -> Version:
    """Freeze a new version of a program's definition. An unchanged definition makes none."""
    _must(by, Permission.DESIGN_PROGRAM, program)
    Program.objects.select_for_update().get(pk=program.pk)  # two authors never take the same number
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
    Raises: PinningRefused when people of an open cohort would lose what they rely on, or dates would cross.
    """
    _must(by, Permission.DESIGN_PROGRAM, cohort.program)
    if version.program_id != cohort.program_id:
        raise PermissionDenied
    if obstacles := problems_with_pinning(cohort, version):
        raise PinningRefused(obstacles)
    Cohort.objects.filter(pk=cohort.pk).update(version=version)
    cohort.version = version
    audit.record("cohort.version", by=by, on=cohort, program=cohort.program, number=version.number)


# --- one cohort


@transaction.atomic
def create_cohort(program: Program, *, name: Text, slug: str, starts_on: date, ends_on: date | None, by: Person) -> Cohort:
    """Prepare a cohort on the newest version. Nobody outside sees it before it opens.

    Raises: NameTaken.
    """
    _must(by, Permission.OPEN_COHORT, program)
    version = program.versions.order_by("-number")[0]
    try:
        with transaction.atomic():
            cohort = Cohort.objects.create(program=program, version=version, name=name, slug=slug, starts_on=starts_on, ends_on=ends_on)
    except IntegrityError as error:
        raise NameTaken(slug) from error
    audit.record("cohort.create", by=by, on=cohort, program=program)
    return cohort


def slug_for(name: Text) -> str:
    """Write the address of a cohort from its name."""
    return slugify(name.in_language("fr"))[:LONGEST_SLUG].strip("-")


@transaction.atomic
def change_dates(
    cohort: Cohort,
    *,
    starts_on: date,
    ends_on: date | None,
    chosen: Mapping[str, date],
    by: Person,
    name: Text | None = None,
    revision: int | None = None,
) -> None:
    """Keep the name and the dates that the coordinator chose; what is not chosen follows the definition.

    Raises: ChangedMeanwhile when the cohort is no longer at `revision`.
    """
    _must(by, Permission.DESIGN_PROGRAM, cohort.program)
    elsewhere = {key: day for key, day in cohort.dates.items() if "@" in key}  # dates of one site or class
    dates = elsewhere | {key: day.isoformat() for key, day in chosen.items()}
    values = {"name": name or cohort.name, "starts_on": starts_on, "ends_on": ends_on, "dates": dates}
    if _change(cohort, revision, **values):
        audit.record("cohort.dates", by=by, on=cohort, program=cohort.program)


@transaction.atomic
def change_settings(cohort: Cohort, values: Mapping[str, Any], *, by: Person, revision: int | None = None) -> None:
    """Keep the settings that the coordinator chose, those declared by the definition only.

    A value equal to its default is not kept: it follows the definition.
    Raises: UnknownIdError; ChangedMeanwhile when the cohort is no longer at `revision`.
    """
    _must(by, Permission.DESIGN_PROGRAM, cohort.program)
    defaults = {name: cohort.definition.declared_setting(name).default for name in values}
    chosen = {name: value for name, value in {**cohort.settings, **values}.items() if name not in defaults or value != defaults[name]}
    if _change(cohort, revision, settings=chosen):
        audit.record("cohort.settings", by=by, on=cohort, program=cohort.program, changed=sorted(values))


@transaction.atomic
def open_cohort(cohort: Cohort, *, by: Person, now: datetime) -> None:
    """Make a cohort public, once nothing is missing.

    Raises: OpeningRefused with every obstacle; StateRefused when it is open already.
    """
    _must(by, Permission.OPEN_COHORT, cohort.program)
    if obstacles := problems_with_opening(cohort):
        raise OpeningRefused(obstacles)
    _change_state(cohort, {Cohort.State.DRAFT}, Cohort.State.OPEN, opened_at=now)
    audit.record("cohort.open", by=by, on=cohort, program=cohort.program)


@transaction.atomic
def close_cohort(cohort: Cohort, *, by: Person | None, now: datetime) -> None:
    """Close a cohort. Its people keep what is theirs; its figures stay. Raises: StateRefused."""
    if by is not None:
        _must(by, Permission.OPEN_COHORT, cohort.program)
    _change_state(cohort, {Cohort.State.OPEN}, Cohort.State.CLOSED, closed_at=now)
    audit.record("cohort.close", by=by, on=cohort, program=cohort.program)


# --- words


@transaction.atomic
def change_texts(cohort: Cohort, group: str, part_id: str, texts: Mapping[str, Text], *, base: int, by: Person) -> Version:
    """Rewrite texts of one part of the definition that a cohort runs on, as a new version that it runs on from now.

    `base` is the number of the version they were written from: what nobody touched since is saved, the rest is not.
    Raises: ChangedMeanwhile with the texts of others; DefinitionErrors.
    """
    _must(by, Permission.DESIGN_PROGRAM, cohort.program)
    cohort.refresh_from_db(fields=["version"], from_queryset=Cohort.objects.select_for_update())
    present = editable_part(cohort.definition, group, part_id)
    if present is None:
        raise ChangedMeanwhile({})
    wanted = _own_changes(cohort, present, texts, base)
    paths: dict[Path, Any] = {place.path: wanted[place.key] for place in present.places if place.key in wanted}
    version = _rewrite(cohort, paths, by=by, note=f"{group}.{part_id}")
    if ("name",) in paths and group == "program":
        Program.objects.filter(pk=cohort.program_id).update(name=paths["name",])
    return version


@transaction.atomic
def change_contact(
    cohort: Cohort, contact_id: str, *, texts: Mapping[str, Text], email: str, base: int, by: Person, revision: int | None = None
) -> None:
    """Say who a contact of the program is, and where letters to it arrive.

    Raises: ChangedMeanwhile; DefinitionErrors.
    """
    contact = cohort.definition.contact_called(contact_id)
    change_texts(cohort, "contacts", contact_id, texts, base=base, by=by)
    if contact.email.startswith("setting:"):
        change_settings(cohort, {contact.email.removeprefix("setting:"): email}, by=by, revision=revision)
    elif contact.email != email:
        index = [item.id for item in cohort.definition.contacts].index(contact_id)
        _rewrite(cohort, {("contacts", index, "email"): email}, by=by, note=f"contacts.{contact_id}")


# --- who runs it


@transaction.atomic
def appoint(person: Person, duty: Duty, program: Program, *, by: Person | None) -> Appointment:
    """Give a person a duty in a program and tell them. `by` is empty only when the server is set up."""
    if by is not None:
        _must(by, Permission.APPOINT_STAFF, program)
    appointment, created = Appointment.objects.get_or_create(program=program, person=person, duty=duty, ended_at__isnull=True)
    if created:
        audit.record("staff.appoint", by=by, subject=person, on=program, program=program, duty=duty.value)
        notify(person, "staff_appointed", due_key=f"staff_appointed:{appointment.pk}", ids={"appointment": appointment.pk})
    return appointment


@transaction.atomic
def end_appointment(appointment: Appointment, *, by: Person, now: datetime) -> None:
    """End a duty. The last coordinator of a program stays until another is appointed. Raises: LastCoordinator."""
    program = appointment.program
    _must(by, Permission.APPOINT_STAFF, program)
    Program.objects.select_for_update().get(pk=program.pk)  # two coordinators ending each other: one of them stays
    others = program.appointments.current().filter(duty=Duty.COORDINATOR).exclude(pk=appointment.pk)
    if appointment.duty == Duty.COORDINATOR and not others.exists():
        raise LastCoordinator
    if Appointment.objects.filter(pk=appointment.pk, ended_at__isnull=True).update(ended_at=now):
        audit.record("staff.end", by=by, subject=appointment.person, on=program, program=program, duty=appointment.duty)


def _must(person: Person, permission: Permission, program: Program) -> None:
    if not may(person, permission, program):
        raise PermissionDenied


def _free_slug(wanted: str) -> str:
    taken = set(Program.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(slug for slug in numbered if slug not in taken)


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


def _own_changes(cohort: Cohort, present: EditablePart, texts: Mapping[str, Text], base: int) -> dict[str, Text]:
    """Keep the texts that their author changed. Raises: ChangedMeanwhile for those that others changed too."""
    started = cohort.version
    if base != started.number:
        started = cohort.program.versions.filter(number=base).first() or started
    before = editable_part(started.definition, present.group, present.id)
    wanted = {key: text for key, text in texts.items() if before is None or text != before.text(key)}
    others = {
        key: present.text(key)
        for key, text in wanted.items()
        if present.text(key) != text and (before is None or present.text(key) != before.text(key))
    }
    if others:
        raise ChangedMeanwhile(others)
    return wanted


def _rewrite(cohort: Cohort, values: Mapping[Path, Any], *, by: Person, note: str) -> Version:
    """Save the definition of a cohort with some values replaced, and pin it."""
    definition = with_values(cohort.definition, values)
    if definition.digest == cohort.version.digest:
        return cohort.version
    version = save_version(cohort.program, definition, by=by, note=note)
    Cohort.objects.filter(pk=cohort.pk).update(version=version)
    cohort.version = version
    return version


def _change(cohort: Cohort, revision: int | None, **values: Any) -> bool:
    """Write columns of a cohort if nobody else did meanwhile; say whether anything changed."""
    revision = cohort.revision if revision is None else revision
    moved = Cohort.objects.filter(pk=cohort.pk, revision=revision).update(revision=F("revision") + 1, **values)
    before = {name: getattr(cohort, name) for name in values}
    cohort.refresh_from_db(fields=["revision", *values])
    present = {name: getattr(cohort, name) for name in values}
    if not moved and present != values:
        raise ChangedMeanwhile(present)
    return bool(moved) and before != values


def _change_state(cohort: Cohort, sources: set[str], target: str, **also: Any) -> None:
    if not Cohort.objects.filter(pk=cohort.pk, state__in=sources).update(state=target, **also):
        raise StateRefused(target)
    cohort.refresh_from_db()
