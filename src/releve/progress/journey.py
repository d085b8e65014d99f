"""Where a person stands: facts of the rooms below, gathered once, in a constant number of queries."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from releve.enrolment.models import Participant, SelfAssessment, Wish
from releve.library.models import ReadMark
from releve.meetings.models import Attendance, Meeting
from releve.people.models import Person
from releve.programs.definition import Definition
from releve.programs.models import Cohort
from releve.relationships.models import LIVE_STATES, ContactAnswer, Membership, Relationship, State
from releve.surveys.models import Receipt
from releve.surveys.queries import is_open
from releve.workspace.models import Goal, JointPage, Signature


@dataclass(frozen=True)
class Shared:
    """What has happened in one relationship, seen by one of its members."""

    membership: Membership
    partners: tuple[Membership, ...]
    has_answered: bool = False
    signed: frozenset[str] = frozenset()  # documents this member signed
    signed_by_others: frozenset[str] = frozenset()
    goals: int = 0
    joint_done: frozenset[str] = frozenset()  # tasks
    meetings: tuple[Meeting, ...] = ()
    unconfirmed: tuple[Attendance, ...] = ()
    receipts: tuple[Receipt, ...] = ()

    @property
    def relationship(self) -> Relationship:
        return self.membership.relationship

    @property
    def state(self) -> State:
        return State(self.relationship.state)

    @property
    def is_over(self) -> bool:
        return not self.relationship.is_open

    def receipts_owed(self, today: date) -> list[Receipt]:
        """List the evaluations that wait for this member and still take answers."""
        return [receipt for receipt in self.receipts if not receipt.answered_at and is_open(receipt, today)]

    @property
    def partner_names(self) -> list[str]:
        return [partner.participant.person.short_name for partner in self.partners]


@dataclass(frozen=True)
class Journey:
    """One participation, and at most one relationship in it."""

    participant: Participant
    shared: Shared | None
    assessed: bool
    read: frozenset[str]
    wishes: int
    today: date
    now: datetime

    @property
    def definition(self) -> Definition:
        return self.participant.cohort.definition

    @property
    def is_closed(self) -> bool:
        return self.participant.cohort.state == Cohort.State.CLOSED

    @property
    def lives(self) -> bool:
        """Say whether this is a relationship that goes on, in a cohort that does."""
        return self.shared is not None and self.shared.state in LIVE_STATES and not self.is_closed

    def day(self, relative) -> date | None:
        """Resolve a date of the definition for this participant; None where it hangs on what has not happened."""
        relationship = self.shared.relationship if self.shared else None
        anchors = {
            "paired_on": _day(relationship.introduced_at) if relationship else None,
            "confirmed_on": _day(relationship.confirmed_at) if relationship else None,
        }
        return self.participant.cohort.calendar.resolve(relative, answers=self.participant.answers, **anchors)


@dataclass
class _Gathered:
    """Rows by membership or relationship, as they come out of the database."""

    answered: set[UUID] = field(default_factory=set)
    signatures: list[Signature] = field(default_factory=list)
    goals: dict[UUID, int] = field(default_factory=lambda: defaultdict(int))
    joint: dict[UUID, set[str]] = field(default_factory=lambda: defaultdict(set))
    meetings: dict[UUID, list[Meeting]] = field(default_factory=lambda: defaultdict(list))
    unconfirmed: dict[UUID, list[Attendance]] = field(default_factory=lambda: defaultdict(list))
    receipts: dict[UUID, list[Receipt]] = field(default_factory=lambda: defaultdict(list))


def journeys_of(person: Person, now: datetime) -> list[Journey]:
    """Return every journey of a person, newest cohort first; one per relationship, or one without."""
    facts = _facts_of(person)
    return [facts.journey(place, one, now) for place in facts.places for one in _of(place, facts.shared, timezone.localdate(now))]


def journey_in(relationship: Relationship, person: Person, now: datetime) -> Journey | None:
    """Return a person's journey in one relationship, also where a newer one has taken its place."""
    facts = _facts_of(person)
    shared = next((one for one in facts.shared if one.relationship.pk == relationship.pk), None)
    if shared is None:
        return None
    place = next(place for place in facts.places if place.pk == shared.membership.participant_id)
    return facts.journey(place, shared, now)


def places_in_words(journeys: Sequence[Journey]) -> list[str]:
    """Say for each journey which one it is, as far as others that go on could be meant: role, year, partner."""
    going_on = [journey for journey in journeys if not journey.is_closed]
    roles = {journey.participant.role for journey in going_on}
    cohorts = {journey.participant.cohort_id for journey in going_on}
    programs = {journey.participant.cohort.program_id for journey in going_on}
    together = Counter(journey.participant.pk for journey in going_on)
    words = []
    for journey in journeys:
        place = journey.participant
        parts = [str(journey.definition.role(place.role).name)] if len(roles) > 1 else []
        parts += [str(place.cohort.program.name)] if len(programs) > 1 else []
        parts += [str(place.cohort.name)] if len(cohorts) > 1 or (journey.is_closed and going_on) else []
        parts += journey.shared.partner_names if journey.shared and together[place.pk] > 1 else []
        words.append(" · ".join(parts))
    return words


