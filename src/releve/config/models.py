"""Signs of life of the processes that keep an installation going."""

from django.db import models


class Beat(models.Model):
    """When something was last alive: "worker:<id>" or "tick"."""

    name = models.CharField(max_length=80, primary_key=True)
    at = models.DateTimeField(db_index=True)
