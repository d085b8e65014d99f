import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connections

from releve.config.upgrade import require_migrations
from releve.config.wsgi import application

ANSWER_SECONDS = 60


class Command(BaseCommand):
    help = "Serve the site until stopped. Put a proxy that ends TLS in front, and set BEHIND_PROXY=1."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--bind", default="127.0.0.1:8000", help="address and port, or unix:/path (default: %(default)s)")
        parser.add_argument("--workers", type=int, default=min(os.cpu_count() or 1, 4), help="processes (default: %(default)s)")
        parser.add_argument("--threads", type=int, default=4, help="threads of each process (default: %(default)s)")

    def handle(self, *args: Any, bind: str, workers: int, threads: int, **options: Any) -> None:
        require_migrations()
        connections.close_all()  # none may be shared with the processes to come
        self.stdout.write(f"Serving on {bind}. Stop with Ctrl-C.")
        self.stdout.flush()
        if sys.platform == "win32":
            from waitress import serve  # installed on Windows alone

            serve(application, listen=bind, threads=workers * threads)
        else:
            from releve.config.serving import Server  # not on Windows

            Server(application, bind=bind, workers=workers, threads=threads, timeout=ANSWER_SECONDS).run()
