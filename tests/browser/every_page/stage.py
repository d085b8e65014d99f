"""The world that every page is looked at in: the demonstration, and where to find its things."""

import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from releve.enrolment.models import Import
from releve.home.demo import building
from releve.home.demo.world import STORY, World, read
from releve.meetings.models import Attendance, Meeting
from releve.notifications.models import DemoLetter
from releve.people.actions import sign_in_token
from releve.people.models import Person
from releve.programs.models import Cohort
from releve.progress import statements
from releve.relationships.models import HelpRequest, Relationship
from releve.surveys.models import Receipt

VISITOR = ""
HAS_STATEMENT = ("last", "kone")


class Stage:
    """The demonstration on a server of the tests."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.code = ""

    # --- people

    def person(self, name: str) -> Person:
        return self.world.people[name]

    def session_of(self, name: str) -> str:
        """Sign somebody in and return their session."""
        client = Client()
        client.force_login(self.person(name), backend="allauth.account.auth_backends.AuthenticationBackend")
        return client.cookies[settings.SESSION_COOKIE_NAME].value

    # --- things, by the words of the table

    def arguments(self, at: str) -> list[Any]:
        """Read the arguments of an address: "pair:gagnon commitment" is the pair of somebody, then a word."""
        return [self._argument(*word.partition(":")[::2]) for word in at.split()]

    def _argument(self, kind: str, name: str) -> Any:
        finder: Callable[[str], Any] | None = getattr(self, f"_{kind}", None)
        return finder(name) if finder else kind

    def _cohort(self, name: str) -> Any:
        return Cohort.objects.get(state=Cohort.State.DRAFT).pk if name == "draft" else self.world.cohorts[name].pk

    def _slug(self, name: str) -> str:
        return self.world.program.slug

    def _place(self, name: str) -> Any:
        return self.world.places[_in_cohort(name)].pk

    def _pair(self, name: str) -> Any:
        """The newest relationship somebody has in a cohort."""
        members = {"memberships__participant": self.world.places[_in_cohort(name)]}
        return Relationship.objects.filter(**members).latest("created_at").pk

    def _planned(self, name: str) -> Any:
        return self._meetings(name, state=Meeting.State.PLANNED, starts_at__gt=timezone.now()).earliest("starts_at").pk

    def _due(self, name: str) -> Any:
        return self._meetings(name, state=Meeting.State.PLANNED, starts_at__lt=timezone.now()).latest("starts_at").pk

    def _held(self, name: str) -> Any:
        return self._meetings(name, state=Meeting.State.HELD).latest("starts_at").pk

    def _meetings(self, name: str, **more: Any) -> Any:
        return Meeting.objects.filter(relationship=self._pair(name), **more)

    def _word(self, name: str) -> Any:
        """What somebody has still to say about a meeting that their partner noted."""
        mine = {"membership__participant__person": self.person(name), "meeting__state": Meeting.State.HELD}
        return Attendance.objects.filter(confirmed_at__isnull=True, **mine).earliest("created_at").pk

    def _goal(self, name: str) -> Any:
        return Relationship.objects.get(pk=self._pair(name)).goals.earliest("created_at").pk

    def _receipt(self, name: str) -> Any:
        return Receipt.objects.filter(membership__participant__person=self.person(name)).latest("created_at").pk

    def _help(self, name: str) -> Any:
        return HelpRequest.objects.get(membership__participant__person=self.person(name)).pk

    def _import(self, name: str) -> Any:
        return Import.objects.get().pk

    def _letter(self, name: str) -> Any:
        return DemoLetter.objects.exclude(html="").latest("created_at").pk

    def _appointment(self, name: str) -> Any:
        return self.person(name).appointments.current().get().pk

    def _statement(self, name: str) -> str:
        return self.code

    def _token(self, name: str) -> str:
        return sign_in_token(self.person(name))


def _in_cohort(name: str) -> tuple[str, str]:
    cohort, _slash, who = name.rpartition("/")
    return cohort or "this", who


def build() -> Stage:
    """Build the demonstration, and the one thing that nobody in it has done yet: to ask for a statement of hours."""
    stage = Stage(building.build(timezone.now()))
    place = stage.world.places[HAS_STATEMENT]
    stage.code = statements.issue(place, now=timezone.now())[0].code
    return stage


def own_words() -> list[str]:
    """List what people wrote in the story: sentences, no names."""
    files = [path.stem for path in STORY.glob("*.yaml")]
    return [text for file in files for text in _sentences(read(file))]


def _sentences(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        if data.count(" ") > 2:
            yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from _sentences(value)
    elif isinstance(data, list):
        for value in data:
            yield from _sentences(value)


class Copies:
    """A built world kept beside the databases: each test starts from it, and none waits for the others' building."""

    def __init__(self) -> None:
        self._stage: Stage | None = None
        self._copies: dict[str, sqlite3.Connection] = {}

    def stage(self) -> Stage:
        if self._stage is None or connection.vendor != "sqlite":
            self._stage = build()
            self._each(lambda own, copy: own.backup(copy))
        else:
            self._each(lambda own, copy: copy.backup(own))
        return self._stage

    def _each(self, copying: Callable[[sqlite3.Connection, sqlite3.Connection], None]) -> None:
        for alias in connections:
            if connections[alias].vendor == "sqlite":
                connections[alias].ensure_connection()
                copy = self._copies.setdefault(alias, sqlite3.connect(":memory:", check_same_thread=False))
                copying(connections[alias].connection, copy)
