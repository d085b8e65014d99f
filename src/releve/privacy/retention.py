"""Retention clocks: what a program said it would keep no longer is destroyed on its day.

Months are counted from the last day of the cohort, as the definition's `privacy.retention_months` says.
"""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from releve.audit import actions as audit
from releve.core.vault import keys
from releve.enrolment import listing
from releve.enrolment.models import SelfAssessment
from releve.matching.models import Decision
from releve.programs.models import Cohort
from releve.questionnaires.conditions import add_months
from releve.questionnaires.models import Response
from releve.relationships.models import HelpRequest, Membership, Relationship


def let_go(now: datetime) -> int:
    """Destroy what has come to its term in every cohort; return how many things went. Twice does no more than once."""
    today = timezone.localdate(now)
    cohorts = Cohort.objects.filter(ends_on__lt=today).select_related("version", "program")
    return sum(_let_go_of(cohort, today, now) for cohort in cohorts)


@transaction.atomic
def _let_go_of(cohort: Cohort, today: date, now: datetime) -> int:
    gone = 0
    for kind, months in cohort.definition.privacy.retention_months.items():
        due = add_months(cohort.ends_on, int(cohort.definition.value(months, cohort.settings)))
        if kind in CLOCKS and due <= today:
            count = CLOCKS[kind](cohort, now)
            gone += count
            if count:
                audit.record("privacy.retention", by=None, on=cohort, program=cohort.program, kind=kind, count=count)
    return gone


def _relationships(cohort: Cohort, now: datetime) -> int:
    """Destroy the keys of what members wrote, and their words to the committee. Groups that went on are kept."""
    over = Relationship.objects.filter(terms__cohort=cohort, joint_key__isnull=False).exclude(terms__cohort__starts_on__gt=cohort.starts_on)
    found = list(over)
    members = Membership.objects.filter(relationship__in=found)
    keys.destroy_keys([one.joint_key for one in found] + list(members.values_list("author_key", flat=True)))
    members.update(author_key=None)
    HelpRequest.objects.filter(membership__relationship__in=found).update(text="", answer="")
    Decision.objects.filter(relationship__in=found).update(reason="–")
    return Relationship.objects.filter(pk__in=[one.pk for one in found]).update(joint_key=None)


def _registrations(cohort: Cohort, now: datetime) -> int:
    """Delete registrations and self-assessments; the counts of who took part stay."""
    assessments = SelfAssessment.objects.filter(cohort=cohort).values("response")
    Response.objects.filter(pk__in=list(assessments.values_list("response", flat=True))).delete()
    registrations = Response.objects.filter(participant__cohort=cohort)
    count = registrations.count()
    registrations.delete()
    listing.refresh(cohort.participants.all(), now=now)
    return count


def _evaluations(cohort: Cohort, now: datetime) -> int:
    """Delete the answers to evaluations; how many were asked and answered stays."""
    answers = Response.objects.filter(survey_response__receipt__cohort=cohort)
    count = answers.count()
    answers.delete()
    return count


CLOCKS: dict[str, Callable[[Cohort, datetime], int]] = {
    "relationship": _relationships,
    "registration": _registrations,
    "evaluation": _evaluations,
}
