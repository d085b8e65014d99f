import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from releve.config import first_settings, founding
from releve.config.upgrade import upgrade
from releve.core.bilingual import Text
from releve.people.actions import LINK_DAYS, LINK_USES
from releve.programs import blueprints

ASKED = {
    "organization_fr": "Name of the organization in French",
    "organization_en": "Name of the organization in English",
    "contact": "Email address where its people are reached",
    "coordinator_name": "Name of the first coordinator",
    "coordinator_email": "Email address of the first coordinator",
    "language": "Language of the first coordinator, fr or en",
    "program": f"Design of the first program, one of: {', '.join(blueprints.names())}",
}


class Command(BaseCommand):
    help = "Set up a new server: settings and keys, databases, the organization, its first program and coordinator."

    def add_arguments(self, parser: ArgumentParser) -> None:
        first_settings.add_arguments(parser)
        for name, words in ASKED.items():
            parser.add_argument(f"--{name.replace('_', '-')}", help=words)
        parser.add_argument("--privacy-officer", default="", help="Name of the person in charge of personal information (Law 25)")
        parser.add_argument("--privacy-email", default="", help="Email address of that person")
        parser.add_argument("--test-mail", action="store_true", help="Write to the coordinator at once, to see that mail leaves")

    def handle(self, *args: Any, **options: Any) -> None:
        upgrade()
        try:
            founding.refuse_if_founded()
            answers = self._answers(options)
            problems = founding.problems_with(answers)
            if problems:
                raise CommandError("\n".join(problems))
            coordinator = founding.found(answers)
        except founding.FoundingRefused as error:
            raise CommandError(str(error)) from error
        self._say_what_comes_next(coordinator)
        if options["test_mail"]:
            self._test_mail(coordinator)

    def _answers(self, options: dict[str, Any]) -> founding.Founding:
        missing = [name for name in ASKED if not options[name]]
        if missing and not sys.stdin.isatty():
            raise CommandError("Missing: " + ", ".join(f"--{name.replace('_', '-')}" for name in missing))
        given = {name: options[name] or input(f"{words}\n> ").strip() for name, words in ASKED.items()}
        return founding.Founding(
            organization=Text(fr=given["organization_fr"], en=given["organization_en"]),
            contact=given["contact"],
            name=given["coordinator_name"],
            email=given["coordinator_email"],
            language=given["language"],
            blueprint=given["program"],
            privacy_officer=options["privacy_officer"],
            privacy_email=options["privacy_email"],
        )

    def _say_what_comes_next(self, coordinator: Any) -> None:
        self.stdout.write(f"The server belongs to its organization now, and {coordinator.name} coordinates its first program.")
        self.stdout.write("Keep a copy of VAULT_KEYS apart from every backup: without it, nobody can read sealed text again.")
        self.stdout.write("Start it with: releve serve, and beside it: releve worker")
        self.stdout.write(f"{coordinator.name} comes in the first time by this link, for {LINK_DAYS} days, {LINK_USES} times at most:")
        self.stdout.write(f"{settings.SITE_URL}{founding.first_path(coordinator)}")

    def _test_mail(self, coordinator: Any) -> None:
        try:
            founding.send_test_letter(coordinator)
        except Exception as error:
            raise CommandError(
                f"Everything is set up, but mail does not leave: {type(error).__name__}: {error}. "
                f"Correct EMAIL_URL, then try: releve sendtestemail {coordinator.email}"
            ) from error
        self.stdout.write(f"A message went out to {coordinator.email}.")
