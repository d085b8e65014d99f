from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from releve.notifications import actions, queries


class Command(BaseCommand):
    help = "List the letters that may or may not have left and those that failed, and decide about one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        decision = parser.add_mutually_exclusive_group()
        decision.add_argument("--again", type=UUID, metavar="ID", help="send this one again: it did not leave")
        decision.add_argument("--give-up", type=UUID, metavar="ID", help="close this one: it left, or comes too late")

    def handle(self, *args: Any, again: UUID | None, give_up: UUID | None, **options: Any) -> None:
        letters = queries.undecided(timezone.now())
        decide, letter_id = (actions.send_again, again) if again else (actions.give_up, give_up)
        if letter_id is not None:
            letter = letters.filter(pk=letter_id).first()
            if letter is None or not decide(letter, by=None):
                raise CommandError(f"No letter {letter_id} waits for a decision.")
        for letter in letters:
            self.stdout.write(f"{letter.pk}  {letter.state}  {letter.kind}  {letter.person.email}  {letter.trouble}")
        self.stdout.write(f"{letters.count()} letters wait for a decision.")
