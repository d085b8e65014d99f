"""How a cohort pairs, what the committee keeps or excludes, runs of the engine, and the decision behind each relationship."""

from django.conf import settings
from django.db import models

from releve.core.models import BaseModel
from releve.enrolment.models import Participant
from releve.programs.models import Cohort
from releve.relationships.models import Relationship


class Policy(BaseModel):
    """One version of how a cohort pairs, where the committee departs from the program's definition."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="policies")
    number = models.PositiveIntegerField()
    objective = models.CharField(max_length=30)
    weights = models.JSONField(default=dict)  # criterion id -> weight, 0 to 100
    rules_off = models.JSONField(default=list)  # ids of rules that do not apply
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["cohort", "number"], name="one_policy_per_number")]


class AdjustmentQuerySet(models.QuerySet):
    def standing(self) -> "AdjustmentQuerySet":
        return self.filter(undone_at__isnull=True)


class Adjustment(BaseModel):
    """Two people whom the committee keeps together in every run, or keeps apart, until it is undone."""

    class Kind(models.TextChoices):
        LOCK = "lock"
        FORBID = "forbid"

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="adjustments")
    kind = models.CharField(max_length=10, choices=Kind)
    mentee = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    mentor = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = AdjustmentQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mentee", "mentor"], condition=models.Q(undone_at__isnull=True), name="one_standing_adjustment_per_pair"
            ),
            models.CheckConstraint(condition=~models.Q(mentee=models.F("mentor")), name="adjustment_of_two"),
        ]


class RunQuerySet(models.QuerySet):
    def done(self) -> "RunQuerySet":
        return self.filter(state=Run.State.DONE)

    def under_way(self) -> "RunQuerySet":
        return self.filter(state__in=[Run.State.WAITING, Run.State.RUNNING])


class Run(BaseModel):
    """One execution of pairing: everything needed to get the same answer again.

    `stage`, `steps_done` and `steps` say how far a long one is.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        CANCELLED = "cancelled"
        FAILED = "failed"

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="runs")
    number = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    policy = models.ForeignKey(Policy, on_delete=models.SET_NULL, null=True, related_name="runs")  # none: the definition's own
    objective = models.CharField(max_length=30)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    stage = models.CharField(max_length=30, blank=True)
    steps_done = models.PositiveIntegerField(default=0)
    steps = models.PositiveIntegerField(default=0)
    faults = models.JSONField(default=list)  # codes and paths, where the engine refused the inputs
    finished_at = models.DateTimeField(null=True)
    problem = models.TextField()  # frozen inputs under run-local ids, in the engine's canonical form
    problem_digest = models.CharField(max_length=64)
    people = models.JSONField()  # run-local id -> participant id; an erased person's entry is removed
    engine_version = models.CharField(max_length=20)
    seed = models.CharField(max_length=40)
    result = models.TextField(blank=True)  # pairs and their proof, byte for byte
    looked_back = models.JSONField(default=dict)  # what the committee reads of it: see looking_back.py
    compared = models.JSONField(default=list)  # what each other objective would have given: see comparing.py
    replayable = models.BooleanField(default=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "number"], name="one_run_per_number"),
            models.CheckConstraint(condition=~models.Q(state="done") | ~models.Q(result=""), name="done_run_has_result"),
        ]


class Decision(BaseModel):
    """Who decided that a relationship should be, how, and why in their words. For those who pair."""

    class Origin(models.TextChoices):
        SUGGESTION = "suggestion"
        HAND = "hand"

    relationship = models.OneToOneField(Relationship, on_delete=models.CASCADE, related_name="decision")
    run = models.ForeignKey(Run, on_delete=models.SET_NULL, null=True, related_name="decisions")
    origin = models.CharField(max_length=10, choices=Origin)
    reason = models.TextField()
    score = models.PositiveSmallIntegerField(null=True)  # 0 to 100 of what was reachable for the mentee
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="decision_has_reason")]
