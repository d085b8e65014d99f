"""Two years in order: scenes with their moment, played one after the other."""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone

from releve.audit.models import Event
from releve.core.models import BaseModel

Scene = Callable[..., Any]  # takes the moment as `now`
BATCH = 500
SLOWED = 1000  # a scene takes no time, yet what was written first in it stays first


class Timeline:
    """Scenes to play. Actions date what they are told to date; the rest is dated afterwards by the scene that wrote it."""

    def __init__(self) -> None:
        self._scenes: list[tuple[datetime, int, Scene]] = []
        self._begun_at: list[datetime] = []
        self._moments: list[datetime] = []

    def at(self, moment: datetime, scene: Scene) -> None:
        """Add a scene. Those of one moment are played in the order in which they were added."""
        self._scenes.append((moment, len(self._scenes), scene))

    def play(self) -> None:
        """Play every scene, also those that a scene adds for later, and date what they wrote."""
        while self._scenes:
            self._scenes.sort(key=lambda scene: scene[:2], reverse=True)
            moment, _order, scene = self._scenes.pop()
            self._begun_at.append(timezone.now())
            self._moments.append(moment)
            scene(now=moment)
        for model, column in _dated_models():
            self._date(model, column)

    def _date(self, model: type[models.Model], column: str) -> None:
        rows = list(model._default_manager.filter(**{f"{column}__gte": self._begun_at[0]}).only("pk", column))
        for row in rows:
            written_at = getattr(row, column)
            scene = bisect_right(self._begun_at, written_at) - 1
            setattr(row, column, self._moments[scene] + (written_at - self._begun_at[scene]) / SLOWED)
        model._default_manager.bulk_update(rows, [column], batch_size=BATCH)


def _dated_models() -> Iterator[tuple[type[models.Model], str]]:
    yield Event, "at"
    for model in apps.get_models():
        if issubclass(model, BaseModel) and model._meta.app_label != "vault":
            yield model, "created_at"
