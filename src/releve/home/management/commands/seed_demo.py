from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import override

from releve.home.demo import building, personas


class Command(BaseCommand):
    help = "Build the demonstration: a chapter that does not exist, with its people and two years of mentoring."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--afresh", action="store_true", help="Build it again, and forget what visitors did")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        try:
            if not options["afresh"] and building.is_fresh(now):
                self.stdout.write("The demonstration is as you left it. To build it again, add --afresh.")
            else:
                building.build(now)
                seconds = (timezone.now() - now).total_seconds()
                self.stdout.write(f"The demonstration was built in {seconds:.1f} s. Everyone in it is invented.")
        except building.DemoRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self._print_logins()

    def _print_logins(self) -> None:
        people = personas.people_behind()
        with override("en"):
            for persona in personas.everyone():
                if person := people.get(persona.name):
                    self.stdout.write(f"  {persona.title!s:<32} {person.name:<28} {person.email}")
        names = " and ".join(people[name].email for name in personas.WITH_PASSWORD if name in people)
        self.stdout.write(f"One click on /fr/demo/ or /en/demo/ steps into any of them. {names} also have the password {personas.PASSWORD}")
