"""Who did what, without foreign keys, so that history never blocks an erasure.

People appear under a random code. The table that tells whose code it is stands apart and
outside the chain: erasing its row makes the history speak of nobody.
"""

import hashlib
import json
import uuid
from datetime import UTC

from django.db import models
from django.utils import timezone


class SubjectCode(models.Model):
    """Whose code it is. Erased with the person."""

    code = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_id = models.UUIDField(unique=True)


class Event(models.Model):
    """One thing that was done or read. Never changed.

    The tick gives each event its place in a chain and a digest of itself and of all before it,
    so that what is altered or removed later shows. Places follow the order in which events were
    first seen: a transaction that commits late is chained late.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)
    verb = models.CharField(max_length=60, db_index=True)  # "relationship.accept"
    actor = models.UUIDField(null=True)  # SubjectCode.code; empty when the rules decided
    subject = models.UUIDField(null=True, db_index=True)  # the person concerned, if one is
    object_type = models.CharField(max_length=40)
    object_id = models.UUIDField(null=True)
    program_id = models.UUIDField(null=True, db_index=True)
    facts = models.JSONField(default=dict)  # counts, codes, dates; never people's words
    place = models.BigIntegerField(null=True, unique=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(place__isnull=True, digest="") | models.Q(place__isnull=False) & ~models.Q(digest=""),
                name="event_digest_has_place",
            )
        ]

    def digest_after(self, before: str) -> str:
        """Compute the digest of this event at its place, after the one before it."""
        said = [
            before,
            self.pk,
            self.place,
            self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            self.verb,
            *(str(code or "") for code in (self.actor, self.subject)),
            self.object_type,
            *(str(code or "") for code in (self.object_id, self.program_id)),
            self.facts,
        ]
        return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
