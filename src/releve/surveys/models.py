"""Who was asked what, and what they answered, kept as the survey's mode says."""

from django.db import models

from releve.core.models import BaseModel
from releve.programs.models import Cohort
from releve.questionnaires.models import Response
from releve.relationships.models import Membership


class ReceiptQuerySet(models.QuerySet):
    def visible_to(self, person) -> "ReceiptQuerySet":
        """What a person was asked themselves."""
        return self.filter(membership__participant__person=person)

    def about_others_than(self, person) -> "ReceiptQuerySet":
        """Leave out every relationship this person is or was in: staff who take part read nothing about their own."""
        mine = Membership.objects.filter(participant__person=person).values("relationship")
        return self.exclude(membership__relationship__in=mine)


class Receipt(BaseModel):
    """A member was asked one survey about one relationship, and has answered or not."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="receipts")
    survey = models.CharField(max_length=60)  # survey id of the definition
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="receipts")
    answered_at = models.DateTimeField(null=True)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "membership"], name="one_receipt_per_survey")]
        indexes = [models.Index(fields=["cohort", "survey", "answered_at"])]


class SurveyResponse(BaseModel):
    """Answers to an identified survey: the definition chose that mode and its form says so."""

    receipt = models.OneToOneField(Receipt, on_delete=models.CASCADE, related_name="survey_response")
    response = models.OneToOneField(Response, on_delete=models.CASCADE, related_name="survey_response")
