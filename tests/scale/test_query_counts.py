"""However long a list is, its page asks the database the same number of questions."""

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from tests.scale.lists import FIXED, LISTS, World
from tests.test_house import pages

FEW, MANY = 3, 300


def test_every_list_stands_in_the_table():
    shown = {name for name, _entry, _arguments in pages(get_resolver())}
    lists = {name for name in shown if name.partition(":")[2].startswith(("list_", "browse_"))}
    assert lists - set(LISTS) == FIXED
    assert set(LISTS) <= shown


@pytest.mark.parametrize("name", LISTS)
def test_a_page_takes_the_same_number_of_queries_with_3_and_with_300_rows(name):
    world, listed = World(), LISTS[name]
    client = Client()
    client.force_login(listed.reader(world))
    address = reverse(name, args=listed.at(world))
    listed.grow(world, FEW)
    few = asked(client, address)
    listed.grow(world, MANY - FEW)
    many = asked(client, address)
    assert len(few) == len(many), "\n".join(sorted(set(many) - set(few))[:10])


def asked(client: Client, address: str) -> list[str]:
    """Open a page that was opened before; return its questions to both databases."""
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connections["default"]) as data, CaptureQueriesContext(connections["vault"]) as vault:
        client.get(address)
    return [query["sql"] for query in [*data.captured_queries, *vault.captured_queries]]
