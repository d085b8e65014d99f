"""What people have read. A mark helps; it never gates."""

from django.conf import settings
from django.db import models

from releve.core.models import BaseModel
from releve.programs.models import Program


class ReadMark(BaseModel):
    """A person marked one document of a program as read."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="read_marks")
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    document = models.CharField(max_length=60)  # document id of the definition

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "program", "document"], name="one_read_mark")]
