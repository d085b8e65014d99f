"""Relationships: who is in them, in which state, and how they came to it.

A relationship is a set of members with a role each, never two columns. Its moves stand in
`lifecycle.py`; only `actions.py` writes its state.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from releve.core.models import BaseModel
from releve.core.sealed import SealedField
from releve.enrolment.models import Participant
from releve.people.roles import Permission
from releve.programs.models import Cohort, Program


class State(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("state of a relationship", "Prepared")
    INTRODUCED = "introduced", pgettext_lazy("state of a relationship", "Introduced")
    ACCEPTED = "accepted", pgettext_lazy("state of a relationship", "Suits all")
    CONFIRMED = "confirmed", pgettext_lazy("state of a relationship", "Confirmed")
    PAUSED = "paused", pgettext_lazy("state of a relationship", "Paused")
    ENDED = "ended", pgettext_lazy("state of a relationship", "Ended early")
    COMPLETED = "completed", pgettext_lazy("state of a relationship", "Completed")
    DISSOLVED = "dissolved", pgettext_lazy("state of a relationship", "Did not form")


OPEN_STATES = frozenset({State.PROPOSED, State.INTRODUCED, State.ACCEPTED, State.CONFIRMED, State.PAUSED})
LIVE_STATES = OPEN_STATES - {State.PROPOSED}  # its members know about it
WORKING_STATES = frozenset({State.ACCEPTED, State.CONFIRMED, State.PAUSED})


class RelationshipQuerySet(models.QuerySet):
    def of_member(self, person) -> "RelationshipQuerySet":
        """Relationships this person is or was a member of, and has been told about."""
        mine = Membership.objects.filter(participant__person=person).values("relationship")
        return self.filter(pk__in=mine).exclude(state=State.PROPOSED).exclude(never_introduced=True)

    def followed_by(self, person) -> "RelationshipQuerySet":
        """Relationships whose state this person follows for the program, their own excepted.

        Staff who take part are members in their own relationships, nothing more.
        """
        mine = Membership.objects.filter(participant__person=person).values("relationship")
        return self.filter(program__in=Program.objects.where_may(person, Permission.FOLLOW_PAIRS)).exclude(pk__in=mine)

    def visible_to(self, person) -> "RelationshipQuerySet":
        return self.filter(Q(pk__in=self.model.objects.of_member(person)) | Q(pk__in=self.model.objects.followed_by(person)))

    def still_open(self) -> "RelationshipQuerySet":
        return self.filter(state__in=OPEN_STATES)


class Relationship(BaseModel):
    """Two people or a group who work together in one program."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="relationships")
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    joint_key = models.UUIDField(null=True, editable=False)  # data key of what members write together
    language = models.CharField(max_length=5, choices=settings.LANGUAGES, blank=True)  # working language
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="sub_pairs")
    follows = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="followed_by")
    never_introduced = models.BooleanField(default=False)  # withdrawn before its members were told
    introduced_at = models.DateTimeField(null=True)
    answer_by = models.DateTimeField(null=True)  # when "suits me" answers are read at the latest
    accepted_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=40, blank=True)  # id of the definition's early-end reason, or "term"
    continues = models.BooleanField(default=False)  # goes on by itself after the program's record closed

    objects = RelationshipQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[s.value for s in State]), name="relationship_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=["ended", "completed", "dissolved"]) | Q(ended_at__isnull=False),
                name="relationship_end_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=models.F("created_at")),
                name="relationship_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["confirmed", "paused"]) | Q(confirmed_at__isnull=False),
                name="relationship_confirmed_has_moment",
            ),
        ]
        indexes = [models.Index(fields=["program", "state"])]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


class Term(BaseModel):
    """The part of a relationship that falls in one cohort."""

    relationship = models.ForeignKey(Relationship, on_delete=models.CASCADE, related_name="terms")
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="terms")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["relationship", "cohort"], name="one_term_per_cohort")]


class Membership(BaseModel):
    """A participant in a relationship, from joining to leaving."""

    relationship = models.ForeignKey(Relationship, on_delete=models.CASCADE, related_name="memberships")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=60)
    author_key = models.UUIDField(null=True, editable=False)  # data key of what this member writes alone here
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    @property
    def role_name(self) -> str:
        """Name the role in the reader's language, as the program calls it."""
        return str(self.participant.cohort.definition.role(self.role).name)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["relationship", "participant"], condition=Q(left_at__isnull=True), name="one_current_membership"
            ),
            models.CheckConstraint(condition=Q(left_at__isnull=True) | Q(left_at__gte=models.F("joined_at")), name="left_after_joined"),
        ]


class StateChange(BaseModel):
    """One move of a relationship. `by` is empty when the rules decided."""

    relationship = models.ForeignKey(Relationship, on_delete=models.CASCADE, related_name="changes")
    move = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=State)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["created_at"]


class ContactAnswer(BaseModel):
    """Whether the pairing suits one member. Sealed, read once by the rules, then destroyed."""

    membership = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="contact_answer")
    key = models.UUIDField(editable=False)
    suits = SealedField(key="key")  # 1 or 0: both seal to the same length


class NotAgain(BaseModel):
    """Two people whom the machine must not suggest to each other again. Undirected, unexplained."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    one = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")  # one.pk < other.pk

    class Meta:
        constraints = [models.UniqueConstraint(fields=["program", "one", "other"], name="one_not_again_per_two")]


class Requirement(BaseModel):
    """A fact that a higher room pushed down and that a move waits for, such as a signature."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="requirements")
    key = models.CharField(max_length=80)  # "sign:commitment"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["membership", "key"], name="one_requirement_per_member")]


class HelpRequest(BaseModel):
    """A member asks the committee for help. The partner is not told.

    Read by the committee, those who are members of this relationship excepted.
    """

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="help_requests")
    contact = models.CharField(max_length=60)  # contact id of the definition
    text = models.TextField()
    spoke_first = models.BooleanField(default=False)  # says they talked with the partner before
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ["-created_at"]
