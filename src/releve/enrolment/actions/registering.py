"""Registering: what people do for themselves, and nobody for them."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from releve.audit import actions as audit
from releve.enrolment import eligibility, intake, listing
from releve.enrolment.eligibility import Obstacle
from releve.enrolment.models import Participant, SelfAssessment
from releve.enrolment.queries import consents_for, current_consents
from releve.people.actions import person_key
from releve.people.models import Person
from releve.programs.models import Cohort
from releve.questionnaires import actions as questionnaires
from releve.questionnaires.check import problems_with_answers
from releve.questionnaires.models import Response

from .agreements import settle_consents
from .places import blank_registration, come_back, tell
from .refusals import AnswersRefused, RegistrationClosed, RoleRefused

State = Participant.State


@transaction.atomic
def start_registration(person: Person, cohort: Cohort, role: str, *, now: datetime) -> Participant:
    """Begin a registration, or take up the one begun before.

    Raises: RegistrationClosed; RoleRefused.
    """
    if not eligibility.is_enrolling(cohort, role):
        raise RoleRefused(role)
    existing = cohort.participants.filter(person=person, role=role).select_related("registration").first()
    _must_be_free(eligibility.obstacle_to_registering(cohort, person, role, existing, timezone.localdate(now)))
    if existing is not None and existing.state != State.WITHDRAWN:
        return existing
    if existing is not None:
        return come_back(existing, State.STARTED)
    participant = Participant.objects.create(cohort=cohort, person=person, role=role, registration=blank_registration(cohort, person))
    listing.refresh([participant], now=now)
    audit.record("registration.start", by=person, subject=person, on=participant, program=cohort.program)
    return participant


@transaction.atomic
def take_in_hand(participant: Participant, *, now: datetime) -> Response:
    """Give the answers to write a draft in; from now on those that somebody else imported are the person's own."""
    if participant.is_untouched:
        Participant.objects.filter(pk=participant.pk).update(begun_at=now)
        participant.begun_at = now
        listing.refresh([participant], now=now)
    return _response_of(participant)


@transaction.atomic
def submit_registration(
    participant: Participant,
    answers: Mapping[str, Any],
    consents: Collection[str] | None,
    *,
    revision: int,
    now: datetime,
    language: str | None = None,
) -> None:
    """Register, confirm what somebody else imported, or change answers: only the person does this, for themselves.

    `consents` names the purposes agreed to, the others are ended; None leaves them as they are.
    `language` is the one in which their texts were read; by default the person's own.

    Raises: RegistrationClosed; AnswersRefused with every problem; questionnaires.actions.StaleRevision.
    """
    cohort, person = participant.cohort, participant.person
    participant.refresh_from_db(fields=["state", "confirmed_at"])
    found = None if participant.state == State.WITHDRAWN else participant
    _must_be_free(eligibility.obstacle_to_registering(cohort, person, participant.role, found, timezone.localdate(now)))
    form = cohort.definition.intake_form
    whole = {**answers, **intake.known_answers(form, person, participant.role)}
    agreed = current_consents(participant) if consents is None else set(consents)
    if problems := _problems(participant, whole, agreed):
        raise AnswersRefused(problems)
    response, first = _response_of(participant), participant.confirmed_at is None
    dates = cohort.calendar.dates
    questionnaires.submit(response, whole, revision=revision, now=now, role=participant.role, dates=dates, form_definition=form)
    participant.registration = response
    _register(participant, response.answers, now)
    _keep_on_account(person, intake.account_facts(form, response.answers, cohort.definition.languages))
    if consents is not None:
        settle_consents(participant, agreed, language=language or person.language, now=now)
    listing.refresh([participant], now=now)
    audit.record("registration.submit", by=person, subject=person, on=participant, program=cohort.program)
    if first and participant.state != State.REFUSED:
        tell(participant, "registration_received", f"registration_received:{participant.pk}")


def _register(participant: Participant, answers: Mapping[str, Any], now: datetime) -> None:
    state = eligibility.state_after_registration(participant, answers)
    confirmed_at = participant.confirmed_at or now
    still_there = Participant.objects.filter(pk=participant.pk).exclude(state=State.WITHDRAWN)
    if not still_there.update(state=state, confirmed_at=confirmed_at):
        raise RegistrationClosed
    participant.state, participant.confirmed_at = state, confirmed_at


def _problems(participant: Participant, answers: Mapping[str, Any], agreed: Collection[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    cohort = participant.cohort
    for problem in problems_with_answers(cohort.definition.intake_form, answers, participant.role, dates=cohort.calendar.dates):
        found.setdefault(problem.question_id, []).append(problem.message)
    for item in consents_for(cohort, participant.role):
        if item.required and item.id not in agreed:
            found[f"consent:{item.id}"] = [str(eligibility.CONSENT_NEEDED)]
    return found


def _must_be_free(obstacle: Obstacle) -> None:
    if obstacle == Obstacle.OTHER_ROLE:
        raise RoleRefused
    if obstacle:
        raise RegistrationClosed(obstacle)


def _response_of(participant: Participant) -> Response:
    if participant.registration is None:
        participant.registration = blank_registration(participant.cohort, participant.person)
        Participant.objects.filter(pk=participant.pk).update(registration=participant.registration)
    return participant.registration


def _keep_on_account(person: Person, facts: Mapping[str, str]) -> None:
    """Ask once: what a registration says of the name, the form of address and the language holds for the account."""
    limits = {"name": 200, "called": 80}
    kept = {field: value[: limits.get(field)] for field, value in facts.items()}
    Person.objects.filter(pk=person.pk).update(**kept)
    for field, value in kept.items():
        setattr(person, field, value)


@transaction.atomic
def start_self_assessment(person: Person, cohort: Cohort, role: str, form_id: str) -> SelfAssessment:
    """Begin a self-assessment, sealed for the person alone, or take up the one begun before."""
    existing = SelfAssessment.objects.filter(person=person, cohort=cohort, role=role).select_related("response").first()
    if existing is not None:
        return existing
    form = cohort.definition.form(form_id)
    response = questionnaires.start_response(form, owner=person, visibility=form.visibility, key=person_key(person))
    return SelfAssessment.objects.create(person=person, cohort=cohort, role=role, response=response)
