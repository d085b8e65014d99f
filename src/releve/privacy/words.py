"""What is held about a person, in words and counts, with who reads it and how long it is kept."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from releve.core.visibility import Visibility
from releve.people.models import Person

from .holdings import rows_of


@dataclass(frozen=True)
class Held:
    """One kind of thing that is kept. `count` rows of it."""

    label: str
    count: int
    reads: Visibility


def held_in_words(person: Person) -> list[Held]:
    """List what is held about a person, what there is none of left out."""
    kinds = [
        (_("Registrations"), "enrolment.Participant", Visibility.COMMITTEE),
        (_("Self-assessments"), "enrolment.SelfAssessment", Visibility.SELF),
        (_("Agreements given, current or withdrawn"), "enrolment.ParticipantConsent", Visibility.COMMITTEE),
        (_("Wishes"), "enrolment.Wish", Visibility.MATCHING),
        (_("Pairings"), "relationships.Membership", Visibility.COMMITTEE),
        (_("Meetings"), "meetings.Meeting", Visibility.MEMBERS),
        (_("Signed documents"), "workspace.Signature", Visibility.MEMBERS),
        (_("Goals"), "workspace.Goal", Visibility.MEMBERS),
        (_("Pages filled together"), "workspace.JointPage", Visibility.MEMBERS),
        (_("Requests for help"), "relationships.HelpRequest", Visibility.COMMITTEE),
        (_("Evaluations"), "surveys.Receipt", Visibility.COMMITTEE),
        (_("Pages marked as read"), "library.ReadMark", Visibility.SELF),
        (_("Statements of hours"), "progress.Statement", Visibility.SELF),
        (_("Letters sent to you"), "notifications.Letter", Visibility.SELF),
    ]
    counted = (Held(label, rows_of(person, model).count(), reads) for label, model, reads in kinds)
    return [held for held in counted if held.count]
