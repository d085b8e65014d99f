from typing import Any

from django.core.management.base import BaseCommand, CommandError

from releve.audit import queries


class Command(BaseCommand):
    help = "Check that nobody altered or removed an event of the history."

    def handle(self, *args: Any, **options: Any) -> None:
        state = queries.verify()
        if state.broken_at is not None:
            raise CommandError(f"The history was altered at event {state.broken_at}; {state.events} events before it are whole.")
        self.stdout.write(f"{state.events} events are whole. The last digest is {state.head or 'none yet'}.")
