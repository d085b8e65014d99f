from typing import Any

from django.core.management.base import BaseCommand

from releve.config.upgrade import upgrade


class Command(BaseCommand):
    help = "Bring both databases, the cache table and the static files to this version. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        upgrade()
        self.stdout.write("Both databases and the static files are at this version.")
