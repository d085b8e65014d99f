"""Reads about programs that serve several pages and rooms."""

from collections.abc import Callable

from releve.core.visibility import Visibility
from releve.people.models import Organization, Person
from releve.people.roles import Duty, Permission
from releve.people.roles import may as duties_allow

from .definition import Definition, Form
from .models import Appointment, Cohort, Program, Version


def organization() -> Organization | None:
    """Return the organization this server belongs to, once it is founded."""
    return Organization.objects.first()


def duties_of(person: Person, program: Program) -> set[Duty]:
    """Return the duties a person holds in a program today."""
    rows = Appointment.objects.current().filter(person=person, program=program)
    return {Duty(duty) for duty in rows.values_list("duty", flat=True)}


def may(person: Person, permission: Permission, program: Program) -> bool:
    """Say whether one of a person's duties in a program allows something."""
    return duties_allow(duties_of(person, program), permission)


def assessment_form(cohort: Cohort, role: str) -> Form | None:
    """Find the questionnaire that a person in this role fills in for themselves alone, before anything else."""
    definition = cohort.definition
    for task in definition.tasks:
        form_id = task.form_for(role) if task.kind == "form" else None
        if form_id and form_id != definition.intake.form and definition.form(form_id).visibility == Visibility.SELF:
            return definition.form(form_id)
    return None


def newest_version(program: Program) -> Version:
    return program.versions.order_by("-number")[0]


def parents_for(person: Person) -> Callable[[str, int], Definition | None]:
    """Make the search for the definition that a child starts from: among the programs this person designs."""

    def find(definition_id: str, number: int) -> Definition | None:
        own = Program.objects.where_may(person, Permission.DESIGN_PROGRAM)
        versions = Version.objects.filter(program__in=own, number=number)
        return next((version.definition for version in versions if version.definition.id == definition_id), None)

    return find
