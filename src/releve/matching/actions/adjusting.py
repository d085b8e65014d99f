"""What the committee keeps together or apart. Each change is followed by a run around it, and can be undone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from releve.audit import actions as audit
from releve.enrolment.models import Participant
from releve.people.models import Person
from releve.people.roles import Permission
from releve.programs.models import Cohort
from releve.programs.queries import may

from ..engine import Problem, Reader, RuleKind, explain_pair
from ..inputs import problem_of
from ..models import Adjustment, Policy, Run
from ..queries import newest_number
from .refusals import BoardMoved, CannotAdjust
from .runs import run_suggestions

Two = tuple[Participant, Participant]  # a mentee and a mentor


@dataclass(frozen=True)
class Seen:
    """The board as the reader saw it: the number of its newest run."""

    number: int


@transaction.atomic
def keep_together(cohort: Cohort, two: Two, *, seen: Seen, reason: str = "", by: Person, now: datetime) -> Run:
    """Keep two people together in every run from now on; the mentee is with nobody else any more.

    Raises: PermissionDenied, BoardMoved, CannotAdjust.
    """
    _hold(cohort, [two], seen, by)
    _lock(cohort, two, reason=reason, by=by, now=now)
    return run_suggestions(cohort, by=by, now=now)


@transaction.atomic
def keep_apart(cohort: Cohort, two: Two, *, seen: Seen, reason: str = "", by: Person, now: datetime) -> Run:
    """Keep two people apart in every run from now on.

    Raises: PermissionDenied, BoardMoved, CannotAdjust.
    """
    _hold(cohort, [two], seen, by)
    _problem_with(cohort, two)
    _undo(cohort.adjustments.standing().filter(mentee=two[0], mentor=two[1]), by=by, now=now)
    _adjust(cohort, Adjustment.Kind.FORBID, two, reason=reason, by=by, now=now)
    return run_suggestions(cohort, by=by, now=now)


@transaction.atomic
def swap(cohort: Cohort, one: Two, other: Two, *, seen: Seen, by: Person, now: datetime) -> Run:
    """Let two pairs exchange their mentors, and keep both new pairs together.

    Raises: PermissionDenied, BoardMoved, CannotAdjust.
    """
    _hold(cohort, [one, other], seen, by)
    if one[0] == other[0] or one[1] == other[1]:
        raise CannotAdjust("same_person")
    mentees = [one[0], other[0]]
    _undo(cohort.adjustments.standing().filter(kind=Adjustment.Kind.LOCK, mentee__in=mentees), by=by, now=now)
    for two in [(one[0], other[1]), (other[0], one[1])]:
        _lock(cohort, two, reason="", by=by, now=now)
    return run_suggestions(cohort, by=by, now=now)


@transaction.atomic
def undo(adjustment: Adjustment, *, seen: Seen, by: Person, now: datetime) -> Run:
    """Let the engine decide again about two people who were kept together or apart.

    Raises: PermissionDenied, BoardMoved.
    """
    _hold(adjustment.cohort, [(adjustment.mentee, adjustment.mentor)], seen, by)
    _undo(Adjustment.objects.standing().filter(pk=adjustment.pk), by=by, now=now)
    return run_suggestions(adjustment.cohort, by=by, now=now)


@transaction.atomic
def run_again(cohort: Cohort, *, seen: Seen, by: Person, now: datetime) -> Run:
    """Run with the people as they are now, around what is kept together and apart.

    Raises: PermissionDenied, BoardMoved, NobodyToPair.
    """
    _hold(cohort, [], seen, by)
    return run_suggestions(cohort, by=by, now=now)


@transaction.atomic
def change_policy(cohort: Cohort, policy: Policy, *, seen: Seen, by: Person, now: datetime) -> Run:
    """Set how a cohort pairs from now on, and run by it. Earlier versions stay.

    Raises: PermissionDenied, BoardMoved; NobodyToPair.
    """
    _hold(cohort, [], seen, by)
    before = cohort.policies.order_by("-number").values_list("number", flat=True).first() or 0
    policy.cohort, policy.number, policy.by, policy.created_at = cohort, before + 1, by, now
    policy.save()
    audit.record("pairing.policy", by=by, on=policy, program=cohort.program, number=policy.number)
    return run_suggestions(cohort, by=by, now=now)


def _hold(cohort: Cohort, pairs: Iterable[Two], seen: Seen, by: Person) -> None:
    """Hold the board for this change alone: two people at once change it one after the other, and the second is told."""
    if not may(by, Permission.PAIR_PEOPLE, cohort.program) or any(by.pk == one.person_id for two in pairs for one in two):
        raise PermissionDenied
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    if newest_number(cohort) != seen.number:
        raise BoardMoved


def _lock(cohort: Cohort, two: Two, *, reason: str, by: Person, now: datetime) -> None:
    mentee, mentor = two
    standing = cohort.adjustments.standing()
    same = standing.filter(mentee=mentee, mentor=mentor)
    _undo(same | standing.filter(kind=Adjustment.Kind.LOCK, mentee=mentee), by=by, now=now)
    problem, one, other = _problem_with(cohort, two)
    closed = explain_pair(problem, one, other, reader=Reader.COMMITTEE).forbidden_by
    if closed:
        raise CannotAdjust("not_again" if closed[0].kind is RuleKind.NOT_AGAIN else "rule", closed[0].id)
    held = sum(lock.mentor == other for lock in problem.locks)
    if held >= problem.mentors[problem.column_of[other]].most:
        raise CannotAdjust("no_room")
    _adjust(cohort, Adjustment.Kind.LOCK, two, reason=reason, by=by, now=now)


def _problem_with(cohort: Cohort, two: Two) -> tuple[Problem, str, str]:
    """Return what would be computed now, and the ids of these two in it; refuse people who are not open to suggestions."""
    problem, by_id = problem_of(cohort, seed=0)
    local = {participant.pk: name for name, participant in by_id.items()}
    if two[0].pk not in local or two[1].pk not in local:
        raise CannotAdjust("not_open")
    return problem, local[two[0].pk], local[two[1].pk]


def _adjust(cohort: Cohort, kind: str, two: Two, *, reason: str, by: Person, now: datetime) -> None:
    mentee, mentor = two
    made = Adjustment.objects.create(cohort=cohort, kind=kind, mentee=mentee, mentor=mentor, reason=reason.strip(), by=by, created_at=now)
    audit.record(f"pairing.{kind}", by=by, on=made, program=cohort.program)


def _undo(adjustments: Iterable[Adjustment], *, by: Person, now: datetime) -> None:
    for one in adjustments:
        one.undone_at, one.undone_by = now, by
        one.save(update_fields=["undone_at", "undone_by"])
        audit.record("pairing.undo", by=by, on=one, program=one.cohort.program)
