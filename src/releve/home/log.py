"""The log of a program in words: what staff did and read. What members do among themselves is not in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from releve.audit.models import Event
from releve.audit.queries import events_of_program, people_behind
from releve.enrolment.models import Import, Participant
from releve.people.models import Person
from releve.people.roles import Permission
from releve.programs.models import Cohort, Program
from releve.relationships.models import Relationship
from releve.relationships.queries import with_members

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


AT_ONCE = timedelta(minutes=1)  # a pair formed and introduced by one click is one thing done


@dataclass(frozen=True)
class About:
    """What something was done to, and the page where the reader may open it."""

    name: str
    url: str


@dataclass(frozen=True)
class Line:
    """One thing that was done. `actor` is empty when the rules decided or the person has been erased."""

    at: datetime
    words: str
    actor: str
    about: About | None = None


def events_for(program: Program, reader: Person):
    """Return the events of a program that its log shows, those about the reader's own pairs left out. Order: newest first."""
    own = list(Relationship.objects.filter(memberships__participant__person=reader).values_list("pk", flat=True))
    return events_of_program(program.pk).filter(verb__in=WORDS).exclude(object_id__in=own)


def lines_of(events: Iterable[Event], reader: Person) -> list[Line]:
    """Say a page of events in words, with the names of who did them and, where the reader may open it, of what they did it to."""
    shown = _done_at_once(list(events))
    people = people_behind(shown)
    names = {person.pk: person.name for person in Person.objects.filter(pk__in=set(people.values()))}
    about = _about(shown, reader)
    return [Line(event.at, str(WORDS[event.verb]), _actor(event, people, names), about.get(event.object_id)) for event in shown]


def _done_at_once(events: list[Event]) -> list[Event]:
    """Leave out the preparing of a pair that the same click introduced."""
    introduced = {(event.object_id, event.actor): event.at for event in events if event.verb == "relationship.introduce"}

    def repeats(event: Event) -> bool:
        after = introduced.get((event.object_id, event.actor))
        return event.verb == "relationship.form" and after is not None and after - event.at <= AT_ONCE

    return [event for event in events if not repeats(event)]


def _about(events: list[Event], reader: Person) -> dict[UUID | None, About]:
    """Name the pairs, people, cohorts and files that the reader may open, in one query each."""
    ids = {event.object_id for event in events if event.object_id}
    pairs = with_members(Relationship.objects.followed_by(reader).filter(pk__in=ids))
    places = Participant.objects.visible_to(reader).exclude(person=reader).filter(pk__in=ids).select_related("person")
    cohorts = Cohort.objects.staffed_by(reader).filter(pk__in=ids)
    files = Import.objects.filter(pk__in=ids, cohort__in=Cohort.objects.where_may(reader, Permission.IMPORT_PEOPLE))
    found: dict[UUID | None, About] = {}
    for pair in pairs:
        members = " · ".join(membership.participant.person.name for membership in pair.memberships.all())
        found[pair.pk] = About(members, reverse("relationships:follow_relationship", args=[pair.pk]))
    for place in places:
        found[place.pk] = About(place.person.name, reverse("enrolment:show_participant", args=[place.pk]))
    for cohort in cohorts:
        found[cohort.pk] = About(str(cohort.name), reverse("home:show_board", args=[cohort.pk]))
    for sheet in files:
        found[sheet.pk] = About(sheet.file_name, reverse("enrolment:import_rows", args=[sheet.cohort_id, sheet.pk]))
    return found


def _actor(event: Event, people: dict, names: dict) -> str:
    if event.actor is None:
        return _("The program’s rules")
    return names.get(people.get(event.actor), _("Someone whose account is erased"))
