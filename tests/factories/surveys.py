"""Evaluations for tests."""

import datetime as dt
from typing import Any

from django.utils import timezone

from releve.core.bilingual import Text
from releve.programs.models import Cohort
from releve.relationships.models import Membership
from releve.surveys import actions
from releve.surveys.models import Receipt
from tests.factories import programs

SECRET = "Je n’ai jamais osé le lui dire"


def closing_cohort(**more: Any) -> Cohort:
    """Make a cohort at its end: the evaluation opened three weeks ago and closes in three."""
    today = timezone.localdate()
    given = {"starts_on": today - dt.timedelta(days=300), "ends_on": today, "name": Text("2025-2026", "2025–2026")}
    return programs.cohort(**given | more)


def receipt(membership: Membership, **more: Any) -> Receipt:
    """Ask one member for their evaluation."""
    cohort = membership.participant.cohort
    return Receipt.objects.create(**{"cohort": cohort, "survey": f"evaluation_{membership.role}", "membership": membership} | more)


def answered(membership: Membership, **answers: Any) -> Receipt:
    """Let one member send their evaluation."""
    made = receipt(membership)
    given = {"overall": 8, "goals_met": "complete", "change": SECRET} | answers
    actions.answer(made, given, revision=0, now=timezone.now())
    made.refresh_from_db()
    return made


def drafted(membership: Membership, **answers: Any) -> Receipt:
    """Let one member begin their evaluation, without sending it."""
    made = receipt(membership)
    begun = actions.start_answer(made).response
    begun.answers = {"overall": 3, "change": SECRET} | answers
    begun.save()
    return made
