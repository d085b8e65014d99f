import pytest
from django.db import connection

from releve.audit.models import Event
from tests.factories import meetings
from tests.factories.relationships import pair

pytestmark = pytest.mark.django_db


def everything(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")  # noqa: S608  a name of ours
        return b"|".join(bytes(value) if isinstance(value, (bytes, memoryview)) else str(value).encode() for row in cursor for value in row)


def test_place_agenda_and_notes_stand_nowhere_in_the_database():
    two = pair()
    meetings.planned(two.mentee)
    meetings.held(two.mentor)
    secrets = (meetings.SECRET_PLACE, meetings.SECRET_AGENDA, meetings.SECRET_NOTES)
    tables = [name for name in connection.introspection.table_names() if name.startswith(("meetings_", "audit_", "notifications_"))]
    kept = b"".join(everything(name) for name in tables)
    assert str(two.relationship.pk).replace("-", "") in kept.decode(errors="ignore").replace("-", "")  # we looked in the right place
    assert [secret for secret in secrets if secret.encode() in kept] == []
    assert Event.objects.filter(verb__startswith="meeting.").count() == 2
