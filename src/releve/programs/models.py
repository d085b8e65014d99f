"""Programs as the organization runs them: versions of a definition, cohorts, and who is appointed."""

from datetime import date
from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models import Exists
from django.utils.translation import pgettext_lazy

from releve.core.bilingual import BilingualField
from releve.core.models import BaseModel
from releve.people.roles import ALLOWED, Duty, Permission

from .calendar import CohortCalendar
from .definition import Definition
from .loading import load_frozen


class ProgramQuerySet(models.QuerySet):
    def public(self) -> "ProgramQuerySet":
        """Programs that opened a cohort at least once."""
        return self.filter(Exists(Cohort.objects.public().filter(program=models.OuterRef("pk"))))

    def visible_to(self, person) -> "ProgramQuerySet":
        """Public programs, and for those who run them their own before they open."""
        if not person.is_authenticated:
            return self.public()
        own = Appointment.objects.current().filter(person=person, program=models.OuterRef("pk"))
        return self.filter(Exists(Cohort.objects.public().filter(program=models.OuterRef("pk"))) | Exists(own))

    def staffed_by(self, person) -> "ProgramQuerySet":
        """Programs in which this person has an appointment today."""
        return self.filter(appointments__in=Appointment.objects.current().filter(person=person)).distinct()

    def where_may(self, person, permission: Permission) -> "ProgramQuerySet":
        duties = [duty for duty, allowed in ALLOWED.items() if permission in allowed]
        return self.filter(appointments__in=Appointment.objects.current().filter(person=person, duty__in=duties)).distinct()


class Program(BaseModel):
    """An organization's own program."""

    slug = models.SlugField(max_length=60, unique=True)
    name = BilingualField()

    objects = ProgramQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.name)


class Version(BaseModel):
    """An immutable state of a program's definition."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    frozen = models.TextField()  # canonical JSON of the resolved definition, found sound when it was saved
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["program", "-number"]
        constraints = [models.UniqueConstraint(fields=["program", "number"], name="one_version_per_number")]

    @cached_property
    def definition(self) -> Definition:
        return load_frozen(self.frozen)


class CohortQuerySet(models.QuerySet):
    def public(self) -> "CohortQuerySet":
        return self.filter(state__in=[Cohort.State.OPEN, Cohort.State.CLOSED])

    def where_may(self, person, permission: Permission) -> "CohortQuerySet":
        return self.filter(program__in=Program.objects.where_may(person, permission))

    def staffed_by(self, person) -> "CohortQuerySet":
        return self.filter(program__in=Program.objects.staffed_by(person))


class Cohort(BaseModel):
    """One run of a program, pinned to a version."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("state of a cohort", "In preparation")
        OPEN = "open", pgettext_lazy("state of a cohort", "Open")
        CLOSED = "closed", pgettext_lazy("state of a cohort", "Closed")

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="cohorts")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="cohorts")
    slug = models.SlugField(max_length=60)
    name = BilingualField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    dates = models.JSONField(default=dict, blank=True)  # calendar id -> ISO date chosen by the coordinator
    settings = models.JSONField(default=dict, blank=True)  # setting id -> value
    revision = models.PositiveIntegerField(default=0)  # moves on when name, dates or settings are saved
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects = CohortQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["program", "slug"], name="one_cohort_per_address"),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gt=models.F("starts_on")),
                name="cohort_ends_after_it_starts",
            ),
            models.CheckConstraint(condition=models.Q(state__in=["draft", "open", "closed"]), name="cohort_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.program} · {self.name}"

    @property
    def definition(self) -> Definition:
        return self.version.definition

    @property
    def calendar(self) -> CohortCalendar:
        """Named dates of this cohort, those the coordinator moved included."""
        return CohortCalendar(self.definition, starts_on=self.starts_on, ends_on=self.ends_on, chosen=self.dates)

    def setting(self, setting_id: str):
        return self.definition.setting(setting_id, self.settings)

    def is_registering(self, today: date) -> bool:
        opens, closes = self.calendar.get("registration_opens"), self.calendar.get("registration_closes")
        return self.state == self.State.OPEN and (opens is None or opens <= today) and (closes is None or today <= closes)


class AppointmentQuerySet(models.QuerySet):
    def current(self) -> "AppointmentQuerySet":
        return self.filter(ended_at__isnull=True)


class Appointment(BaseModel):
    """A duty that the organization gave a person in one program."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="appointments")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="appointments")
    duty = models.CharField(max_length=12, choices=[(d.value, d.value) for d in Duty])
    ended_at = models.DateTimeField(null=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["program", "person", "duty"], condition=models.Q(ended_at__isnull=True), name="one_current_duty"
            ),
            models.CheckConstraint(condition=models.Q(duty__in=["coordinator", "committee", "reader"]), name="appointment_duty_known"),
        ]
