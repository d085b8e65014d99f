"""What readers mark."""

from django.db import transaction

from releve.people.models import Person
from releve.programs.models import Program

from .models import ReadMark


@transaction.atomic
def mark_read(person: Person, program: Program, document: str) -> ReadMark:
    """Mark a document as read, once. It helps its reader and gates nothing, so that no log is kept of it."""
    mark, _created = ReadMark.objects.get_or_create(person=person, program=program, document=document)
    return mark
