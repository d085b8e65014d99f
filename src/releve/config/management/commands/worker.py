import logging
from typing import Any

from django.core.management.base import BaseCommand

from releve.config.upgrade import require_migrations
from releve.config.worker import Worker


class Command(BaseCommand):
    help = "Send letters and run long work in the background, and every timed job each minute, until stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        require_migrations()
        logging.getLogger("django_tasks_db").setLevel(logging.WARNING)  # it greets at every look at the queue
        worker = Worker()
        worker.obey_signals()
        worker.run()
