"""One tick: every timed job once."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from releve.core.vault import keys

from .models import Beat
from .schedule import JOBS

log = logging.getLogger("releve.tick")

EVERY = timedelta(minutes=1)
NAME = "tick"


@dataclass(frozen=True)
class Outcome:
    """What one job did: how many things, or None when it failed."""

    job: str
    count: int | None


def run_jobs(now: datetime) -> list[Outcome]:
    """Run every job of the schedule; one that fails is logged and holds up no other."""
    outcomes = []
    for job in JOBS:
        name = f"{job.__module__.removeprefix('releve.')}.{job.__name__}"
        count = None
        try:
            with keys.remembered():
                count = job(now)
        except Exception:
            log.exception("The job %s failed.", name)
        outcomes.append(Outcome(name, count))
    Beat.objects.update_or_create(name=NAME, defaults={"at": now})
    return outcomes


def claim(now: datetime) -> bool:
    """Take the tick of this minute; of several workers one gets it."""
    if Beat.objects.filter(name=NAME, at__lte=now - EVERY).update(at=now):
        return True
    return Beat.objects.get_or_create(name=NAME, defaults={"at": now})[1]
