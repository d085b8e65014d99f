import pytest
from django.db import connection

from releve.relationships.models import State
from tests.factories import workspace
from tests.factories.relationships import pair

pytestmark = pytest.mark.django_db


def everything(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")  # noqa: S608  a name of ours
        return b"|".join(bytes(value) if isinstance(value, (bytes, memoryview)) else str(value).encode() for row in cursor for value in row)


def test_what_members_write_together_stands_nowhere_in_the_database():
    two = pair(State.ACCEPTED)
    workspace.added(two.mentor)
    workspace.signed(two.mentor, name="Benoît de la Signature")
    workspace.goal(two.mentee)
    workspace.joint_page(two.mentee)
    kept = {
        name: everything(name)
        for name in connection.introspection.table_names()
        if name.startswith(("workspace_", "audit_", "notifications_", "questionnaires_", "relationships_"))
    }
    secrets = [workspace.SECRET_ADDITION, workspace.SECRET_GOAL, workspace.SECRET_HOPE, "Benoît de la Signature"]
    assert [name for name in kept if name.startswith("workspace_") and not kept[name]] == []  # there is something to find
    assert [(name, secret) for name, rows in kept.items() for secret in secrets if secret.encode() in rows] == []
