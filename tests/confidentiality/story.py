"""What happens to the pairs: each state once, and in some of them everything that two people can write."""

import datetime as dt

from releve.enrolment.models import Participant
from releve.matching import actions as matching
from releve.matching.models import Adjustment
from releve.meetings import actions as meetings
from releve.meetings.models import Attendance, Meeting
from releve.people.models import Person
from releve.programs.models import Cohort
from releve.questionnaires import actions as questionnaires
from releve.relationships import actions as relationships
from releve.relationships.models import HelpRequest, Membership, Relationship
from releve.surveys import actions as surveys
from releve.surveys.models import Receipt
from releve.workspace import actions as workspace
from releve.workspace import queries as papers
from releve.workspace.models import Goal, JointPage
from tests.confidentiality.markers import TABLE, word
from tests.factories.relationships import memberships

DAY = dt.timedelta(days=1)


def decide(cohort: Cohort, mentor: Participant, mentee: Participant, *, pair: str, by: Person, now: dt.datetime) -> Relationship:
    """Prepare a pair by decision of the committee, with a reason that only those who pair may read."""
    reason = word(f"decision.{pair}") if f"decision.{pair}" in TABLE else "Ils se complètent."
    chosen = matching.Chosen(mentor=mentor, mentee=mentee, reason=reason)
    return matching.pair(cohort, chosen, by=by, introduce=False, now=now)


def keep_apart(mentor: Participant, mentee: Participant, *, thing: str, seen: int, by: Person, now: dt.datetime) -> Adjustment:
    """Keep two people apart on the pairing board, with a reason that only those who pair may read."""
    cohort = mentee.cohort
    matching.keep_apart(cohort, (mentee, mentor), seen=matching.Seen(seen), reason=word(thing), by=by, now=now)
    return cohort.adjustments.get(mentee=mentee, mentor=mentor)


def introduce(relationship: Relationship, *, by: Person, now: dt.datetime) -> None:
    relationships.introduce(relationship, by=by, now=now)


def accept(relationship: Relationship, *, by: Person, now: dt.datetime) -> None:
    introduce(relationship, by=by, now=now)
    for membership in memberships(relationship):
        relationships.answer_contact(membership, True, now=now + DAY)
    relationships.settle_contacts(now + 2 * DAY)
    relationship.refresh_from_db()


def confirm(relationship: Relationship, pair: str, *, by: Person, now: dt.datetime) -> None:
    """Bring two people together until both have signed, with words of their own beside the text."""
    accept(relationship, by=by, now=now)
    document = papers.documents_to_sign(relationship)[0]
    mentor, mentee = memberships(relationship)
    shown = papers.paper_of(mentee, document).digest
    workspace.add_to_agreement(mentee, document, additions=word(f"addition.{pair}"), shown=shown, now=now + 3 * DAY)
    shown = papers.paper_of(mentee, document).digest
    for membership in (mentor, mentee):
        name = word(f"signature.{membership.role}.{pair}")
        workspace.sign(membership, document, name=name, language="fr", shown=shown, now=now + 4 * DAY)
    relationship.refresh_from_db()


def write_goal(membership: Membership, pair: str, *, now: dt.datetime) -> Goal:
    return workspace.add_goal(membership, {"goal": word(f"goal.{pair}"), "actions": word(f"goal.{pair}")}, now=now)


def write_together(membership: Membership, task: str, question: str, pair: str, *, done: bool, now: dt.datetime) -> JointPage:
    form = membership.participant.cohort.definition.form(task)
    return workspace.save_joint_page(membership, task, form, {question: word(f"{task}.{pair}")}, revision=0, done=done, now=now)


def note_meeting(by: Membership, *, days: int, notes: str = "", now: dt.datetime) -> Meeting:
    """Note a meeting that was held some days ago; so far only its reporter has confirmed it."""
    return meetings.log_meeting(by, starts_at=now - days * DAY, minutes=90, way=Meeting.Way.VIDEO, notes=notes, now=now)


def word_of(membership: Membership, meeting: Meeting) -> Attendance:
    return Attendance.objects.get(meeting=meeting, membership=membership)


def agree_on_meeting(mentor: Membership, mentee: Membership, *, now: dt.datetime) -> Meeting:
    """Note a meeting that both confirmed alike: hours that count."""
    meeting = note_meeting(mentor, days=20, now=now)
    meetings.confirm_minutes(word_of(mentee, meeting), minutes=90, now=now)
    return meeting


def plan_meeting(membership: Membership, pair: str, *, days: int, now: dt.datetime) -> Meeting:
    return meetings.plan_meeting(
        membership,
        starts_at=now + days * DAY,
        minutes=60,
        way=Meeting.Way.IN_PERSON,
        place=word(f"place.{pair}"),
        agenda=word(f"agenda.{pair}"),
        now=now,
    )


def live(relationship: Relationship, pair: str, *, now: dt.datetime) -> dict[str, object]:
    """Let a confirmed pair write everything that two people write together; the reflection stays unfinished."""
    mentor, mentee = memberships(relationship)
    held = note_meeting(mentee, days=3, notes=word(f"notes.{pair}"), now=now)
    return {
        f"goal.{pair}": write_goal(mentee, pair, now=now - 60 * DAY),
        f"expectations.{pair}": write_together(mentee, "expectations", "mentee_hopes", pair, done=True, now=now - 50 * DAY),
        f"reflection.{pair}": write_together(mentor, "reflection", "moment", pair, done=False, now=now - 2 * DAY),
        f"held.{pair}": held,
        f"word.{pair}": word_of(mentor, held),
        f"planned.{pair}": plan_meeting(mentor, pair, days=6, now=now),
        f"due.{pair}": plan_meeting(mentor, pair, days=-1, now=now - 5 * DAY),
    }


def ask_for_help(membership: Membership, pair: str, *, answered_by: Person | None, now: dt.datetime) -> HelpRequest:
    asked = relationships.ask_for_help(membership, contact="first", text=word(f"help.{pair}"), spoke_first=True, now=now - 2 * DAY)
    if answered_by:
        relationships.answer_help(asked, text=word(f"help.answer.{pair}"), by=answered_by, now=now - DAY)
    return asked


def evaluate(membership: Membership, thing: str, *, overall: int = 8, now: dt.datetime) -> Receipt:
    """Answer the year's evaluation; the words may be quoted nowhere."""
    receipt = Receipt.objects.get(membership=membership)
    begun = surveys.start_answer(receipt).response
    answers = {"overall": overall, "change": word(thing), "quotable": False, "goals_met": "complete"}
    if thing == "evaluation.draft":
        questionnaires.save_draft(begun, answers, revision=begun.revision, now=now)
    else:
        surveys.answer(receipt, answers, revision=begun.revision, now=now)
    return receipt
