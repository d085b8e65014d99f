from uuid import UUID

from django.utils import timezone
from django_tasks import task

from .actions.computing import compute


@task()
def compute_run(run_id: str) -> bool:
    return compute(UUID(run_id), now=timezone.now())
