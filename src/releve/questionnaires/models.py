"""Published questionnaires and the answers that point at them."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models

from releve.core.models import BaseModel
from releve.core.sealed import SealedField

from .definition import Form

PARSED_MOST = 256
_parsed: dict[str, Form] = {}  # by digest: what a digest names never changes


class FormVersion(BaseModel):
    """A questionnaire as it stood when somebody first answered it. Never changed."""

    form_id = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)  # of the canonical definition
    definition = models.JSONField()

    @cached_property
    def form(self) -> Form:
        """The questionnaire itself; read once however many answers point at it."""
        if self.digest not in _parsed:
            if len(_parsed) >= PARSED_MOST:
                _parsed.clear()
            _parsed[self.digest] = Form.model_validate(self.definition)
        return _parsed[self.digest]


class Response(BaseModel):
    """One set of answers: a draft until `submitted_at`.

    Answers to forms that one person or one relationship alone may read are sealed from the
    first keystroke saved; the others are plain. Exactly one of the two columns is in use.
    """

    form = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="responses")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="responses")
    visibility = models.CharField(max_length=12)
    key = models.UUIDField(null=True, editable=False)  # data key in the vault
    sealed_answers = SealedField(key="key")
    plain_answers = models.JSONField(null=True)
    revision = models.PositiveIntegerField(default=0)  # two tabs: the older one is told
    saved_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(key__isnull=True, sealed_answers__isnull=True) | models.Q(key__isnull=False, plain_answers__isnull=True),
                name="response_sealed_or_plain",
            )
        ]

    @property
    def answers(self) -> dict[str, Any]:
        """Answers by question id; empty when none, or when their key was destroyed."""
        return (self.sealed_answers if self.key else self.plain_answers) or {}

    @answers.setter
    def answers(self, value: dict[str, Any]) -> None:
        if self.key:
            self.sealed_answers = value
        else:
            self.plain_answers = value

    @property
    def is_submitted(self) -> bool:
        return self.submitted_at is not None
