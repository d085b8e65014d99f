"""Everything that changes a relationship.

RelationshipRefused
├── MoveRefused        somebody moved it meanwhile, or it is not in the right state
└── FormingRefused     these people cannot be brought together; carries every reason
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import combinations
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from releve.audit import actions as audit
from releve.core.vault import keys
from releve.core.vault.models import VaultKey
from releve.enrolment.models import Participant
from releve.notifications.actions import notify
from releve.people.models import Person
from releve.people.roles import Permission
from releve.programs.definition.pairing import EarlyEnd
from releve.programs.models import Cohort
from releve.programs.queries import may

from . import forming
from .lifecycle import MOVES, Actor
from .models import (
    WORKING_STATES,
    ContactAnswer,
    HelpRequest,
    Membership,
    NotAgain,
    Relationship,
    Requirement,
    State,
    StateChange,
    Term,
)
from .queries import actor_for, cohort_of

WITHDRAWAL = "withdrawal"  # reasons of ending that every program has, beside those of its definition
TERM_OVER = "term"
MOMENTS = {"introduce": "introduced_at", "accept": "accepted_at", "confirm": "confirmed_at"}  # move -> column it dates
ASKS_MEMBERS = frozenset({"contact_meeting", "accept"})  # kinds of agreement in which members say yes or no


class RelationshipRefused(Exception):
    """A change of a relationship that cannot be."""


class MoveRefused(RelationshipRefused):
    """The relationship is no longer in a state from which this move goes."""


class FormingRefused(RelationshipRefused):
    """These people cannot be brought together. `problems` holds every reason."""

    def __init__(self, problems: list[forming.Problem]) -> None:
        super().__init__("; ".join(problem.code for problem in problems))
        self.problems = problems


@transaction.atomic
def form_relationship(
    cohort: Cohort,
    members: Sequence[tuple[Participant, str]],
    *,
    by: Person | None,
    language: str = "",
    follows: Relationship | None = None,
    now: datetime,
) -> Relationship:
    """Prepare a relationship. Its members learn of it when it is introduced.

    Raises: PermissionDenied for somebody who may not pair or is one of the members;
        FormingRefused with every reason.
    """
    if by is not None and (not may(by, Permission.PAIR_PEOPLE, cohort.program) or by.pk in {p.person_id for p, _ in members}):
        raise PermissionDenied
    # Two committee members at once: the rows of the people are the lock, on both databases.
    list(Participant.objects.select_for_update().filter(pk__in=[p.pk for p, _ in members]).order_by("pk"))
    if problems := forming.problems_with(cohort, members):
        raise FormingRefused(problems)
    relationship = Relationship.objects.create(
        program=cohort.program,
        language=language or forming.working_language([p for p, _ in members]),
        follows=follows,
        joint_key=keys.create_key(VaultKey.Kind.RELATIONSHIP),
        created_at=now,
    )
    Term.objects.create(relationship=relationship, cohort=cohort)
    _add_members(relationship, members, now=now)
    StateChange.objects.create(relationship=relationship, move="form", state=State.PROPOSED, by=by, created_at=now)
    audit.record("relationship.form", by=by, on=relationship, program=cohort.program, members=len(members))
    return relationship


@transaction.atomic
def introduce(relationship: Relationship, *, by: Person | None, now: datetime) -> None:
    """Tell the members about each other; where the program asks nobody, the pairing stands at once."""
    agreement = cohort_of(relationship).definition.relationship.agreement
    _move(relationship, "introduce", by=by, now=now, permission=Permission.PAIR_PEOPLE)
    if agreement.kind in ASKS_MEMBERS:
        relationship.answer_by = now + timedelta(days=_answer_days(relationship))
        relationship.save(update_fields=["answer_by"])
    _tell(relationship, "relationship_introduced")
    if agreement.kind not in ASKS_MEMBERS:
        _move(relationship, "accept", by=None, now=now)
        _confirm_if_ready(relationship, now=now)


@transaction.atomic
def withdraw_proposal(relationship: Relationship, *, by: Person | None, now: datetime) -> None:
    """Drop a prepared relationship before anybody was told."""
    _move(relationship, "withdraw", by=by, now=now, permission=Permission.PAIR_PEOPLE)
    Relationship.objects.filter(pk=relationship.pk).update(never_introduced=True, ended_at=now)


@transaction.atomic
def answer_contact(membership: Membership, suits: bool, *, now: datetime) -> None:
    """Keep, sealed, whether the pairing suits one member. May be changed until the rules read it.

    Raises: MoveRefused when the pairing no longer waits for answers.
    """
    relationship = Relationship.objects.select_for_update().get(pk=membership.relationship_id)
    if relationship.state != State.INTRODUCED or relationship.answer_by is None:
        raise MoveRefused("answer")
    answer = ContactAnswer.objects.filter(membership=membership).first()
    if answer is None:
        answer = ContactAnswer(membership=membership, key=keys.create_key(VaultKey.Kind.AUTHOR), created_at=now)
    answer.suits = int(suits)
    answer.save()


def settle_contacts(now: datetime) -> int:
    """Read the answers of every pairing whose members have all answered or whose time is up."""
    waiting = Relationship.objects.filter(state=State.INTRODUCED, answer_by__isnull=False)
    return sum(_settle(relationship.pk, now=now) for relationship in waiting.only("pk"))


@transaction.atomic
def _settle(relationship_id: UUID, *, now: datetime) -> bool:
    """Settle one pairing. History and log get no author; the answers are destroyed.

    Silence is no outcome: the answers that did come are destroyed unread, and the committee is
    asked to give more time or to release the pair. Source: docs/architecture.md, "Mutual consent".
    """
    relationship = Relationship.objects.select_for_update().get(pk=relationship_id)
    if relationship.state != State.INTRODUCED or relationship.answer_by is None:
        return False
    members = relationship.memberships.filter(left_at__isnull=True).count()
    answers = list(ContactAnswer.objects.filter(membership__relationship=relationship, membership__left_at__isnull=True))
    complete = len(answers) == members
    if not complete and now < relationship.answer_by:
        return False
    outcome = all(answer.suits == 1 for answer in answers) if complete else None
    _destroy_answers(relationship)
    if outcome is None:
        Relationship.objects.filter(pk=relationship.pk).update(answer_by=None)
        audit.record("relationship.no_outcome", by=None, on=relationship, program=relationship.program)
        _tell(relationship, "relationship_no_outcome", again=now)
    elif outcome:
        _move(relationship, "accept", by=None, now=now)
        _tell(relationship, "relationship_accepted")
        _confirm_if_ready(relationship, now=now)
    else:
        _move(relationship, "decline", by=None, now=now)
        _keep_apart(relationship)
        _tell(relationship, "relationship_unsuited")
    return True


@transaction.atomic
def give_more_time(relationship: Relationship, *, by: Person, now: datetime) -> None:
    """Open the answers again after a silence."""
    if actor_for(relationship, by, Permission.PAIR_PEOPLE) is not Actor.STAFF:
        raise PermissionDenied
    until = now + timedelta(days=_answer_days(relationship))
    changed = Relationship.objects.filter(pk=relationship.pk, state=State.INTRODUCED, answer_by__isnull=True).update(answer_by=until)
    if not changed:
        raise MoveRefused("give_more_time")
    audit.record("relationship.more_time", by=by, on=relationship, program=relationship.program)
    _tell(relationship, "relationship_more_time", again=now)


@transaction.atomic
def release(relationship: Relationship, *, by: Person | None, now: datetime) -> None:
    """Return everybody of a pairing that does not form to the pool, for nobody's fault."""
    _move(relationship, "release", by=by, now=now, permission=Permission.PAIR_PEOPLE)
    _destroy_answers(relationship)
    _tell(relationship, "relationship_unsuited")


