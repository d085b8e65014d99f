from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from tests.confidentiality.visits import taken_back
from tests.confidentiality.world import NOW, World, build


@pytest.fixture(scope="module")
def stopped_clock() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture(scope="module")
def world_of_the_module(django_db_setup, django_db_blocker, stopped_clock) -> Iterator[World]:
    """Build the world once for the tests of a module; each of them takes back what it does."""
    with django_db_blocker.unblock(), taken_back():
        yield build(stopped_clock)


@pytest.fixture
def clock(stopped_clock) -> Any:
    """Stop time on the last afternoon of the world."""
    stopped_clock.move_to(NOW)
    return stopped_clock


@pytest.fixture
def world(world_of_the_module, clock, db) -> World:
    """Stand in the world of these tests."""
    return world_of_the_module
