"""What every row of the house has in common."""

import uuid

from django.db import models
from django.utils import timezone


class BaseModel(models.Model):
    """A row with an unguessable identity and the moment it was made.

    Identities are random so that an address never tells how many rows there are, and so
    that sealed text can be bound to its row before the row is saved (see `core.sealed`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True


class KeyToDestroy(models.Model):
    """A data key that must go from the vault, decided in the same transaction as the rows it sealed.

    The two databases cannot commit together: this row is the decision, `vault.keys` carries it out.
    """

    key_id = models.UUIDField(primary_key=True)
    decided_at = models.DateTimeField(default=timezone.now)
