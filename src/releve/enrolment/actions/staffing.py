"""What staff do about people: add, invite, let wait; and leaving, for oneself or for somebody."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from releve.audit import actions as audit
from releve.enrolment import eligibility, listing
from releve.enrolment.models import Participant
from releve.people.actions import ensure_person
from releve.people.models import Person
from releve.people.roles import Permission
from releve.programs.models import Cohort
from releve.programs.queries import may

from .places import blank_registration, come_back, tell
from .refusals import AlreadyTakesPart, RegistrationClosed, RoleRefused

State = Participant.State

# Called with (participant, by, now) before somebody leaves, in the same transaction: a room above ends
# what it holds of them. It registers itself in AppConfig.ready.
before_withdrawal: list[Callable[[Participant, Person, datetime], None]] = []

# Called with (participant, person): a room above says when a person is too close to somebody to close
# that place for the program.
too_close: list[Callable[[Participant, Person], bool]] = []


@transaction.atomic
def add_participant(cohort: Cohort, *, email: str, name: str, language: str, role: str, by: Person, now: datetime) -> Participant:
    """Add one person by hand, to be invited: they confirm everything by themselves.

    Raises: RoleRefused; AlreadyTakesPart; RegistrationClosed when the cohort is over; PermissionDenied.
    """
    _must(by, Permission.IMPORT_PEOPLE, cohort)
    if cohort.state == Cohort.State.CLOSED:
        raise RegistrationClosed
    person, _new = ensure_person(email, name=name, language=language)
    if not eligibility.is_enrolling(cohort, role) or not eligibility.may_take_role(cohort, person, role):
        raise RoleRefused(role)
    existing = cohort.participants.filter(person=person, role=role).first()
    if existing is not None and existing.state != State.WITHDRAWN:
        raise AlreadyTakesPart(existing)
    if existing is not None:
        participant = come_back(existing, State.INVITED)
    else:
        participant = Participant.objects.create(
            cohort=cohort, person=person, role=role, state=State.INVITED, registration=blank_registration(cohort, person)
        )
    listing.refresh([participant], now=now)
    audit.record("participant.add", by=by, subject=person, on=participant, program=cohort.program)
    return participant


@transaction.atomic
def invite(participants: Iterable[Participant], *, by: Person, now: datetime) -> int:
    """Invite people to confirm by themselves what others brought in; nobody is invited twice."""
    count = 0
    for participant in participants:
        _must(by, Permission.INVITE_PEOPLE, participant.cohort)
        waiting = Participant.objects.filter(pk=participant.pk, state=State.INVITED, invited_at__isnull=True)
        if waiting.update(invited_at=now):
            count += 1
            tell(participant, "invitation", f"invitation:{participant.pk}:{now.isoformat()}")
            audit.record("participant.invite", by=by, subject=participant.person, on=participant)
    return count


@transaction.atomic
def put_on_waiting_list(participants: Iterable[Participant], *, by: Person, now: datetime) -> int:
    """Tell registered people that there is no partner for them yet; return how many were moved."""
    return _move(participants, State.REGISTERED, State.WAITING, by=by, now=now)


@transaction.atomic
def take_off_waiting_list(participants: Iterable[Participant], *, by: Person, now: datetime) -> int:
    """Count people among the registered again, without a letter: what comes next will write to them."""
    return _move(participants, State.WAITING, State.REGISTERED, by=by, now=now)


def _move(participants: Iterable[Participant], source: str, target: str, *, by: Person, now: datetime) -> int:
    count = 0
    for participant in participants:
        _must(by, Permission.INVITE_PEOPLE, participant.cohort)
        if not Participant.objects.filter(pk=participant.pk, state=source).update(state=target):
            continue
        count += 1
        if target == State.WAITING:
            tell(participant, "waiting", f"waiting:{participant.pk}:{now.date().isoformat()}")
        audit.record(f"participant.{target}", by=by, subject=participant.person, on=participant)
    return count


@transaction.atomic
def withdraw(participant: Participant, *, by: Person, now: datetime, reason: str = "") -> bool:
    """Leave a cohort; staff who do it for somebody say why, and the person is told. Return whether it was so.

    Rooms above end what they hold of the participant first (`before_withdrawal`).
    Raises: PermissionDenied.
    """
    is_own = by.pk == participant.person_id
    if not is_own and not may_close_place(participant, by):
        raise PermissionDenied
    participant.refresh_from_db(fields=["state"])
    if participant.state == State.WITHDRAWN:
        return False
    for end_what_they_hold in before_withdrawal:
        end_what_they_hold(participant, by, now)
    there = Participant.objects.filter(pk=participant.pk).exclude(state=State.WITHDRAWN)
    if not there.update(state=State.WITHDRAWN, withdrawn_at=now, withdrawal_reason="" if is_own else reason):
        return False
    participant.refresh_from_db()
    participant.consents.filter(withdrawn_at__isnull=True).update(withdrawn_at=now)
    participant.wishes.all().delete()
    participant.wished_by.all().delete()
    audit.record("participant.withdraw", by=by, subject=participant.person, on=participant)
    if not is_own:
        tell(participant, "withdrawn_by_staff", f"withdrawn_by_staff:{participant.pk}:{now.isoformat()}")
    return True


def may_close_place(participant: Participant, person: Person) -> bool:
    """Say whether somebody may close another person's place for the program; nobody closes their own partner's."""
    if participant.person_id == person.pk or any(is_close(participant, person) for is_close in too_close):
        return False
    return may(person, Permission.INVITE_PEOPLE, participant.cohort.program)


def _must(person: Person, permission: Permission, cohort: Cohort) -> None:
    if not may(person, permission, cohort.program):
        raise PermissionDenied