@dataclass(frozen=True)
class _Facts:
    """What is known of a person in all their places."""

    places: list[Participant]
    shared: list[Shared]
    assessed: set[tuple[UUID, str]]
    read: dict[UUID, set[str]]
    wishes: dict[UUID, int]

    def journey(self, place: Participant, shared: Shared | None, now: datetime) -> Journey:
        return Journey(
            participant=place,
            shared=shared,
            assessed=(place.cohort_id, place.role) in self.assessed,
            read=frozenset(self.read[place.cohort.program_id]),
            wishes=self.wishes[place.pk],
            today=timezone.localdate(now),
            now=now,
        )


def _facts_of(person: Person) -> _Facts:
    participants = list(
        person.participations.exclude(state=Participant.State.WITHDRAWN)
        .select_related("cohort__program", "cohort__version", "registration", "person")
        .order_by("-cohort__starts_on", "role")
    )
    memberships = list(
        Membership.objects.filter(participant__in=participants, relationship__never_introduced=False)
        .exclude(relationship__state__in=[State.PROPOSED, State.DISSOLVED])
        .select_related("relationship__program", "participant__person", "participant__cohort")
        .order_by("-joined_at")
    )
    read: dict[UUID, set[str]] = defaultdict(set)
    for program, document in ReadMark.objects.filter(person=person).values_list("program", "document"):
        read[program].add(document)
    wishes: dict[UUID, int] = defaultdict(int)
    for participant in Wish.objects.filter(participant__in=participants).values_list("participant", flat=True):
        wishes[participant] += 1
    assessed = SelfAssessment.objects.filter(person=person, response__submitted_at__isnull=False)
    return _Facts(participants, _shared(memberships), set(assessed.values_list("cohort", "role")), read, wishes)


def _of(participant: Participant, shared: list[Shared], today: date) -> list[Shared | None]:
    """Return what a participant's thread follows: relationships that live, else the newest that ended; and those to evaluate yet."""
    mine = [one for one in shared if one.membership.participant_id == participant.pk]
    living = [one for one in mine if one.state in LIVE_STATES]
    ended = [one for one in mine if one.state not in LIVE_STATES]
    owing = [one for one in ended[0 if living else 1 :] if one.receipts_owed(today)]
    waiting_again = bool(ended) and not living and ended[0].state == State.ENDED
    return [*(living or ended[:1]), *owing, *([None] if waiting_again or not mine else [])]


def _shared(memberships: list[Membership]) -> list[Shared]:
    relationships = [membership.relationship_id for membership in memberships]
    partners = defaultdict(list)
    everyone = Membership.objects.filter(relationship__in=relationships, left_at__isnull=True)
    for row in everyone.select_related("participant__person", "participant__cohort__version").order_by("joined_at"):
        partners[row.relationship_id].append(row)
    rows = _gather(memberships, relationships)
    return [
        Shared(
            membership=membership,
            partners=tuple(row for row in partners[membership.relationship_id] if row.pk != membership.pk),
            has_answered=membership.pk in rows.answered,
            signed=frozenset(s.agreement.document for s in rows.signatures if s.membership_id == membership.pk),
            signed_by_others=frozenset(
                s.agreement.document
                for s in rows.signatures
                if s.membership_id != membership.pk and s.agreement.relationship_id == membership.relationship_id
            ),
            goals=rows.goals[membership.relationship_id],
            joint_done=frozenset(rows.joint[membership.relationship_id]),
            meetings=tuple(rows.meetings[membership.relationship_id]),
            unconfirmed=tuple(rows.unconfirmed[membership.pk]),
            receipts=tuple(rows.receipts[membership.pk]),
        )
        for membership in memberships
    ]


def _gather(memberships: list[Membership], relationships: list[UUID]) -> _Gathered:
    rows = _Gathered()
    rows.answered = set(ContactAnswer.objects.filter(membership__in=memberships).values_list("membership", flat=True))
    signatures = Signature.objects.standing().filter(agreement__relationship__in=relationships).select_related("agreement")
    rows.signatures = list(signatures.defer("name"))
    for relationship in Goal.objects.filter(relationship__in=relationships).values_list("relationship", flat=True):
        rows.goals[relationship] += 1
    done = JointPage.objects.filter(relationship__in=relationships, done_at__isnull=False)
    for relationship, task in done.values_list("relationship", "task"):
        rows.joint[relationship].add(task)
    meetings = Meeting.objects.filter(relationship__in=relationships).defer("place", "notes", "agenda")
    for meeting in meetings.order_by("starts_at"):
        rows.meetings[meeting.relationship_id].append(meeting)
    waiting = Attendance.objects.filter(membership__in=memberships, confirmed_at__isnull=True)
    for attendance in waiting.select_related("meeting").order_by("meeting__starts_at"):
        rows.unconfirmed[attendance.membership_id].append(attendance)
    asked = Receipt.objects.filter(membership__in=memberships).select_related("cohort__version")
    for receipt in asked.order_by("created_at"):
        rows.receipts[receipt.membership_id].append(receipt)
    return rows


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None
