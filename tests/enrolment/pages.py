"""What the tests of pages share: addresses, words, and the three agreements of the first blueprint."""

import html
import re
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from releve.people.models import Person

ALL = ("participation", "suggestions", "directory")


def address(name: str, *args: Any, language: str = "en") -> str:
    with override(language):
        return reverse(f"enrolment:{name}", args=args)


def get(client: Client, who: Person | None, name: str, *args: Any, language: str = "en", query: str = "") -> Any:
    sign_in(client, who)
    return client.get(address(name, *args, language=language) + query)


def post(client: Client, who: Person | None, name: str, *args: Any, data: dict | None = None, language: str = "en") -> Any:
    sign_in(client, who)
    return client.post(address(name, *args, language=language), data or {})


def sign_in(client: Client, who: Person | None) -> None:
    if who is None:
        client.logout()
    else:
        client.force_login(who)


def words(response: Any) -> str:
    """Give what a page says, without its markup."""
    assert response.status_code == 200, response.status_code
    text = re.sub(r"<(script|style|head).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text)))


def queries_of(client: Client, page: str) -> int:
    """Count the queries of a page, opened once before."""
    client.get(page)
    with CaptureQueriesContext(connection) as counted:
        assert client.get(page).status_code == 200
    return len(counted)
