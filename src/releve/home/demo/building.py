"""Build the demonstration, or take it away.

DemoRefused   not a demonstration, or a server that belongs to somebody
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.management import call_command
from django.db import router, transaction

from releve.audit.actions import chain_events
from releve.core.vault import keys
from releve.core.vault.models import VaultKey
from releve.people.models import Organization, Person
from releve.programs.models import Cohort
from releve.progress.reminders import send_reminders
from releve.relationships.actions import settle_contacts
from releve.surveys.actions import open_receipts

from . import concluding, founding, incoming, letters, pairing, personas, registering, working
from .days import Days
from .world import World

OPENED_WHEN_BUILT = timedelta(days=founding.NEXT_OPENED_AGO)  # since next year's cohort opened
KEPT = timedelta(days=7)  # an older demonstration announces meetings that are over


class DemoRefused(Exception):
    """The demonstration cannot be built here; the message says why."""


def is_fresh(now: datetime) -> bool:
    """Say whether a demonstration stands that need not be built again."""
    organization = Organization.objects.first()
    if organization is None or not _is_ours(organization):
        return False
    newest = Cohort.objects.filter(opened_at__isnull=False).order_by("-starts_on").first()
    return newest is not None and now - newest.opened_at < OPENED_WHEN_BUILT + KEPT


def build(now: datetime) -> World:
    """Build everything in place of an earlier demonstration.

    Raises: DemoRefused.
    """
    if not settings.DEMO:
        raise DemoRefused("Set RELEVE_DEMO=1 first: a real server never holds invented people.")
    organization = Organization.objects.first()
    if organization is not None and _is_ours(organization):
        _take_away()
    elif organization is not None or Person.objects.exists():
        raise DemoRefused(f"This server belongs to {organization.name if organization else 'somebody'}. Nothing was changed.")
    world = World(Days(now))
    with keys.remembered(), transaction.atomic(), transaction.atomic(using=router.db_for_write(VaultKey)):
        _plan(world)
        world.timeline.play()
        personas.give_passwords(world.people)
    letters.send(world.days)
    chain_events(now)
    return world


def _plan(world: World) -> None:
    founding.plan(world)
    registering.plan(world)
    pairing.plan_runs(world)
    for pair in pairing.pairs_of(world):
        pairing.plan(pair)
        working.plan(pair)
        concluding.plan_evaluations(pair)
    concluding.plan(world)
    incoming.plan(world)
    world.timeline.at(world.days.now - timedelta(seconds=1), _tick)


def _tick(*, now: datetime) -> None:
    """Do what the tick would do first: the letters that are due today are there at once."""
    for job in (settle_contacts, open_receipts, send_reminders):
        job(now)


def _is_ours(organization: Organization) -> bool:
    return organization.name == founding.ORGANIZATION and organization.contact_email == founding.CONTACT


def _take_away() -> None:
    for alias in {router.db_for_write(Organization), router.db_for_write(VaultKey)}:
        call_command("flush", database=alias, interactive=False, verbosity=0)
