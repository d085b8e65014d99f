"""Reads about programs that serve several rooms."""

from datetime import date

from releve.people.models import Person
from releve.people.roles import Duty, Permission
from releve.people.roles import may as duties_allow

from .models import Appointment, Cohort, Program


def duties_of(person: Person, program: Program) -> set[Duty]:
    """Return the duties a person holds in a program today."""
    rows = Appointment.objects.current().filter(person=person, program=program)
    return {Duty(duty) for duty in rows.values_list("duty", flat=True)}


def may(person: Person, permission: Permission, program: Program) -> bool:
    """Say whether one of a person's duties in a program allows something."""
    return duties_allow(duties_of(person, program), permission)


def registering_now(today: date) -> list[Cohort]:
    """Return the cohorts people can register in today. Order: by first day."""
    open_ones = Cohort.objects.filter(state=Cohort.State.OPEN).select_related("program", "version").order_by("starts_on")
    return [cohort for cohort in open_ones if cohort.is_registering(today)]
