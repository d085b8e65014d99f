"""Tasks left behind: those of dead workers run again, those done long ago are forgotten."""

import logging
from datetime import datetime, timedelta

from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from .models import Beat

log = logging.getLogger("releve.worker")

DEAD_AFTER = timedelta(minutes=2)  # several missed beats
MOST_RUNS = 3  # a task that kills its worker every time
KEPT = timedelta(days=14)


class WorkerDied(Exception):
    """The worker of this task was killed, each time it was tried."""


def worker_name(worker_id: str) -> str:
    """Name the beat of a worker."""
    return f"worker:{worker_id}"


def revive_tasks(now: datetime) -> int:
    """Put the tasks of dead workers back in the queue; return how many. Tasks can run twice safely."""
    alive = set(Beat.objects.filter(at__gt=now - DEAD_AFTER).values_list("name", flat=True))
    count = 0
    for task in DBTaskResult.objects.running().filter(started_at__lte=now - DEAD_AFTER):
        if worker_name(task.worker_ids[-1]) in alive:
            continue
        log.warning("Task %s (%s) lost its worker.", task.pk, task.task_name)
        values = {"status": TaskResultStatus.READY, "started_at": None}
        if len(task.worker_ids) >= MOST_RUNS:
            error = f"{WorkerDied.__module__}.{WorkerDied.__qualname__}"
            values = {"status": TaskResultStatus.FAILED, "finished_at": now, "exception_class_path": error}
        same = DBTaskResult.objects.running().filter(pk=task.pk, started_at=task.started_at)
        count += same.update(**values)
    return count


def forget_old_tasks(now: datetime) -> int:
    """Forget tasks that ended long ago, and workers that stopped long ago."""
    Beat.objects.filter(at__lte=now - KEPT, name__startswith=worker_name("")).delete()
    return DBTaskResult.objects.finished().filter(finished_at__lte=now - KEPT).delete()[0]
