"""What people agree to, choose to show and wish for."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import override

from releve.audit import actions as audit
from releve.enrolment import eligibility, listing
from releve.enrolment.models import Participant, ParticipantConsent, Wish
from releve.enrolment.queries import DIRECTORY, consents_for, current_consents

from .refusals import ConsentRefused, EnrolmentRefused


@transaction.atomic
def give_consent(participant: Participant, purpose: str, *, language: str, now: datetime) -> None:
    """Keep the agreement with the very text that was read.

    Raises: ConsentRefused for a purpose this role is not asked about, or of somebody who left.
    """
    item = next((item for item in consents_for(participant.cohort, participant.role) if item.id == purpose), None)
    if item is None or participant.state == Participant.State.WITHDRAWN:
        raise ConsentRefused(purpose)
    if purpose in current_consents(participant):
        return
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
def withdraw_consent(participant: Participant, purpose: str, *, now: datetime) -> None:
    """End an agreement, as easily as it was given. What it allowed ends at once.

    Raises: ConsentRefused for a purpose without which nobody takes part: `withdraw` is for that.
    """
    item = next((item for item in consents_for(participant.cohort, participant.role) if item.id == purpose), None)
    if item is None or item.required:
        raise ConsentRefused(purpose)
    changed = participant.consents.filter(purpose=purpose, withdrawn_at__isnull=True).update(withdrawn_at=now)
    if not changed:
        return
    if item.purpose == DIRECTORY:
        participant.wished_by.all().delete()
        if item.on_withdrawal == "erase":
            choose_shown(participant, (), now=now)
    audit.record("consent.withdraw", by=participant.person, subject=participant.person, on=participant, purpose=purpose)


@transaction.atomic
def choose_shown(participant: Participant, questions: Collection[str], *, now: datetime) -> None:
    """Keep which answers the directory may show besides those every sheet has."""
    form = participant.cohort.definition.intake_form
    on_offer = [question.id for question in form.flat if question.in_directory == "chosen" and question.applies_to(participant.role)]
    participant.shown_answers = [name for name in on_offer if name in questions]
    Participant.objects.filter(pk=participant.pk).update(shown_answers=participant.shown_answers)
    listing.refresh([participant], now=now)
    shown = len(participant.shown_answers)
    audit.record("sheet.choose", by=participant.person, subject=participant.person, on=participant, shown=shown)


def settle_consents(participant: Participant, agreed: Collection[str], *, language: str, now: datetime) -> None:
    for item in consents_for(participant.cohort, participant.role):
        if item.id in agreed:
            give_consent(participant, item.id, language=language, now=now)
        else:
            withdraw_consent(participant, item.id, now=now)


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
    Wish.objects.bulk_create(Wish(participant=participant, wished=item, rank=rank, created_at=now) for rank, item in enumerate(wished, 1))
    audit.record("wishes.set", by=participant.person, subject=participant.person, on=participant, count=len(wished))
