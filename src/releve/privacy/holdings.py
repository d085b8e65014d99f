"""Where the house keeps rows about a person, and how each is reached from them.

What a column holds stands in each room's `personal_data.py`; this table only says which rows are somebody's.
A test refuses a model with exported columns that is missing here.
"""

import json
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db import models

from releve.audit.models import Event, SubjectCode
from releve.core.bilingual import Text
from releve.core.personal_data import Field
from releve.meetings.models import Meeting
from releve.people.models import Person
from releve.relationships.models import Relationship

# model -> path of its rows to the person; a relationship's rows are those of its members
PATHS = {
    "people.Person": "pk",
    "people.Consent": "person",
    "notifications.Letter": "person",
    "notifications.Preference": "person",
    "questionnaires.Response": "owner",
    "programs.Appointment": "person",
    "programs.Version": "by",
    "enrolment.Participant": "person",
    "enrolment.ParticipantConsent": "participant__person",
    "enrolment.SelfAssessment": "person",
    "enrolment.Wish": "participant__person",
    "relationships.Membership": "participant__person",
    "relationships.Relationship": "memberships__participant__person",
    "relationships.StateChange": "relationship__memberships__participant__person",
    "relationships.ContactAnswer": "membership__participant__person",
    "relationships.Requirement": "membership__participant__person",
    "relationships.HelpRequest": "membership__participant__person",
    "meetings.Meeting": "relationship__memberships__participant__person",
    "meetings.Attendance": "membership__participant__person",
    "workspace.Agreement": "relationship__memberships__participant__person",
    "workspace.Signature": "membership__participant__person",
    "workspace.Goal": "relationship__memberships__participant__person",
    "workspace.JointPage": "relationship__memberships__participant__person",
    "library.ReadMark": "person",
    "surveys.Receipt": "membership__participant__person",
    "surveys.SurveyResponse": "receipt__membership__participant__person",
    "progress.Snooze": "person",
    "progress.Statement": "person",
}

# model -> path to the relationship, where rows exist before its members are told of it
TOLD_LATER = {
    "relationships.Relationship": "pk",
    "relationships.Membership": "relationship",
    "relationships.StateChange": "relationship",
}


def classified() -> dict[str, dict[str, Field]]:
    """Return every room's classification of its columns, by model label."""
    found = {}
    for config in apps.get_app_configs():
        if config.name.startswith("releve."):
            try:
                module = import_module(f"{config.name}.personal_data")
            except ModuleNotFoundError:
                continue
            found |= {f"{config.label}.{model}": fields for model, fields in module.PERSONAL_DATA.items()}
    return found


def rows_of(person: Person, label: str) -> models.QuerySet:
    """Return one model's rows about a person, those they may read."""
    model = apps.get_model(label)
    if model is Meeting:
        return Meeting.objects.visible_to(person).distinct()
    rows = model._default_manager.filter(**{PATHS[label]: person.pk})
    if label in TOLD_LATER:
        rows = rows.filter(**{f"{TOLD_LATER[label]}__in": Relationship.objects.of_member(person)})
    return rows.distinct()


def everything_about(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Gather what the house keeps about a person, sealed texts opened for them, by model."""
    fields_by_model = classified()
    found = {}
    for label in PATHS:
        exported = [name for name, field in fields_by_model[label].items() if field.export]
        rows = [(_moment(row), {name: plain(getattr(row, name)) for name in exported}) for row in rows_of(person, label)]
        if rows:
            found[label] = [row for _moment_of_row, row in sorted(rows, key=_in_time)]
    found["audit.Event"] = list(_history(person))
    return found


def _moment(row: models.Model) -> str:
    """Return when a row began to be, as text that sorts in time."""
    return str(getattr(row, "starts_at", None) or getattr(row, "created_at", ""))


def _in_time(dated: tuple[str, dict[str, Any]]) -> tuple[str, str]:
    """Order the oldest first; rows of one moment by what they say, never by their random identities or how they lie."""
    moment, row = dated
    return moment, json.dumps({name: value for name, value in row.items() if name != "id"}, sort_keys=True, ensure_ascii=False)


def plain(value: Any) -> Any:
    """Turn a column's value into JSON."""
    if isinstance(value, Text):
        return value.as_data()
    if isinstance(value, models.Model):
        return str(value)
    if value is None or isinstance(value, str | int | float | bool | list | dict):
        return value
    return str(value)


def _history(person: Person) -> Iterator[dict[str, Any]]:
    """Yield what the log keeps about a person, under the code that stands for them."""
    code = SubjectCode.objects.filter(person_id=person.pk).values_list("code", flat=True).first()
    if code is None:
        return
    for event in Event.objects.filter(models.Q(actor=code) | models.Q(subject=code)).order_by("at", "pk").distinct():
        yield {"at": event.at.isoformat(), "verb": event.verb, "facts": event.facts}