@transaction.atomic
def record_requirement(membership: Membership, key: str, *, now: datetime) -> None:
    """Keep a fact that confirmation waits for; confirm when every member has met every one."""
    relationship = Relationship.objects.select_for_update().get(pk=membership.relationship_id)
    if relationship.state not in WORKING_STATES:
        raise MoveRefused("record_requirement")
    Requirement.objects.get_or_create(membership=membership, key=key, defaults={"created_at": now})
    _confirm_if_ready(relationship, now=now)


@transaction.atomic
def pause(relationship: Relationship, *, by: Person, now: datetime) -> None:
    _move(relationship, "pause", by=by, now=now)
    _tell(relationship, "relationship_paused", but=by, again=now)


@transaction.atomic
def resume(relationship: Relationship, *, by: Person, now: datetime) -> None:
    _move(relationship, "resume", by=by, now=now)
    _tell(relationship, "relationship_resumed", but=by, again=now)


@transaction.atomic
def end_early(relationship: Relationship, reason: str, *, by: Person | None, now: datetime) -> None:
    """End before the term, for one of the program's reasons or because somebody withdraws.

    The partner learns that it ended, never why unless the reason is a good one; the committee
    learns what the definition says.
    """
    definition = cohort_of(relationship).definition
    known = {item.id: item for item in definition.relationship.early_end}
    if reason not in known and reason != WITHDRAWAL:
        raise RelationshipRefused(reason)
    _move(relationship, "end_early", by=by, now=now)
    Relationship.objects.filter(pk=relationship.pk).update(ending=reason)
    if reason in known and not known[reason].good:
        _keep_apart(relationship)  # or the engine would suggest the same two again
    _tell(relationship, _ending_letter(known.get(reason)))
    if reason == WITHDRAWAL or "committee" in known[reason].told_to:
        _tell_committee(relationship, "committee_pair_ended")


