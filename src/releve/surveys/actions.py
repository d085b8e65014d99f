"""Everything that changes a survey: who is asked, who is reminded, and what they answer."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from releve.audit import actions as audit
from releve.enrolment.models import Participant
from releve.notifications.actions import notify
from releve.people.models import Person
from releve.programs.definition.measures import Survey
from releve.programs.models import Cohort
from releve.questionnaires import actions as questionnaires
from releve.relationships.models import Membership, State

from .models import Receipt, SurveyResponse
from .queries import IDENTIFIED, begun, form_of, is_open, readers_of, survey_of

ASKED_STATES = frozenset({State.CONFIRMED, State.PAUSED, State.ENDED, State.COMPLETED})
OVER = frozenset({State.ENDED, State.COMPLETED})
REMIND_DAYS = 7  # before a survey closes
BREATH_DAYS = 5  # between the invitation and the reminder, at the least


class SurveyRefused(Exception):
    """The survey has closed, or was answered already."""


def open_receipts(now: datetime) -> int:
    """Ask everybody whose survey is open, or whose pairing ended before it opens; nobody is asked twice."""
    return sum(_ask(cohort, survey, now) for cohort, survey in _running(timezone.localdate(now)))


def remind(now: datetime) -> int:
    """Remind, once, those who have not answered a survey about to close; never those who paused."""
    today, reminded = timezone.localdate(now), 0
    for cohort, survey in _running(today):
        closes = cohort.calendar.resolve(survey.closes)
        if closes is None or today < closes - timedelta(days=REMIND_DAYS):
            continue
        waiting = Receipt.objects.filter(cohort=cohort, survey=survey.id, answered_at__isnull=True)
        waiting = waiting.filter(created_at__lte=now - timedelta(days=BREATH_DAYS)).exclude(membership__relationship__state=State.PAUSED)
        for receipt in waiting.select_related("membership__participant__person"):
            reminded += _tell(receipt.membership, survey, "evaluation_reminder")
    return reminded


def _running(today: date) -> Iterator[tuple[Cohort, Survey]]:
    """Give the surveys that still take answers. Only identified ones: the others have nowhere to be kept yet."""
    cohorts = Cohort.objects.filter(state__in=[Cohort.State.OPEN, Cohort.State.CLOSED]).select_related("version", "program")
    for cohort in cohorts:
        for survey in cohort.definition.surveys:
            closes = cohort.calendar.resolve(survey.closes)
            if survey.mode == IDENTIFIED and (closes is None or today <= closes):
                yield cohort, survey


@transaction.atomic
def _ask(cohort: Cohort, survey: Survey, now: datetime) -> int:
    opens = cohort.calendar.resolve(survey.opens)
    is_due = opens is not None and opens <= timezone.localdate(now)
    if not is_due and not survey.after_end:
        return 0
    asked = 0
    for membership in _to_ask(cohort, survey, only_over=not is_due):
        _receipt, created = Receipt.objects.get_or_create(
            survey=survey.id, membership=membership, defaults={"cohort": cohort, "created_at": now}
        )
        if created:
            asked += 1
            _tell(membership, survey, "evaluation_invitation")
    return asked


def _to_ask(cohort: Cohort, survey: Survey, *, only_over: bool) -> QuerySet[Membership]:
    """Return the members who were not asked yet; `only_over` keeps those whose relationship is over."""
    known = Receipt.objects.filter(survey=survey.id, membership=OuterRef("pk"))
    unevaluated = [reason.id for reason in cohort.definition.relationship.early_end if not reason.evaluated]
    members = Membership.objects.filter(
        relationship__terms__cohort=cohort,
        relationship__state__in=OVER if only_over else ASKED_STATES,
        relationship__confirmed_at__isnull=False,
        role__in=survey.roles,
    )
    members = members.exclude(Exists(known)).exclude(participant__state=Participant.State.WITHDRAWN)
    return members.exclude(relationship__ending__in=unevaluated).select_related("participant__person").order_by("joined_at", "pk")


def _tell(membership: Membership, survey: Survey, kind: str) -> int:
    letter = notify(
        membership.participant.person,
        kind,
        due_key=f"{kind}:{survey.id}:{membership.pk}",
        ids={"membership": str(membership.pk), "survey": survey.id},
    )
    return int(letter is not None)


@transaction.atomic
def start_answer(receipt: Receipt) -> SurveyResponse:
    """Begin the answers to an identified survey, or take up those begun before."""
    locked = Receipt.objects.select_for_update().get(pk=receipt.pk)
    existing = begun(locked)
    if existing is not None:
        return existing
    owner = receipt.membership.participant.person
    response = questionnaires.start_response(form_of(receipt), owner=owner, visibility=readers_of(survey_of(receipt)))
    return SurveyResponse.objects.create(receipt=receipt, response=response)


@transaction.atomic
def answer(receipt: Receipt, answers: Mapping[str, Any], *, revision: int, now: datetime) -> None:
    """Send the answers to a survey, once.

    Raises: SurveyRefused when it was answered already or has closed;
        questionnaires.actions.ProblemsRemain and StaleRevision.
    """
    if not is_open(receipt, timezone.localdate(now)):
        raise SurveyRefused("closed")
    started = start_answer(receipt)
    if not Receipt.objects.filter(pk=receipt.pk, answered_at__isnull=True).update(answered_at=now):
        raise SurveyRefused("answered")
    role, form = receipt.membership.role, form_of(receipt)
    questionnaires.submit(started.response, answers, revision=revision, now=now, role=role, form_definition=form)
    audit.record("survey.answer", by=receipt.membership.participant.person, on=receipt, program=receipt.cohort.program)


def record_reading(cohort: Cohort, survey: str, *, by: Person, count: int) -> None:
    """Write into the log that somebody read people's answers."""
    audit.record("evaluations.read", by=by, on=cohort, program=cohort.program, survey=survey, count=count)
