"""Programs and cohorts for tests, made of the first blueprint unless a test brings another definition."""

import datetime as dt
import itertools
from functools import cache
from typing import Any

from django.utils import timezone

from releve.core.bilingual import Text
from releve.people.models import Person
from releve.people.roles import Duty
from releve.programs import blueprints
from releve.programs.definition import Definition
from releve.programs.models import Appointment, Cohort, Program, Version
from tests.factories.people import person

_numbers = itertools.count(1)


@cache
def first_blueprint() -> Definition:
    """Read the chapter's program once for the whole run."""
    return blueprints.read("cchl_quebec")


def changed(definition: Definition | None = None, **parts: Any) -> Definition:
    """Write a definition with some of its parts replaced by plain data: `changed(intake={…})`."""
    data = (definition or first_blueprint()).as_data()
    return Definition.model_validate(data | parts)


def program(definition: Definition | None = None, **more: Any) -> Program:
    """Make a program with one version."""
    definition = definition or first_blueprint()
    number = next(_numbers)
    made = Program.objects.create(**{"slug": f"program-{number}", "name": definition.name} | more)
    Version.objects.create(program=made, number=1, frozen=definition.canonical, digest=definition.digest)
    return made


def cohort(of: Program | None = None, *, definition: Definition | None = None, **more: Any) -> Cohort:
    """Make an open cohort that takes registrations today; its first day is five months away.

    With the first blueprint: registration for a month yet, ten months long.
    """
    of = of or program(definition)
    starts_on = more.pop("starts_on", timezone.localdate() + dt.timedelta(days=150))
    given = {
        "program": of,
        "version": of.versions.order_by("-number")[0],
        "slug": f"cohort-{next(_numbers)}",
        "name": Text("2026-2027", "2026–2027"),
        "starts_on": starts_on,
        "ends_on": starts_on + dt.timedelta(days=300),
        "state": Cohort.State.OPEN,
    }
    return Cohort.objects.create(**given | more)


def staff(of: Program | Cohort, duty: Duty = Duty.COORDINATOR, *, who: Person | None = None, name: str = "Amina") -> Person:
    """Appoint somebody to a program."""
    who = who or person(name)
    Appointment.objects.create(program=of.program if isinstance(of, Cohort) else of, person=who, duty=duty)
    return who
