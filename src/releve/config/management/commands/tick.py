from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from releve.config import tick


class Command(BaseCommand):
    help = "Run every timed job once: for installations without a worker, from cron."

    def handle(self, *args: Any, **options: Any) -> None:
        outcomes = tick.run_jobs(timezone.now())
        for outcome in outcomes:
            self.stdout.write(f"{outcome.job}: {'failed' if outcome.count is None else outcome.count}")
        if any(outcome.count is None for outcome in outcomes):
            raise SystemExit(1)
