"""Every column of every table of both databases, as somebody with the files would read them."""

from collections.abc import Iterator
from typing import Any

from django.contrib.sessions.models import Session
from django.db import connections


def tables() -> Iterator[tuple[str, list[str], list[tuple[Any, ...]]]]:
    """Return every table with its columns and rows, in the order in which they lie."""
    for alias in connections:
        with connections[alias].cursor() as cursor:
            for table in sorted(connections[alias].introspection.table_names(cursor)):
                cursor.execute(f"SELECT * FROM {connections[alias].ops.quote_name(table)}")  # noqa: S608  names of our own tables
                yield f"{alias}.{table}", [column[0] for column in cursor.description], cursor.fetchall()


def rows() -> Iterator[tuple[str, tuple[Any, ...]]]:
    for table, _columns, lines in tables():
        yield from ((table, line) for line in lines)


def cells() -> Iterator[tuple[str, str]]:
    """Return the place and the text of every cell: "default.workspace_goal.content"."""
    for table, columns, lines in tables():
        for line in lines:
            yield from ((f"{table}.{column}", spelled(value)) for column, value in zip(columns, line, strict=True))
    for session in Session.objects.all():
        yield "default.django_session, opened", str(session.get_decoded())


def spelled(value: Any) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", errors="replace") + bytes(value).decode("utf-16", errors="replace")
    return str(value)
