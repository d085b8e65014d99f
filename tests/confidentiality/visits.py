"""Opening addresses as one person, without leaving a trace in the world."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import Any

from django.db import connections, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from releve.config.tick import run_jobs
from releve.people.models import Person

SIGN_IN = "/account/login/code/"
WRITES = ("insert", "update", "delete", "replace")
OWN_BUSINESS = ("django_session",)  # that somebody visits is no writing


class Visitor:
    """One person's browser."""

    def __init__(self, person: Person | None) -> None:
        self.client = Client(raise_request_exception=False)
        if person is not None:
            self.client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")

    def open(self, path: str) -> Any:
        return self.client.get(path)

    def send(self, path: str, data: dict[str, Any] | None = None) -> Any:
        return self.client.post(path, data or {})


def is_refused(response: Any) -> bool:
    """Say whether somebody was turned away: no such page, no such method, or please sign in."""
    return response.status_code in {404, 405} or (response.status_code == 302 and SIGN_IN in response.url)


def said(response: Any) -> str:
    return f"{response.status_code} {response.get('Location', '')}".strip()


@contextmanager
def taken_back() -> Iterator[None]:
    """Let something be done in both databases, then return to where it started."""
    with ExitStack() as stack:
        for alias in connections:
            block = transaction.atomic(using=alias)
            block._from_testcase = True  # what asks for the outermost block gets it, as under Django's own TestCase
            stack.enter_context(block)
        yield
        for alias in connections:
            transaction.set_rollback(True, using=alias)


@contextmanager
def undone(visitor: Visitor) -> Iterator[None]:
    """Let one visitor do something, then take it back: rows, keys and cookies."""
    cookies = visitor.client.cookies.copy()
    with taken_back():
        yield
    visitor.client.cookies = cookies


def tick(now: datetime) -> None:
    """Run every timed job; none may fail."""
    assert [outcome.job for outcome in run_jobs(now) if outcome.count is None] == []


@contextmanager
def writes() -> Iterator[list[str]]:
    """Note every statement that changes a row, in both databases."""
    noted: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip("( ").lower().startswith(WRITES) and not any(table in sql for table in OWN_BUSINESS):
            noted.append(sql)
        return execute(sql, params, many, context)

    with ExitStack() as stack:
        for alias in connections:
            stack.enter_context(connections[alias].execute_wrapper(note))
        yield noted


def page_names() -> set[str]:
    """Name every address of the project."""
    return set(_named(get_resolver(), ""))


def _named(resolver: URLResolver, namespace: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"
        else:
            yield from _named(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)


def path_of(name: str, arguments: list[Any]) -> str:
    return reverse(name, args=arguments)
