from django.utils import timezone
from django_tasks import task

from . import delivery


@task()
def deliver_letter(letter_id: str) -> bool:
    return delivery.deliver(letter_id, now=timezone.now())
