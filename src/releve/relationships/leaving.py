"""What becomes of somebody's relationships when they leave a cohort."""

from datetime import datetime

from django.db import transaction

from releve.enrolment.models import Participant
from releve.people.models import Person

from . import actions
from .models import LIVE_STATES, OPEN_STATES, WORKING_STATES, Membership, State


@transaction.atomic
def end_relationships_of(participant: Participant, by: Person, now: datetime) -> None:
    """End the pairs of somebody who leaves, as far as each has come; a group goes on without them."""
    held = participant.memberships.filter(left_at__isnull=True, relationship__state__in=OPEN_STATES)
    for membership in held.select_related("relationship__program"):
        _leave(membership, by, now)


def is_partner(participant: Participant, person: Person) -> bool:
    """Say whether two people know they are in a relationship: neither closes it for the program."""
    together = Membership.objects.filter(participant=participant, left_at__isnull=True, relationship__state__in=LIVE_STATES)
    return together.filter(relationship__memberships__participant__person=person).exists()


def _leave(membership: Membership, by: Person, now: datetime) -> None:
    relationship = membership.relationship
    if relationship.memberships.filter(left_at__isnull=True).count() > 2:
        Membership.objects.filter(pk=membership.pk).update(left_at=now)
    elif relationship.state == State.PROPOSED:
        actions.withdraw_proposal(relationship, by=None, now=now)
    elif relationship.state in WORKING_STATES:
        actions.end_early(relationship, actions.WITHDRAWAL, by=by, now=now)
    else:
        actions.release(relationship, by=None, now=now)
