"""The letters of the two years: those of long ago went out, the last ones are shown as they arrived."""

from datetime import timedelta

from django.db.models import F
from django_tasks_db.models import DBTaskResult

from releve.notifications.actions import deliver
from releve.notifications.models import DemoLetter, Letter

from .days import Days

SHOWN = timedelta(days=10)


def send(days: Days) -> int:
    """Count old letters as sent and deliver the recent ones at their own moment; return how many are shown.

    Outside any transaction: a letter is claimed for good before it goes out.
    """
    waiting = Letter.objects.filter(state=Letter.State.QUEUED)
    old = waiting.filter(created_at__lt=days.now - SHOWN)
    old.update(state=Letter.State.SENT, claimed_at=F("created_at"), sent_at=F("created_at"), tries=1)
    for letter in waiting.order_by("created_at"):
        known = set(DemoLetter.objects.values_list("pk", flat=True))
        deliver(letter.pk, now=letter.created_at)
        DemoLetter.objects.exclude(pk__in=known).update(created_at=letter.created_at)
    DBTaskResult.objects.all().delete()  # what these letters had put in the queue
    return DemoLetter.objects.count()
