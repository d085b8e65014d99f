"""What the commands of this room are told: whose hands, which cohort."""

from django.core.management.base import CommandError

from releve.people.models import Person, normalize_email
from releve.programs.models import Cohort


def cohort_at(address: str) -> Cohort:
    """Find a cohort by program/cohort. Raises: CommandError."""
    program, _slash, slug = address.partition("/")
    found = Cohort.objects.filter(program__slug=program, slug=slug).select_related("program", "version").first()
    if found is None:
        raise CommandError(f"No cohort has the address {address}. Write it as program/cohort.")
    return found


def account_of(email: str) -> Person:
    """Find an account by its address. Raises: CommandError."""
    found = Person.objects.filter(email=normalize_email(email), is_active=True).first()
    if found is None:
        raise CommandError(f"No account has the address {email}.")
    return found
