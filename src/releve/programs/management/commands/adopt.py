from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from releve.people.models import Person, normalize_email
from releve.programs import actions, blueprints
from releve.programs.models import Program


class Command(BaseCommand):
    help = "Make a program of the organization's own from a design that ships, coordinated by somebody who has an account."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("blueprint", help=f"one of: {', '.join(blueprints.names())}")
        parser.add_argument("--coordinator", required=True, metavar="EMAIL", help="email address of the account that coordinates it")
        parser.add_argument("--slug", help="address of its public page, /programs/SLUG/")

    def handle(self, *args: Any, **options: Any) -> None:
        person = Person.objects.filter(email=normalize_email(options["coordinator"]), is_active=True).first()
        if person is None:
            raise CommandError(f"No account has the address {options['coordinator']}.")
        if options["slug"] and Program.objects.filter(slug=options["slug"]).exists():
            raise CommandError(f"A program has the address {options['slug']} already. Choose another one.")
        try:
            program = actions.adopt_blueprint(options["blueprint"], by=person, slug=options["slug"])
        except blueprints.UnknownBlueprint as error:
            raise CommandError(f"No design is called {options['blueprint']}. There are: {', '.join(blueprints.names())}.") from error
        self.stdout.write(f"{person.name} coordinates {program.name.in_language('en')}, at /programs/{program.slug}/.")
