"""Participants, their consents and wishes, and the spreadsheets they came from."""

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce, Least
from django.utils.translation import pgettext_lazy

from releve.core.models import BaseModel
from releve.people.roles import Permission
from releve.programs.models import Cohort
from releve.questionnaires.models import Response

ONE_PLACE = 1


class ParticipantQuerySet(models.QuerySet):
    def visible_to(self, person) -> "ParticipantQuerySet":
        """Their own places, and those of the cohorts whose registrations they may read."""
        return self.filter(Q(person=person) | Q(cohort__in=Cohort.objects.where_may(person, Permission.READ_REGISTRATIONS)))

    def of_person(self, person) -> "ParticipantQuerySet":
        """A person's own places."""
        return self.filter(person=person).select_related("cohort__version", "cohort__program", "registration", "person")

    def taking_part(self) -> "ParticipantQuerySet":
        return self.filter(state__in=[Participant.State.REGISTERED, Participant.State.WAITING])

    def confirmed(self) -> "ParticipantQuerySet":
        return self.taking_part().filter(confirmed_at__isnull=False)

    def with_capacity(self, cohort) -> "ParticipantQuerySet":
        """Annotate participants of one cohort with `capacity`: their places, for the database to compare."""
        limits = {role.id: place_limits(cohort, role.id) for role in cohort.definition.roles}
        by_role = [When(role=role, then=Least(Coalesce(F("seats"), default), most)) for role, (default, most) in limits.items()]
        return self.annotate(capacity=Case(*by_role, default=Value(ONE_PLACE)))


def place_limits(cohort: Cohort, role: str) -> tuple[int, int]:
    """Say how many partners somebody in a role can take at once if they offered no number, and at the most."""
    capacity = cohort.definition.role(role).capacity
    if capacity is None:
        return ONE_PLACE, ONE_PLACE
    return capacity.default, int(cohort.definition.value(capacity.most, cohort.settings))


class Participant(BaseModel):
    """A person in one role of one cohort, from the application on."""

    class State(models.TextChoices):
        STARTED = "started", pgettext_lazy("state of a registration", "Started")
        INVITED = "invited", pgettext_lazy("state of a registration", "Invited")
        REGISTERED = "registered", pgettext_lazy("state of a registration", "Registered")
        WAITING = "waiting", pgettext_lazy("state of a registration", "Waiting list")
        REFUSED = "refused", pgettext_lazy("state of a registration", "Not eligible")
        WITHDRAWN = "withdrawn", pgettext_lazy("state of a registration", "Withdrawn")

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="participants")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="participations")
    role = models.CharField(max_length=60)  # role id of the definition
    state = models.CharField(max_length=10, choices=State, default=State.STARTED)
    registration = models.OneToOneField(Response, on_delete=models.SET_NULL, null=True, blank=True, related_name="participant")
    source_id = models.CharField(max_length=80, blank=True)  # entry id in the file they came from
    invited_at = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(null=True)  # somebody invited took their answers in hand: a draft is theirs alone
    confirmed_at = models.DateTimeField(null=True)  # the person answered for themselves
    withdrawn_at = models.DateTimeField(null=True)
    withdrawal_reason = models.TextField(blank=True)  # written by staff who withdrew them; nobody gives one for themselves
    shown_answers = models.JSONField(default=list)  # questions "chosen" for the directory: none to begin with
    # Copied by `listing.refresh`, folded: no accents, no capitals. Never an answer that only those who pair may read.
    sort_name = models.CharField(max_length=200, blank=True)
    listed_as = models.CharField(max_length=500, blank=True)  # the name and address they were copied from
    listed_at = models.DateTimeField(null=True)
    search_text = models.TextField(blank=True)  # for those who read registrations
    sheet_text = models.TextField(blank=True)  # what the directory shows, and nothing else
    seats = models.PositiveSmallIntegerField(null=True)  # how many partners they offered to take, if they were asked

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cohort", "person", "role"], name="one_place_per_role"),
            models.UniqueConstraint(fields=["cohort", "source_id"], condition=~Q(source_id=""), name="one_place_per_source_entry"),
            models.CheckConstraint(condition=~Q(state="withdrawn") | Q(withdrawn_at__isnull=False), name="withdrawn_has_moment"),
        ]
        indexes = [models.Index(fields=["cohort", "role", "state"]), models.Index(fields=["cohort", "sort_name"])]

    def __str__(self) -> str:
        return f"{self.person} ({self.role})"

    @property
    def answers(self) -> dict:
        return self.registration.answers if self.registration_id else {}

    @property
    def given_answers(self) -> dict:
        """Answers that others may read: submitted, or imported and not yet taken in hand. A draft is nobody else's."""
        registration = self.registration
        if registration is None or not (registration.is_submitted or self.is_untouched):
            return {}
        return registration.answers

    @property
    def is_confirmed(self) -> bool:
        """Say whether this person answered for themselves and takes part."""
        return self.confirmed_at is not None and self.state in {self.State.REGISTERED, self.State.WAITING}

    @property
    def is_untouched(self) -> bool:
        """Say whether somebody else brought these answers in and the person has not begun to go through them."""
        return self.state == self.State.INVITED and self.begun_at is None

    @property
    def places(self) -> int:
        """How many partners of the other side this person can take at once. `with_capacity` asks the same of the database."""
        default, most = place_limits(self.cohort, self.role)
        return min(default if self.seats is None else self.seats, most)


