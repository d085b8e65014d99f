"""Data keys, in a database of their own.

The vault is never part of a data backup. A key that is destroyed here destroys every text
it sealed, in every old backup as well: see docs/security.md, "The vault".
"""

from django.db import models

from releve.core.models import BaseModel


class VaultKey(BaseModel):
    """One data key, wrapped by the newest wrapping key of the settings."""

    class Kind(models.TextChoices):
        PERSON = "person"  # opens what one person alone may read
        AUTHOR = "author"  # one author within one relationship
        RELATIONSHIP = "relationship"  # what members write together

    kind = models.CharField(max_length=12, choices=Kind)
    wrapped = models.BinaryField()
    wrapped_by = models.CharField(max_length=16, db_index=True)  # fingerprint of the wrapping key

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=["person", "author", "relationship"]), name="vault_key_kind_known")
        ]


class VaultState(BaseModel):
    """Which vault this is, and how often it changed: tells the newer of two copies of one vault."""

    changes = models.PositiveBigIntegerField(default=0)
    only = models.BooleanField(default=True, editable=False, unique=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(only=True), name="one_vault_state")]
