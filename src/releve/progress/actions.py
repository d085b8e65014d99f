"""What a person puts off."""

from datetime import datetime

from releve.people.models import Person

from .models import Snooze
from .next_action import actions_for


def put_off(person: Person, action: str, *, until: datetime) -> None:
    """Hide one of a person's own next actions until a moment; anything else is ignored."""
    if action in {known.key for known in actions_for(person, until)}:
        Snooze.objects.update_or_create(person=person, action=action, defaults={"until": until})