@transaction.atomic
def complete(relationship: Relationship, *, by: Person | None, continues: bool = False, now: datetime) -> None:
    """Close the program's record of a relationship at its term. People may go on; their data stay theirs."""
    _move(relationship, "complete", by=by, now=now)
    Relationship.objects.filter(pk=relationship.pk).update(ending=TERM_OVER, continues=continues)
    _tell(relationship, "relationship_completed")


@transaction.atomic
def roll_over(
    relationship: Relationship, cohort: Cohort, *, leaving: Sequence[Membership], joining: Sequence[tuple[Participant, str]], now: datetime
) -> None:
    """Carry a lasting group into the next cohort: some leave, some join, the others stay. Twice does no more than once.

    Who leaves keeps reading what was written until then; who joins reads what is written from then on.
    """
    Term.objects.get_or_create(relationship=relationship, cohort=cohort, defaults={"created_at": now})
    gone = relationship.memberships.filter(pk__in=[one.pk for one in leaving], left_at__isnull=True).update(left_at=now)
    here = set(relationship.memberships.filter(left_at__isnull=True).values_list("participant", flat=True))
    new = [(participant, role) for participant, role in joining if participant.pk not in here]
    _add_members(relationship, new, now=now)
    if gone or new:
        audit.record("relationship.roll_over", by=None, on=relationship, program=relationship.program, left=gone, joined=len(new))


@transaction.atomic
def ask_for_help(membership: Membership, *, contact: str, text: str, spoke_first: bool, now: datetime) -> HelpRequest:
    """Write to the program's contact about one's relationship; sent twice alike, it is the same request. The partner is not told."""
    Membership.objects.select_for_update().get(pk=membership.pk)
    if waiting := membership.help_requests.filter(contact=contact, text=text, answered_at__isnull=True).first():
        return waiting
    request = HelpRequest.objects.create(membership=membership, contact=contact, text=text, spoke_first=spoke_first, created_at=now)
    audit.record("relationship.help_asked", by=None, on=membership.relationship, program=membership.relationship.program)
    _tell_committee(membership.relationship, "committee_help_asked", request=str(request.pk))
    return request


@transaction.atomic
def answer_help(request: HelpRequest, *, text: str, by: Person, now: datetime) -> None:
    """Answer a request for help, once. Members of the relationship cannot, staff or not."""
    relationship = request.membership.relationship
    if actor_for(relationship, by) is not Actor.STAFF:
        raise PermissionDenied
    changed = HelpRequest.objects.filter(pk=request.pk, answered_at__isnull=True).update(answered_at=now, answered_by=by, answer=text)
    if not changed:
        raise MoveRefused("answer_help")
    audit.record("relationship.help_answered", by=by, on=relationship, program=relationship.program)
    person = request.membership.participant.person
    notify(person, "help_answered", due_key=f"help_answered:{request.pk}", ids={"request": str(request.pk)})


