"""Reads about relationships that serve several rooms."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from releve.enrolment.models import Participant
from releve.people.models import Person
from releve.people.roles import Permission
from releve.programs.models import Cohort
from releve.programs.queries import may

from .lifecycle import Actor
from .models import OPEN_STATES, ContactAnswer, HelpRequest, Membership, NotAgain, Relationship


def membership_of(relationship: Relationship, person: Person) -> Membership | None:
    """Return the membership through which a person takes part, or took part, if any."""
    return (
        relationship.memberships.filter(participant__person=person)
        .select_related("participant__person", "participant__cohort__version", "relationship")
        .order_by("-joined_at")
        .first()
    )


def partners_of(membership: Membership) -> list[Membership]:
    """Return the other current members. Order: by joining, then by name."""
    others = membership.relationship.memberships.filter(left_at__isnull=True).exclude(pk=membership.pk)
    return list(others.select_related("participant__person").order_by("joined_at", "participant__person__name"))


def actor_for(relationship: Relationship, person: Person | None, permission: Permission = Permission.FOLLOW_PAIRS) -> Actor | None:
    """Say in what quality a person may move a relationship; None when in none.

    Staff who take part are members of their own relationship and nothing more.
    """
    if person is None:
        return Actor.RULES
    if membership_of(relationship, person) is not None:
        return Actor.MEMBER
    return Actor.STAFF if may(person, permission, relationship.program) else None


def cohort_of(relationship: Relationship) -> Cohort:
    """Return the cohort whose definition rules the relationship now: that of its newest term."""
    term = relationship.terms.select_related("cohort__version", "cohort__program").order_by("-created_at").first()
    if term is None:
        raise Cohort.DoesNotExist(f"Relationship {relationship.pk} has no term.")
    return term.cohort


def with_open_count(participants: QuerySet[Participant]) -> QuerySet[Participant]:
    """Annotate each participant with `open_count`: relationships that take one of their places."""
    current = Q(memberships__left_at__isnull=True, memberships__relationship__state__in=OPEN_STATES)
    return participants.annotate(open_count=Count("memberships", filter=current, distinct=True))


def free_places(participant: Participant) -> int:
    """Count the partners this participant could still take, never below zero."""
    taken = participant.memberships.filter(left_at__isnull=True, relationship__state__in=OPEN_STATES).count()
    return max(0, participant.places - taken)


def free_participants(cohort: Cohort, role: str) -> list[Participant]:
    """Return the confirmed participants of a role who have a place left. Order: by name."""
    people = with_open_count(cohort.participants.confirmed().filter(role=role))
    people = people.select_related("person", "registration", "cohort__version").order_by("person__name", "pk")
    return [person for person in people if person.open_count < person.places]


def not_again_between(program_id: UUID, people: Iterable[UUID]) -> set[frozenset[UUID]]:
    """Return the pairs of people, among those given, whom the machine must not suggest again."""
    ids = list(people)
    rows = NotAgain.objects.filter(program_id=program_id, one__in=ids, other__in=ids)
    return {frozenset(pair) for pair in rows.values_list("one_id", "other_id")}


def followed_in(cohort: Cohort, person: Person) -> QuerySet[Relationship]:
    """Return the relationships of a cohort that a person follows for the program. Order: newest first."""
    found = Relationship.objects.followed_by(person).filter(terms__cohort=cohort)
    return found.prefetch_related("memberships__participant__person").order_by("-created_at", "pk")


def has_answered(membership: Membership) -> bool:
    """Say whether a member has given their sealed answer; never which."""
    return ContactAnswer.objects.filter(membership=membership).exists()


def help_requests_in(relationship: Relationship) -> QuerySet[HelpRequest]:
    """Return what members asked the committee. Only for relationships the reader follows."""
    found = HelpRequest.objects.filter(membership__relationship=relationship)
    return found.select_related("membership__participant__person", "answered_by")
