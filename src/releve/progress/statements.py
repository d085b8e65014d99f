"""Statements of hours: owned by the person, checkable by whoever receives them."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.db import transaction
from django.template.defaultfilters import floatformat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from releve.audit import actions as audit
from releve.core import dates
from releve.enrolment.models import Participant
from releve.meetings.models import Attendance
from releve.people.queries import the_organization

from .credits import credits_of
from .models import Statement

TEMPLATE = Path(__file__).parent / "statement.typ"
CODE_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # nothing that can be misread on paper
CODE_LENGTH = 12


@dataclass(frozen=True)
class Line:
    """One meeting that counts. Units: minutes."""

    day: datetime
    minutes: int
    way: str


def lines_of(participant: Participant) -> list[Line]:
    """Return the meetings that all members confirmed alike, oldest first. Nothing they wrote is read."""
    rows = Attendance.objects.filter(
        membership__participant=participant, minutes__gt=0, meeting__agreed_minutes__isnull=False
    ).select_related("meeting")
    return [
        Line(row.meeting.starts_at, row.meeting.agreed_minutes, row.meeting.get_way_display())
        for row in rows.order_by("meeting__starts_at")
    ]


@transaction.atomic
def issue(participant: Participant, *, now: datetime) -> tuple[Statement, bytes]:
    """Issue a statement: keep what lets anybody check it, and write its PDF in the active language."""
    lines, earned = lines_of(participant), credits_of(participant)
    minutes = sum(line.minutes for line in lines)
    credits = sum((one.credits for one in earned), Decimal(0)) if earned else None
    code = "".join(secrets.choice(CODE_ALPHABET) for _n in range(CODE_LENGTH))
    facts = {"name": participant.person.name, "minutes": minutes, "credits": str(credits), "code": code}
    digest = hashlib.sha256(json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    statement = Statement.objects.create(
        person=participant.person,
        participant=participant,
        code=code,
        minutes=minutes,
        credits=credits,
        content_digest=digest,
        created_at=now,
    )
    audit.record("statement.issue", by=participant.person, on=statement, minutes=minutes)
    return statement, render(_content(participant, lines, statement))


def find(code: str) -> Statement | None:
    """Return the statement that was issued under a code, however it was typed."""
    known = Statement.objects.filter(code=code.upper())
    return known.select_related("person", "participant__cohort__program").first()


def render(content: Mapping[str, Any]) -> bytes:
    """Write a statement as PDF/UA-1."""
    return typst.compile(TEMPLATE, sys_inputs={"content": json.dumps(content, ensure_ascii=False)}, pdf_standards=["ua-1"])


def _content(participant: Participant, lines: list[Line], statement: Statement) -> dict[str, Any]:
    """Gather the words and figures of a statement, every one in the active language."""
    cohort = participant.cohort
    organization = the_organization()
    address = settings.SITE_URL + reverse("progress:check_statement", args=[statement.code])
    return {
        "language": get_language(),
        "title": _("Statement of mentoring hours"),
        "organization": str(organization.name) if organization else "",
        "program": str(cohort.program.name),
        "cohort": str(cohort.name),
        "name_label": _("Name"),
        "name": participant.person.name,
        "role_label": _("Role"),
        "role": str(cohort.definition.role(participant.role).name),
        "total_label": _("Confirmed by every member"),
        "total": dates.duration(statement.minutes),
        "columns": [_("Date"), _("Way of meeting"), _("Length")],
        "lines": [[dates.day(line.day), line.way, dates.duration(line.minutes)] for line in lines],
        "credits": [
            {
                "body": str(one.rule.body),
                "category": str(one.rule.category),
                "credits": floatformat(one.credits, -2),
                "text": str(one.rule.statement),
            }
            for one in credits_of(participant)
        ],
        "check": _("To check this statement: %(address)s") % {"address": address},
        "issued": _("Issued on %(date)s. Code %(code)s.")
        % {"date": dates.day(timezone.localdate(statement.created_at)), "code": statement.code},
    }