def _add_members(relationship: Relationship, members: Sequence[tuple[Participant, str]], *, now: datetime) -> None:
    for participant, role in members:
        Membership.objects.create(
            relationship=relationship,
            participant=participant,
            role=role,
            joined_at=now,
            author_key=keys.create_key(VaultKey.Kind.AUTHOR),
        )


def _ending_letter(reason: EarlyEnd | None) -> str:
    if reason is not None and reason.good:
        return "relationship_goals_met"
    return "relationship_seeks_new" if reason is not None and reason.seeks_new else "relationship_ended"


def _move(
    relationship: Relationship,
    name: str,
    *,
    by: Person | None,
    now: datetime,
    permission: Permission = Permission.FOLLOW_PAIRS,
) -> None:
    """Change the state once: of two moves at the same moment one wins, the other is refused."""
    move = MOVES[name]
    actor = actor_for(relationship, by, permission)
    if actor not in move.may:
        raise PermissionDenied
    changes: dict = {"state": move.target}
    if move.target in {State.ENDED, State.COMPLETED, State.DISSOLVED}:
        changes["ended_at"] = now
    if moment := MOMENTS.get(name):
        changes[moment] = now
    if not Relationship.objects.filter(pk=relationship.pk, state__in=move.sources).update(**changes):
        raise MoveRefused(name)
    relationship.refresh_from_db()
    StateChange.objects.create(relationship=relationship, move=name, state=move.target, by=by, created_at=now)
    audit.record(f"relationship.{name}", by=by, on=relationship, program=relationship.program)


def _confirm_if_ready(relationship: Relationship, *, now: datetime) -> None:
    if relationship.state != State.ACCEPTED:
        return
    needed = set(cohort_of(relationship).definition.relationship.confirmed_by)
    for membership in relationship.memberships.filter(left_at__isnull=True):
        if needed - set(membership.requirements.values_list("key", flat=True)):
            return
    _move(relationship, "confirm", by=None, now=now)
    _tell(relationship, "relationship_confirmed")


def _keep_apart(relationship: Relationship) -> None:
    people = relationship.memberships.values_list("participant__person_id", flat=True)
    for one, other in combinations(sorted(set(people)), 2):
        NotAgain.objects.get_or_create(program=relationship.program, one_id=one, other_id=other)


def _destroy_answers(relationship: Relationship) -> None:
    answers = ContactAnswer.objects.filter(membership__relationship=relationship)
    keys.destroy_keys(list(answers.values_list("key", flat=True)))
    answers.delete()


def _answer_days(relationship: Relationship) -> int:
    cohort = cohort_of(relationship)
    return int(cohort.definition.value(cohort.definition.relationship.agreement.answer_days, cohort.settings))


def _tell(relationship: Relationship, kind: str, *, but: Person | None = None, again: datetime | None = None) -> None:
    """Write to every current member. `again` makes the letter one of a series, told once per moment."""
    series = f":{again:%Y%m%dT%H%M}" if again else ""
    for membership in relationship.memberships.filter(left_at__isnull=True).select_related("participant__person"):
        person = membership.participant.person
        if but is None or person.pk != but.pk:
            notify(
                person,
                kind,
                due_key=f"{kind}:{membership.pk}{series}",
                ids={"membership": str(membership.pk)},
            )


def _tell_committee(relationship: Relationship, kind: str, **ids: str) -> None:
    """Write to whoever follows pairs in the program, the members of this one excepted."""
    members = set(relationship.memberships.values_list("participant__person_id", flat=True))
    for person in forming.staff_who_follow(relationship.program):
        if person.pk not in members:
            tail = ids.get("request", str(relationship.pk))
            notify(person, kind, due_key=f"{kind}:{tail}:{person.pk}", ids={"relationship": str(relationship.pk), **ids})