class Facet(models.Model):
    """One coded answer of a registration, by which lists of people are narrowed. Copied by `listing.refresh`."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="facets")
    question = models.CharField(max_length=64)  # of the intake form
    value = models.CharField(max_length=64)
    shown = models.BooleanField(default=False)  # to other participants too, once the sheet is in the directory

    class Meta:
        constraints = [models.UniqueConstraint(fields=["participant", "question", "value"], name="one_facet_per_answer")]
        indexes = [models.Index(fields=["question", "value", "participant"])]


class ParticipantConsent(BaseModel):
    """One purpose a participant agreed to, with the very text they read."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=60)  # consent id of the definition
    text_digest = models.CharField(max_length=64)
    text = models.TextField()
    language = models.CharField(max_length=5)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participant", "purpose"], condition=Q(withdrawn_at__isnull=True), name="one_current_consent")
        ]


class SelfAssessment(BaseModel):
    """A readiness self-assessment. Sealed; stays with the person."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="self_assessments")
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=60)
    response = models.OneToOneField(Response, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "cohort", "role"], name="one_self_assessment_per_role")]


class Wish(BaseModel):
    """A participant somebody would like to be paired with. Read by those who pair."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="wishes")
    wished = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="wished_by")
    rank = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["participant", "wished"], name="one_wish_per_person"),
            models.UniqueConstraint(fields=["participant", "rank"], name="one_wish_per_rank"),
            models.CheckConstraint(condition=~Q(participant=models.F("wished")), name="wish_for_another"),
        ]


class Import(BaseModel):
    """One spreadsheet on its way in: uploaded, mapped, previewed, then landed or dropped."""

    class State(models.TextChoices):
        MAPPING = "mapping"  # its columns wait for their questions
        CHECKING = "checking"  # a long file, looked at in the background
        PREVIEW = "preview"
        LANDING = "landing"  # a long file, on its way in in the background
        LANDED = "landed"
        DROPPED = "dropped"

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="imports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    file_name = models.CharField(max_length=200)
    state = models.CharField(max_length=8, choices=State, default=State.MAPPING)
    columns = models.JSONField(default=list)  # header texts
    source = models.JSONField(default=dict)  # sheet, other sheets, row of the header
    mapping = models.JSONField(default=dict)  # column number -> question, and the role of everyone if no column says it
    revision = models.PositiveIntegerField(default=0)  # two tabs: what the older one shows does not land
    all_or_none = models.BooleanField(default=False)
    outcome = models.JSONField(default=dict)  # counts, and row numbers left behind with a code; no people's words
    ended_at = models.DateTimeField(null=True)


class ImportRow(BaseModel):
    """One filled row of a spreadsheet, until its import ends."""

    class Verdict(models.TextChoices):
        UNREAD = "", pgettext_lazy("what becomes of a row", "Not looked at yet")
        NEW = "new", pgettext_lazy("what becomes of a row", "Comes in")
        CHANGE = "change", pgettext_lazy("what becomes of a row", "Known, with other answers")
        KNOWN = "known", pgettext_lazy("what becomes of a row", "Known, nothing new")
        KEPT = "kept", pgettext_lazy("what becomes of a row", "Known, left as it is")
        MERGED = "merged", pgettext_lazy("what becomes of a row", "Same as another row")
        CHOICE = "choice", pgettext_lazy("what becomes of a row", "Choose between rows")
        ERROR = "error", pgettext_lazy("what becomes of a row", "To mend")
        EXCLUDED = "excluded", pgettext_lazy("what becomes of a row", "Left out")

    class Decision(models.TextChoices):
        NONE = ""
        INCLUDE = "include"  # although it was never submitted
        LEAVE = "leave"
        ACCEPT = "accept"  # take the other answers
        USE = "use"  # this one among several of the same person

    sheet = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()  # as a spreadsheet shows it
    cells = models.JSONField()  # as read
    corrections = models.JSONField(default=dict)  # column number -> what the coordinator wrote instead
    decision = models.CharField(max_length=8, choices=Decision, default=Decision.NONE, blank=True)
    verdict = models.CharField(max_length=8, choices=Verdict, default=Verdict.UNREAD, blank=True)
    remarked = models.BooleanField(default=False)  # there is something to read beside its cells
    notes = models.JSONField(default=list)  # what other rows and known people mean for this one: codes and row numbers

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["sheet", "number"], name="one_row_per_number")]
        indexes = [models.Index(fields=["sheet", "verdict"])]


class ColumnMapping(BaseModel):
    """How a program read a file with these columns last time."""

    program = models.ForeignKey("programs.Program", on_delete=models.CASCADE, related_name="+")
    signature = models.CharField(max_length=64)  # digest of the header texts
    mapping = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["program", "signature"], name="one_mapping_per_header")]
