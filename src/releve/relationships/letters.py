"""The letters that a relationship causes. They say what happened, never what a member wrote."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from releve.core import dates
from releve.enrolment.models import Participant
from releve.notifications import kinds
from releve.notifications.kinds import Content, Group, Ids, Reader
from releve.people.models import Person
from releve.programs.letters import compose, contact_address

from .models import HelpRequest, Membership, Relationship
from .queries import cohort_of, partners_of

# kind of letter -> letter of the definition
LETTERS = {
    "relationship_introduced": "proposal",
    "relationship_more_time": "contact_reminder",
    "contact_reminder": "contact_reminder",
    "relationship_no_outcome": "no_outcome",
    "relationship_accepted": "accepted",
    "relationship_unsuited": "unsuited",
    "relationship_confirmed": "confirmed",
    "relationship_paused": "paused",
    "relationship_resumed": "resumed",
    "relationship_goals_met": "ended_goals_met",
    "relationship_seeks_new": "new_partner_sought",
    "relationship_ended": "ended",
    "relationship_completed": "completed",
}


def register() -> None:
    """Declare every kind of letter of this room."""
    for kind, letter_id in LETTERS.items():
        kinds.register(kind, load=_load_with(letter_id), group=Group.PROGRAM, essential=True)
    kinds.register("help_answered", load=_load_help_answered, group=Group.PROGRAM, essential=True)
    kinds.register("committee_help_asked", load=_load_for_committee, group=Group.STAFF)
    kinds.register("committee_pair_ended", load=_load_for_committee_ended, group=Group.STAFF)


def member_values(membership: Membership) -> dict[str, Any]:
    """Give what letters to a member may say: names, a deadline, the program's contact."""
    relationship = membership.relationship
    partners = partners_of(membership)
    return {
        "name": membership.participant.person.short_name,
        "partner": ", ".join(partner.participant.person.name for partner in partners),
        "date": dates.day(relationship.answer_by) if relationship.answer_by else "",
    }


def _load_with(letter_id: str) -> kinds.Load:
    def load(ids: Ids, person: Reader) -> Content | None:
        membership = _own_membership(ids, person)
        if membership is None:
            return None
        cohort = cohort_of(membership.relationship)
        subject, body = compose(cohort, letter_id, member_values(membership))
        return Content(
            subject,
            body,
            path=_path("home:show_relationship", membership.relationship),
            button=_("Open my page"),
            reply_to=contact_address(cohort),
        )

    return load


def _own_membership(ids: Ids, person: Reader) -> Membership | None:
    found = Membership.objects.select_related("relationship", "participant__person", "participant__cohort")
    mine = found.filter(pk=ids["membership"], participant__person=person.pk)
    return mine.exclude(participant__state=Participant.State.WITHDRAWN).first()  # who left is not written to


def _load_help_answered(ids: Ids, person: Reader) -> Content | None:
    request = HelpRequest.objects.filter(pk=ids["request"], membership__participant__person=person.pk).first()
    if request is None:
        return None
    membership = request.membership
    cohort = cohort_of(membership.relationship)
    subject, body = compose(cohort, "help_answered", member_values(membership))
    path = _path("relationships:ask_for_help", membership.relationship)
    return Content(subject, body, path=path, button=_("Read the answer"), reply_to=contact_address(cohort))


def _load_for_committee(ids: Ids, person: Reader) -> Content | None:
    relationship = _followed(ids, person)
    if relationship is None:
        return None
    body = _(
        "A member of a pair of %(cohort)s has written to you for help. Their partner does not know. Please answer within a few days."
    ) % {"cohort": cohort_of(relationship)}
    path = _path("relationships:follow_relationship", relationship)
    return Content(_("Someone asks the committee for help"), body, path=path, button=_("Read the request"))


def _load_for_committee_ended(ids: Ids, person: Reader) -> Content | None:
    relationship = _followed(ids, person)
    if relationship is None:
        return None
    body = _("A pair of %(cohort)s has ended early. Its members may be waiting for someone new.") % {"cohort": cohort_of(relationship)}
    path = _path("relationships:follow_relationship", relationship)
    return Content(_("A pair has ended early"), body, path=path, button=_("Open the pair"))


def _followed(ids: Ids, person: Reader) -> Relationship | None:
    reader = Person.objects.filter(pk=person.pk).first()
    return reader and Relationship.objects.followed_by(reader).filter(pk=ids["relationship"]).first()


def _path(name: str, relationship: Relationship) -> str:
    return reverse(name, kwargs={"relationship": relationship.pk})
