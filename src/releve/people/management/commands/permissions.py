from typing import Any

from django.core.management.base import BaseCommand

from releve.people.roles import ALLOWED, Permission


class Command(BaseCommand):
    """Print who may do what, as people/roles.py says."""

    help = "Print who may do what: one line for each permission, one column for each duty."

    def handle(self, *args: Any, **options: Any) -> None:
        width = max(len(permission) for permission in Permission)
        duties = list(ALLOWED)
        self.stdout.write(f"{'':{width}}  {'  '.join(duties)}")
        for permission in Permission:
            marks = (("yes" if permission in ALLOWED[duty] else "-").ljust(len(duty)) for duty in duties)
            self.stdout.write(f"{permission:{width}}  {'  '.join(marks)}".rstrip())
