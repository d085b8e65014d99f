"""What the members of a relationship write together, sealed for them alone."""

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import pgettext_lazy

from releve.core.models import BaseModel
from releve.core.sealed import SealedField
from releve.relationships.models import Membership, Relationship


class Agreement(BaseModel):
    """A document of the definition as its members sign it. A changed text is a new row and asks for new signatures."""

    relationship = models.ForeignKey(Relationship, on_delete=models.CASCADE, related_name="agreements")
    document = models.CharField(max_length=60)  # document id of the definition
    number = models.PositiveIntegerField(default=1)  # version of the text within this relationship
    joint_key = models.UUIDField(editable=False)
    text = SealedField(key="joint_key")  # {"fr": …, "en": …, "additions": …}; never changed

    class Meta:
        constraints = [models.UniqueConstraint(fields=["relationship", "document", "number"], name="one_agreement_per_number")]


class SignatureQuerySet(models.QuerySet):
    def standing(self) -> "SignatureQuerySet":
        """Signatures under the newest text of their document; a text changed later leaves older ones behind."""
        newer = Agreement.objects.filter(
            relationship=OuterRef("agreement__relationship"),
            document=OuterRef("agreement__document"),
            number__gt=OuterRef("agreement__number"),
        )
        return self.exclude(Exists(newer))


class Signature(BaseModel):
    """One member's signature under one version of an agreement, in the language they read."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="signatures")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="signatures")
    joint_key = models.UUIDField(editable=False)
    name = SealedField(key="joint_key")  # as typed when signing
    language = models.CharField(max_length=5)
    digest = models.CharField(max_length=64)  # keyed: see `integrity.py`
    signed_at = models.DateTimeField()

    objects = SignatureQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "membership"], name="one_signature_per_member")]


class GoalQuerySet(models.QuerySet):
    def visible_to(self, person) -> "GoalQuerySet":
        """Goals of the relationships this person is or was a member of."""
        return self.filter(relationship__in=Relationship.objects.of_member(person))


class Goal(BaseModel):
    """One goal of the worksheet."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("state of a goal", "In progress")
        REACHED = "reached", pgettext_lazy("state of a goal", "Reached")
        PARTLY = "partly", pgettext_lazy("state of a goal", "Partly reached")
        DROPPED = "dropped", pgettext_lazy("state of a goal", "Set aside")

    relationship = models.ForeignKey(Relationship, on_delete=models.CASCADE, related_name="goals")
    joint_key = models.UUIDField(editable=False)
    content = SealedField(key="joint_key")  # answers to the goal form: see `goal_form.py`
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    revision = models.PositiveIntegerField(default=0)

    objects = GoalQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]


class JointPage(BaseModel):
    """A form that members fill together: the checklist of expectations, the closing reflection."""

    relationship = models.ForeignKey(Relationship, on_delete=models.CASCADE, related_name="joint_pages")
    task = models.CharField(max_length=60)  # task id of the definition
    form_digest = models.CharField(max_length=64)  # questionnaires.FormVersion.digest
    joint_key = models.UUIDField(editable=False)
    answers = SealedField(key="joint_key")
    revision = models.PositiveIntegerField(default=0)  # a save that met a newer one shows both
    changed_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["relationship", "task"], name="one_joint_page_per_task")]
