"""Everything that changes a participant.

    EnrolmentRefused
    ├── RegistrationClosed    outside the dates of the cohort, for somebody who was not invited
    ├── RoleRefused           the definition does not let this person take this role as well
    └── AnswersRefused        answers or required consents are missing or wrong; carries every problem
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from releve.audit import actions as audit
from releve.notifications.actions import notify
from releve.people.actions import person_key
from releve.people.models import Person
from releve.programs.models import Cohort
from releve.questionnaires import actions as questionnaires
from releve.questionnaires.check import problems_with_answers

from . import eligibility
from .models import Participant, ParticipantConsent, SelfAssessment, Wish
from .queries import consents_for, current_consents


class EnrolmentRefused(Exception):
    """A change of a participant that cannot be."""


class RegistrationClosed(EnrolmentRefused):
    """Registration is not open today."""


class RoleRefused(EnrolmentRefused):
    """This person cannot take this role in this cohort."""


class AnswersRefused(EnrolmentRefused):
    """`problems` maps question ids, or `consent:<id>`, to sentences."""

    def __init__(self, problems: dict[str, list[str]]) -> None:
        super().__init__(", ".join(sorted(problems)))
        self.problems = problems


@transaction.atomic
def start_registration(person: Person, cohort: Cohort, role: str, *, now: datetime) -> Participant:
    """Begin a registration, or take up the one begun before.

    Raises: RegistrationClosed; RoleRefused.
    """
    existing = cohort.participants.filter(person=person, role=role).first()
    if existing is not None and existing.state != Participant.State.WITHDRAWN:
        return existing
    if not cohort.is_registering(timezone.localdate(now)):
        raise RegistrationClosed
    if role not in {item.id for item in cohort.definition.roles if item.enrols}:
        raise RoleRefused(role)
    if not eligibility.may_take_role(cohort, person, role):
        raise RoleRefused(role)
    form = cohort.definition.intake_form
    response = questionnaires.start_response(form, owner=person, visibility=form.visibility)
    if existing is not None:
        existing.state, existing.withdrawn_at = Participant.State.STARTED, None
        existing.registration = existing.registration or response
        existing.save(update_fields=["state", "withdrawn_at", "registration"])
        return existing
    participant = Participant.objects.create(cohort=cohort, person=person, role=role, registration=response)
    audit.record("registration.start", by=person, subject=person, on=participant, program=cohort.program)
    return participant


@transaction.atomic
def submit_registration(
    participant: Participant,
    answers: Mapping[str, Any],
    consents: Iterable[str],
    *,
    revision: int,
    now: datetime,
) -> None:
    """Register, or confirm what somebody else imported: only the person does this, for themselves.

    Raises: AnswersRefused with every problem; questionnaires.actions.StaleRevision.
    """
    cohort, person = participant.cohort, participant.person
    agreed = set(consents)
    problems = _problems(participant, answers, agreed)
    if problems:
        raise AnswersRefused(problems)
    response = participant.registration
    if response is None:
        raise EnrolmentRefused("no registration was started")
    questionnaires.submit(response, dict(answers), revision=revision, now=now)
    first = participant.confirmed_at is None
    participant.state = eligibility.state_after_registration(participant, answers)
    participant.confirmed_at = participant.confirmed_at or now
    participant.save(update_fields=["state", "confirmed_at"])
    for item in consents_for(cohort, participant.role):
        change = give_consent if item.id in agreed else withdraw_consent
        change(participant, item.id, language=person.language, now=now)
    audit.record("registration.submit", by=person, subject=person, on=participant, program=cohort.program)
    if first:
        notify(
            person,
            "registration_received",
            due_key=f"registration_received:{participant.pk}",
            ids={"participant": str(participant.pk)},
        )


def _problems(participant: Participant, answers: Mapping[str, Any], agreed: set[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    form = participant.cohort.definition.intake_form
    for problem in problems_with_answers(form, answers, participant.role):
        found.setdefault(problem.question, []).append(problem.message)
    for item in consents_for(participant.cohort, participant.role):
        if item.required and item.id not in agreed:
            found[f"consent:{item.id}"] = [eligibility.CONSENT_NEEDED]
    return found


@transaction.atomic
def give_consent(participant: Participant, purpose: str, *, language: str, now: datetime) -> None:
    """Keep the agreement with the very text that was read."""
    if purpose in current_consents(participant):
        return
    item = participant.cohort.definition.consent(purpose)
    with override(language):
        text = f"{item.title}\n\n{item.text}"
    ParticipantConsent.objects.create(
        participant=participant,
        purpose=purpose,
        text=text,
        text_digest=hashlib.sha256(text.encode()).hexdigest(),
        language=language,
        given_at=now,
    )
    audit.record("consent.give", by=participant.person, subject=participant.person, on=participant, purpose=purpose)


@transaction.atomic
def withdraw_consent(participant: Participant, purpose: str, *, language: str, now: datetime) -> None:
    """End an agreement, as easily as it was given."""
    changed = participant.consents.filter(purpose=purpose, withdrawn_at__isnull=True).update(withdrawn_at=now)
    if changed:
        audit.record(
            "consent.withdraw", by=participant.person, subject=participant.person, on=participant, purpose=purpose
        )


@transaction.atomic
def withdraw(participant: Participant, *, by: Person, now: datetime) -> None:
    """Leave a cohort. Relationships are ended by the room that owns them, before this."""
    changed = Participant.objects.filter(pk=participant.pk).exclude(state=Participant.State.WITHDRAWN)
    if changed.update(state=Participant.State.WITHDRAWN, withdrawn_at=now):
        participant.refresh_from_db()
        participant.consents.filter(withdrawn_at__isnull=True).update(withdrawn_at=now)
        audit.record("participant.withdraw", by=by, subject=participant.person, on=participant)


@transaction.atomic
def set_wishes(participant: Participant, wished: Sequence[Participant], *, now: datetime) -> None:
    """Replace whom a participant would like to be paired with, first choice first.

    Raises: EnrolmentRefused for too many, for oneself, or for somebody not shown in the directory.
    """
    rule = participant.cohort.definition.pairing.wishes
    if rule is None or participant.role not in rule.by or len(wished) > rule.most:
        raise EnrolmentRefused("wishes")
    shown = eligibility.wishable(participant)
    if len({item.pk for item in wished}) < len(wished) or any(item.pk not in shown for item in wished):
        raise EnrolmentRefused("wishes")
    participant.wishes.all().delete()
    Wish.objects.bulk_create(
        Wish(participant=participant, wished=item, rank=rank, created_at=now) for rank, item in enumerate(wished, 1)
    )
    audit.record("wishes.set", by=participant.person, subject=participant.person, on=participant, count=len(wished))


@transaction.atomic
def invite(participants: Iterable[Participant], *, by: Person, now: datetime) -> int:
    """Invite people who were imported to confirm by themselves; nobody is invited twice."""
    count = 0
    for participant in participants:
        changed = Participant.objects.filter(
            pk=participant.pk, state=Participant.State.INVITED, invited_at__isnull=True
        ).update(invited_at=now)
        if changed:
            count += 1
            notify(
                participant.person,
                "invitation",
                due_key=f"invitation:{participant.pk}",
                ids={"participant": str(participant.pk)},
            )
            audit.record("participant.invite", by=by, subject=participant.person, on=participant)
    return count


@transaction.atomic
def start_self_assessment(person: Person, cohort: Cohort, role: str, form_id: str) -> SelfAssessment:
    """Begin a self-assessment, sealed for the person alone, or take up the one begun before."""
    existing = SelfAssessment.objects.filter(person=person, cohort=cohort, role=role).first()
    if existing is not None:
        return existing
    response = questionnaires.start_response(
        cohort.definition.form(form_id), owner=person, visibility="self", key=person_key(person)
    )
    return SelfAssessment.objects.create(person=person, cohort=cohort, role=role, response=response)
