"""Reads about relationships that serve several rooms."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from releve.enrolment.models import Participant, ParticipantQuerySet
from releve.people.models import Person
from releve.people.roles import Permission
from releve.programs.models import Cohort
from releve.programs.queries import may

from .lifecycle import Actor
from .models import OPEN_STATES, ContactAnswer, HelpRequest, Membership, NotAgain, Relationship, RelationshipQuerySet, State


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


def with_room(participants: ParticipantQuerySet, cohort: Cohort) -> ParticipantQuerySet:
    """Keep the participants of a cohort who have a place left."""
    is_current = Q(memberships__left_at__isnull=True, memberships__relationship__state__in=OPEN_STATES)
    paired = cohort.participants.with_capacity(cohort).filter(is_current).order_by().annotate(taken=Count("memberships"))
    return participants.exclude(pk__in=paired.filter(taken__gte=F("capacity")).values("pk"))


def with_places_left(participants: ParticipantQuerySet, cohort: Cohort) -> ParticipantQuerySet:
    """Keep the participants of a cohort who have a place left, each with `room`: how many. For those that are read one by one."""
    current = Membership.objects.filter(participant=OuterRef("pk"), left_at__isnull=True, relationship__state__in=OPEN_STATES)
    taken = current.order_by().values("participant").annotate(count=Count("pk")).values("count")
    room = F("capacity") - Coalesce(Subquery(taken), 0)
    return with_room(participants, cohort).with_capacity(cohort).annotate(room=room)


def free_places(participant: Participant) -> int:
    """Count the partners this participant could still take, never below zero."""
    taken = participant.memberships.filter(left_at__isnull=True, relationship__state__in=OPEN_STATES).count()
    return max(0, participant.places - taken)


def free_participants(cohort: Cohort, *roles: str) -> ParticipantQuerySet:
    """Return the confirmed participants of some roles who have a place left. Order: by name."""
    return with_room(cohort.participants.confirmed().filter(role__in=roles), cohort).order_by("sort_name", "pk")


def count_free(cohort: Cohort, *, but: Person | None = None) -> dict[str, int]:
    """Count the participants who wait for a partner or have a place for one, by kind of role; `but` leaves somebody out."""
    seeking = still_seeking(cohort.participants.confirmed().exclude(person=but), cohort)
    free = with_room(seeking, cohort)
    counts = dict.fromkeys(("mentee", "mentor"), 0)
    for role, count in free.order_by().values_list("role").annotate(Count("pk")):
        kind = cohort.definition.role(role).kind
        counts[kind] = counts.get(kind, 0) + count
    return counts


def free_by_kind(cohort: Cohort) -> dict[str, ParticipantQuerySet]:
    """Return the participants who wait for a partner or have a place for one, by kind of role."""
    kinds: dict[str, list[str]] = {"mentee": [], "mentor": []}
    for role in cohort.definition.roles:
        if role.kind in kinds:
            kinds[role.kind].append(role.id)
    return {kind: free_participants(cohort, *roles) for kind, roles in kinds.items()}


def still_seeking(participants: ParticipantQuerySet, cohort: Cohort) -> ParticipantQuerySet:
    """Leave out those whose newest pairing here went to its term, or ended well before it: they look for nobody."""
    content = [reason.id for reason in cohort.definition.relationship.early_end if reason.good and not reason.seeks_new]
    told = Membership.objects.filter(relationship__never_introduced=False)
    newer = told.filter(participant=OuterRef("participant"), joined_at__gt=OuterRef("joined_at"))
    ended_well = told.filter(Q(relationship__ending__in=content) | Q(relationship__state=State.COMPLETED)).exclude(Exists(newer))
    kinds = {role.id for role in cohort.definition.roles if role.kind == "mentee"}
    return participants.exclude(pk__in=ended_well.values("participant"), role__in=kinds)


def not_again_between(program_id: UUID, people: Iterable[UUID]) -> set[frozenset[UUID]]:
    """Return the pairs of people, among those given, whom the machine must not suggest again."""
    ids = list(people)
    rows = NotAgain.objects.filter(program_id=program_id, one__in=ids, other__in=ids)
    return {frozenset(pair) for pair in rows.values_list("one_id", "other_id")}


def followed_in(cohort: Cohort, person: Person) -> RelationshipQuerySet:
    """Return the relationships of a cohort that a person follows for the program. Order: newest first."""
    return with_members(Relationship.objects.followed_by(person).filter(terms__cohort=cohort)).order_by("-created_at", "pk")


def with_members(relationships: RelationshipQuerySet) -> RelationshipQuerySet:
    """Read the people of each relationship along with it, in one query, in the order of joining."""
    members = Membership.objects.select_related("participant__person").order_by("joined_at", "created_at", "pk")
    return relationships.prefetch_related(Prefetch("memberships", members))


def has_answered(membership: Membership) -> bool:
    """Say whether a member has given their sealed answer; never which."""
    return ContactAnswer.objects.filter(membership=membership).exists()


def help_requests_in(relationship: Relationship) -> QuerySet[HelpRequest]:
    """Return what members asked the committee. Only for relationships the reader follows."""
    found = HelpRequest.objects.filter(membership__relationship=relationship)
    return found.select_related("membership__participant__person", "answered_by")


def ending_in_words(relationship: Relationship) -> str:
    """Say to the committee why a relationship ended, in the program's own words; empty where nothing was said."""
    reasons = {reason.id: str(reason.title) for reason in cohort_of(relationship).definition.relationship.early_end}
    return reasons.get(relationship.ending, "")
