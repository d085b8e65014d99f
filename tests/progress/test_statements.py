"""Statements of hours: downloaded by their owner, checked by anybody."""

import datetime as dt
import io

import pikepdf
import pytest
from django.test import Client
from django.utils import timezone

from releve.meetings import actions as meetings
from releve.meetings.models import Attendance
from releve.progress.models import Statement
from tests.factories import programs, relationships
from tests.factories.enrolment import MENTEE, MENTOR, participant

pytestmark = pytest.mark.django_db


@pytest.fixture
def members():
    """A certified mentor and a mentee who is not; an hour and a half on which both agree, and two hours that one noted alone."""
    cohort, now = programs.cohort(), timezone.now()
    people = [participant(cohort, MENTOR, name="Benoît Dufour", certified=True), participant(cohort, MENTEE, name="Chloé Bergeron")]
    one, other = relationships.memberships(relationships.confirmed(cohort, people, now=now - dt.timedelta(days=20)))
    for days, minutes, agreed in ((1, 90, True), (2, 120, False)):
        meeting = meetings.log_meeting(one, starts_at=now - dt.timedelta(days=days), minutes=minutes, way="phone", now=now)
        if agreed:
            meetings.confirm_minutes(Attendance.objects.get(meeting=meeting, membership=other), minutes=minutes, now=now)
    return one.participant, other.participant


def download(reader, owner):
    client = Client()
    client.force_login(reader.person)
    return client.post(f"/en/hours/{owner.pk}/statement/")


def test_the_owner_downloads_a_statement_of_the_hours_both_agree_on(members):
    mentor, mentee = members
    answer = download(mentor, mentor)
    assert answer["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert str(pdf.Root.Lang) == "en"
    download(mentee, mentee)
    issued = Statement.objects.order_by("created_at")
    assert [(one.person.name, one.minutes, one.credits and str(one.credits)) for one in issued] == [
        ("Benoît Dufour", 90, "1.50"),
        ("Chloé Bergeron", 90, None),
    ]


def test_nobody_downloads_the_statement_of_another(members):
    mentor, mentee = members
    assert download(mentee, mentor).status_code == 404
    assert Statement.objects.count() == 0


def test_anybody_checks_a_statement_by_its_code_without_signing_in(members):
    mentor, _mentee = members
    download(mentor, mentor)
    code = Statement.objects.get().code
    page = Client().get(f"/en/statements/{code.lower()}/").content.decode()
    assert "This statement was issued here" in page
    assert "Benoît Dufour" in page
    assert "1 h 30" in page.replace("\u00a0", " ")
    assert Client().get("/en/statements/NOTACODE2345/").status_code == 404
