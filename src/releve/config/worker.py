"""The worker: runs tasks as they come and the tick each minute, until it is asked to stop."""

import logging
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker as TaskRunner
from django_tasks_db.models import DBTaskResult

from releve.core.vault import keys

from . import tick
from .jobs import worker_name
from .models import Beat

log = logging.getLogger("releve.worker")

PAUSE_SECONDS = 1.0  # between two looks at an empty queue
BEAT_SECONDS = 20.0
TASKS_IN_A_ROW = 20  # then the tick has its turn


class _Tasks(TaskRunner):
    """Runs what waits, then returns; opened keys live for one task."""

    def __init__(self, worker_id: str) -> None:
        super().__init__(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=TASKS_IN_A_ROW,
            worker_id=worker_id,
        )

    def run_task(self, db_task_result: DBTaskResult) -> None:
        with keys.remembered():
            super().run_task(db_task_result)


class Worker:
    """One worker process."""

    def __init__(self) -> None:
        self.id = get_random_string(32)
        self.stopping = False
        self._tasks = _Tasks(self.id)
        self._next_tick = 0.0

    def run(self) -> None:
        """Work until `stop` is called; the task at hand is finished first."""
        log.info("The worker started.")
        with self._beating():
            while not self.stopping:
                try:
                    self._work()
                except DatabaseError as error:  # the database restarts: wait for it
                    log.error("The database does not answer: %s", type(error).__name__)
                    close_old_connections()
                if not self.stopping:
                    time.sleep(PAUSE_SECONDS)
        log.info("The worker stopped.")

    def stop(self) -> None:
        """Ask for the end after the task at hand."""
        self.stopping = True
        self._tasks.running = False

    def obey_signals(self) -> None:
        """Stop at the first signal; the second one kills, as it does any process."""

        def on_signal(number: int, frame: FrameType | None) -> None:
            signal.signal(number, signal.SIG_DFL)
            self.stop()

        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            if hasattr(signal, name):  # Windows lacks some
                signal.signal(getattr(signal, name), on_signal)

    def _work(self) -> None:
        if time.monotonic() >= self._next_tick:
            self._next_tick = time.monotonic() + tick.EVERY.total_seconds()
            now = timezone.now()
            if tick.claim(now):
                tick.run_jobs(now)
        if not self.stopping:
            self._tasks = _Tasks(self.id)
            self._tasks.running = not self.stopping  # asked to stop in between
            self._tasks.run()

    @contextmanager
    def _beating(self) -> Iterator[None]:
        """Show signs of life, during long tasks too, so that nobody takes them for abandoned."""
        self._beat()
        done = threading.Event()
        thread = threading.Thread(target=self._beat_until, args=[done], daemon=True)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()
            Beat.objects.filter(name=worker_name(self.id)).delete()

    def _beat_until(self, done: threading.Event) -> None:
        while not done.wait(BEAT_SECONDS):
            try:
                self._beat()
            except DatabaseError as error:
                log.error("The worker could not show that it is alive: %s", type(error).__name__)
            finally:
                connections.close_all()

    def _beat(self) -> None:
        Beat.objects.update_or_create(name=worker_name(self.id), defaults={"at": timezone.now()})
