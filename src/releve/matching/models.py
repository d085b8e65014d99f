"""Runs of the engine, and the decision behind each relationship."""

from django.conf import settings
from django.db import models

from releve.core.models import BaseModel
from releve.programs.models import Cohort
from releve.relationships.models import Relationship


class Run(BaseModel):
    """One execution of pairing: everything needed to get the same answer again."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="runs")
    number = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    problem = models.TextField()  # frozen inputs under run-local ids, in the engine's canonical form
    problem_digest = models.CharField(max_length=64)
    people = models.JSONField()  # run-local id -> participant id; an erased person's entry is removed
    engine_version = models.CharField(max_length=20)
    seed = models.CharField(max_length=40)
    result = models.TextField()  # pairs and their proof, byte for byte
    looked_back = models.JSONField(default=dict)  # what the committee reads of it: see looking_back.py
    replayable = models.BooleanField(default=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["cohort", "number"], name="one_run_per_number")]


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
