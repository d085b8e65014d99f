"""What pairs do together: meetings, goals, joint pages; and asking the committee for help."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from releve.meetings import actions as meetings
from releve.meetings.models import Attendance, Meeting
from releve.relationships import actions as relationships
from releve.workspace import actions as workspace
from releve.workspace.goal_form import goal_form, state_of

from .pairing import SIDES, Pair
from .world import Record

CONFIRMED_AFTER = timedelta(days=1, hours=3)
GOAL_FACTS = frozenset({"ago", "day", "due_in", "reached", "closed"})
WAYS = ("video", "in_person", "phone", "video")


def plan(pair: Pair) -> None:
    """Add everything that one pair does while it works."""
    record = pair.record
    for told in record.get("meetings", ()):
        _plan_meeting(pair, told)
    for number, (day, minutes) in enumerate(record.get("held", ())):
        side = list(SIDES)[number % 2]
        _plan_meeting(pair, {"day": day, "at": "12:00", "minutes": minutes, "way": WAYS[number % 4], "by": side, "said": minutes})
    for told in record.get("goals", ()):
        _plan_goal(pair, told)
    for task in ("expectations", "reflection"):
        if task in record:
            pair.at(_when(record[task]), partial(_fill_together, pair, task, record[task]), hour="14:30")
    for told in record.get("help", ()):
        _plan_help(pair, told)


def _when(told: Record) -> dict[str, int]:
    return {word: told[word] for word in ("ago", "day", "before", "in") if word in told}


# --- meetings


def _plan_meeting(pair: Pair, told: Record) -> None:
    starts_at = pair.world.days.moment(_when(told), start=pair.start, at=told["at"])
    if "planned" not in told:
        over = starts_at + timedelta(minutes=told["minutes"] + 5)
        pair.world.timeline.at(over, partial(_log, pair, told, starts_at))
        if "said" in told:
            pair.world.timeline.at(min(over + CONFIRMED_AFTER, pair.world.days.now), partial(_confirm, pair, told, starts_at))
        return
    pair.at({"ago": told["planned"]}, partial(_plan, pair, told, starts_at), hour="08:20")
    if "cancelled" in told:
        pair.at({"ago": told["cancelled"]}, partial(_cancel, pair, told, starts_at), hour="17:10")


def _log(pair: Pair, told: Record, starts_at: datetime, *, now: datetime) -> None:
    facts = {key: told[key] for key in ("minutes", "way")}
    meetings.log_meeting(pair.member(told["by"]), starts_at=starts_at, notes=told.get("notes", ""), now=now, **facts)


def _confirm(pair: Pair, told: Record, starts_at: datetime, *, now: datetime) -> None:
    other = pair.member(SIDES[told["by"]])
    attendance = Attendance.objects.get(membership=other, meeting__starts_at=starts_at, meeting__relationship=pair.relationship)
    meetings.confirm_minutes(attendance, minutes=told["said"], now=now)


def _plan(pair: Pair, told: Record, starts_at: datetime, *, now: datetime) -> None:
    facts = {key: told[key] for key in ("minutes", "way", "place", "agenda") if key in told}
    meetings.plan_meeting(pair.member(told["by"]), starts_at=starts_at, now=now, **facts)


def _cancel(pair: Pair, told: Record, starts_at: datetime, *, now: datetime) -> None:
    meeting = Meeting.objects.get(relationship=pair.relationship, starts_at=starts_at)
    meetings.cancel_meeting(meeting, pair.member(told["by"]))


# --- goals and joint pages


def _plan_goal(pair: Pair, told: Record) -> None:
    pair.at(_when(told), partial(_add_goal, pair, told), hour="14:00")
    if "reached" in told:
        pair.at({"ago": told["reached"]}, partial(_close_goal, pair, told, "complete"), hour="14:20")
    if "closed" in told:
        pair.at({"day": told["closed"]["day"]}, partial(_close_goal, pair, told, told["closed"]["result"]), hour="14:20")


def _goal_answers(pair: Pair, told: Record) -> dict[str, Any]:
    answers = {question: answer for question, answer in told.items() if question not in GOAL_FACTS}
    if "due_in" in told:
        answers["due"] = (pair.world.days.today + timedelta(days=told["due_in"])).isoformat()
    return answers


def _add_goal(pair: Pair, told: Record, *, now: datetime) -> None:
    answers = _goal_answers(pair, told)
    if "reached" in told:
        answers.pop("review_notes", None)  # written when it was reached
    workspace.add_goal(pair.member("mentee"), answers, now=now)


def _close_goal(pair: Pair, told: Record, result: str, *, now: datetime) -> None:
    member = pair.member("mentee")
    form = goal_form(member.participant.cohort.definition)
    answers = {**_goal_answers(pair, told), "status": "done", "result": result}
    goal = next(goal for goal in pair.relationship.goals.all() if goal.content["goal"] == told["goal"])
    workspace.change_goal(goal, member, answers, state=state_of(form, answers), revision=goal.revision)


def _fill_together(pair: Pair, task: str, told: Record, *, now: datetime) -> None:
    member = pair.member(told["by"])
    form = member.participant.cohort.definition.form(task)
    workspace.save_joint_page(member, task, form, told["answers"], revision=0, done=True, now=now)


# --- help


def _plan_help(pair: Pair, told: Record) -> None:
    pair.at(_when(told), partial(_ask, pair, told), hour="21:40")
    if "answered" in told:
        pair.at(_when(told["answered"]), partial(_reply, pair, told["answered"]), hour="09:15")


def _ask(pair: Pair, told: Record, *, now: datetime) -> None:
    member = pair.member(told["by"])
    contact = member.participant.cohort.definition.contacts[0].id
    relationships.ask_for_help(member, contact=contact, text=told["text"].strip(), spoke_first=told["spoke_first"], now=now)


def _reply(pair: Pair, told: Record, *, now: datetime) -> None:
    request = pair.relationship.memberships.get(help_requests__isnull=False).help_requests.get()
    relationships.answer_help(request, text=told["text"].strip(), by=pair.world.people[told["by"]], now=now)
