"""Who was asked what, and what they answered, kept as the survey's mode says."""

from django.db import models

from releve.core.models import BaseModel
from releve.programs.models import Cohort
from releve.questionnaires.models import Response
from releve.relationships.models import Membership


class Receipt(BaseModel):
    """A member was asked one survey about one relationship, and has answered or not."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="receipts")
    survey = models.CharField(max_length=60)  # survey id of the definition
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="receipts")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "membership"], name="one_receipt_per_survey")]


class SurveyResponse(BaseModel):
    """Answers to an identified survey: the definition chose that mode and its form says so."""

    receipt = models.OneToOneField(Receipt, on_delete=models.CASCADE, related_name="survey_response")
    response = models.OneToOneField(Response, on_delete=models.CASCADE, related_name="survey_response")
