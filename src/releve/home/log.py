"""The log of a program in words: what staff did and read. What members do among themselves is not in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from releve.audit.models import Event
from releve.audit.queries import events_of_program, people_behind
from releve.people.models import Person
from releve.programs.models import Program
from releve.relationships.models import Relationship

WORDS: dict[str, Promise] = {
    "program.adopt": gettext_lazy("Adopted a program design"),
    "program.version": gettext_lazy("Saved a new version of the program"),
    "cohort.create": gettext_lazy("Prepared a cohort"),
    "cohort.dates": gettext_lazy("Changed the dates"),
    "cohort.settings": gettext_lazy("Changed the settings"),
    "cohort.version": gettext_lazy("Moved a cohort to another version"),
    "cohort.open": gettext_lazy("Opened a cohort"),
    "cohort.close": gettext_lazy("Closed a cohort"),
    "staff.appoint": gettext_lazy("Appointed someone"),
    "staff.end": gettext_lazy("Ended an appointment"),
    "import.start": gettext_lazy("Started an import"),
    "import.land": gettext_lazy("Finished an import"),
    "import.drop": gettext_lazy("Dropped an import"),
    "participant.add": gettext_lazy("Added someone by hand"),
    "participant.invite": gettext_lazy("Invited someone to confirm"),
    "participant.withdraw": gettext_lazy("Someone left the cohort"),
    "participants.export": gettext_lazy("Exported a list of people"),
    "pairing.run": gettext_lazy("Asked for suggestions"),
    "pairing_facts.read": gettext_lazy("Read what serves pairing alone"),
    "relationship.form": gettext_lazy("Prepared a pair"),
    "relationship.introduce": gettext_lazy("Introduced a pair"),
    "relationship.withdraw": gettext_lazy("Dropped a prepared pair"),
    "relationship.release": gettext_lazy("Released a pair"),
    "relationship.more_time": gettext_lazy("Gave a pair more time"),
    "relationship.help_answered": gettext_lazy("Answered a request for help"),
}


@dataclass(frozen=True)
class Line:
    """One thing that was done. `actor` is empty when the rules decided or the person has been erased."""

    at: datetime
    words: str
    actor: str


def events_for(program: Program, reader: Person):
    """Return the events of a program that its log shows, those about the reader's own pairs left out. Order: newest first."""
    own = list(Relationship.objects.filter(memberships__participant__person=reader).values_list("pk", flat=True))
    return events_of_program(program.pk).filter(verb__in=WORDS).exclude(object_id__in=own)


def lines_of(events: Iterable[Event]) -> list[Line]:
    """Say a page of events in words, with the names of who did them."""
    events = list(events)
    people = people_behind(events)
    names = {person.pk: person.name for person in Person.objects.filter(pk__in=set(people.values()))}
    return [Line(event.at, str(WORDS[event.verb]), _actor(event, people, names)) for event in events]


def _actor(event: Event, people: dict, names: dict) -> str:
    if event.actor is None:
        return _("The program’s rules")
    return names.get(people.get(event.actor), _("Someone whose account is erased"))
