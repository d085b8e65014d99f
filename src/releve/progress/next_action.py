"""The one next thing to do, computed from facts: a person never has to find it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from releve.core import dates
from releve.core.components import NextAction
from releve.core.visibility import Visibility
from releve.meetings.models import Meeting
from releve.people.models import Person
from releve.programs.definition.journey import Task

from .journey import Journey, Shared, journeys_of, places_in_words
from .models import Snooze
from .readers import readers
from .steps import Standing, TaskState, ended_well, tasks_of

# Order in which open things come first. A hard gate holds somebody else up; a quick word about a
# meeting takes one touch; what a date of the program opened comes before what was due all along, and
# before what never ends (meeting again); what is optional never hides what is not.
GATE, QUICK, DATED, OWED, ROUTINE, OPTIONAL, WAITING = range(7)
QUICK_MINUTES = 1
OWED_ONCE = frozenset({"form", "wishes", "wait"})  # by one participant, however many pairs they are in


@dataclass(frozen=True)
class Action:
    """A thing to do, with what its order and its putting off need."""

    key: str
    rank: int
    show: NextAction
    together: bool = False  # in a pair that lives

    @property
    def order(self) -> tuple[bool, int, date]:
        """Sort what people do together before what one owes elsewhere, but nothing routine before that."""
        due = self.show.due
        return not (self.together and self.rank < ROUTINE), self.rank, (due.date() if isinstance(due, datetime) else due) or date.max


def next_action(person: Person, now: datetime) -> Action | None:
    """Return the first thing a person has to do and has not put off; None when there is nothing."""
    found = actions_for(person, now)
    return found[0] if found else None


def actions_for(person: Person, now: datetime) -> list[Action]:
    """Return everything a person can do now, first things first, what they put off left out."""
    return actions_among(journeys_of(person, now), person, now)


def actions_among(journeys: Iterable[Journey], person: Person, now: datetime) -> list[Action]:
    """Return what a person can do now in some of their journeys, as `actions_for` does."""
    put_off = set(Snooze.objects.filter(person=person, until__gt=now).values_list("action", flat=True))
    journeys = list(journeys)
    about = places_in_words(journeys)
    found = {
        action.key: replace(action, show=replace(action.show, about=words))
        for journey, words in zip(journeys, about, strict=True)
        for action in actions_in(journey)
    }
    return sorted((action for action in found.values() if action.key not in put_off), key=lambda action: action.order)


def actions_in(journey: Journey) -> list[Action]:
    """Return everything there is to do in one journey, in no particular order."""
    found = list(_about_meetings(journey))
    for state in tasks_of(journey):
        if state.standing is Standing.NOW:
            action = _task_action(journey, state)
            if action is not None:
                found.append(action)
    return found


def _task_action(journey: Journey, state: TaskState) -> Action | None:
    task = state.task
    url = ADDRESSES[task.kind](journey, task)
    if url is None:
        return None
    visibility = readers(journey, state)
    return Action(
        key=f"{task.id}:{_where(journey, task)}",
        rank=_rank(journey, state),
        together=journey.lives,
        show=NextAction(
            title=str(task.title),
            url=url,
            label=str(task.button or task.title),
            reason=_reason(journey, task),
            due=_due(journey, task),
            minutes=task.minutes or None,
            waits=task.kind == "wait",
            reads=visibility,
            members=journey.shared.partner_names if journey.shared and visibility == Visibility.MEMBERS else (),
        ),
    )


def _rank(journey: Journey, state: TaskState) -> int:
    if state.task.kind == "wait":
        return WAITING
    if state.task.optional:
        return OPTIONAL
    if _holds_up(journey, state.task):
        return GATE
    if state.task.kind == "report_hours":
        return ROUTINE
    return OWED if state.step.starts is None else DATED


def _holds_up(journey: Journey, task: Task) -> bool:
    """Say whether others wait for this. People meet before they say whether it suits, so that answer waits for a meeting."""
    if task.kind == "answer" and journey.shared and not journey.shared.meetings:
        return False
    return task.gate == "hard"


def _where(journey: Journey, task: Task) -> UUID:
    """Name what a task is owed in: what one person owes once is not asked again for each of their pairs."""
    if task.kind == "read":
        return journey.participant.cohort.program_id
    alone = journey.shared is None or task.kind in OWED_ONCE
    return journey.participant.pk if alone or journey.shared is None else journey.shared.relationship.pk


def _due(journey: Journey, task: Task) -> date | datetime | None:
    """Say by when. A date that had passed before people met or were invited says nothing to them, nor one that others let pass."""
    relationship = journey.shared.relationship if journey.shared else None
    if task.kind == "answer" and relationship:
        return relationship.answer_by
    due = journey.day(task.due)
    began = relationship.introduced_at if relationship else journey.participant.invited_at
    if due and began and due <= timezone.localdate(began):
        return None
    # What is optional, or in others' hands, is nobody's delay.
    return None if due and (task.optional or task.kind == "wait") and due < journey.today else due


def _reason(journey: Journey, task: Task) -> str:
    """Say why, beginning with what the partner did where that is known to both."""
    why = str(task.why or "")
    shared = journey.shared
    if task.kind == "sign" and shared and task.document in shared.signed_by_others:
        signed = _("%(name)s has already signed.") % {"name": " · ".join(shared.partner_names)}
        return f"{signed} {why}"
    return why


def _about_meetings(journey: Journey) -> Iterator[Action]:
    """Yield what waits for a word: meetings to confirm, meetings whose time has passed. Nothing after an end that was not a good one."""
    shared = journey.shared
    if shared is None or journey.is_closed or (shared.is_over and not ended_well(journey)):
        return
    partner = " · ".join(shared.partner_names)
    for attendance in shared.unconfirmed:
        meeting = attendance.meeting
        yield Action(
            key=f"confirm:{attendance.pk}",
            rank=QUICK,
            together=journey.lives,
            show=NextAction(
                title=_("Confirm your meeting of %(date)s") % {"date": dates.day(meeting.starts_at)},
                url=reverse("meetings:confirm_minutes", args=[attendance.pk]),
                label=_("Confirm the length"),
                reason=_("%(name)s noted %(length)s. Hours count once you have both confirmed the same length.")
                % {"name": partner, "length": dates.duration(meeting.minutes)},
                minutes=QUICK_MINUTES,
                reads=Visibility.MEMBERS,
                members=shared.partner_names,
            ),
        )
    yield from _to_report(journey, shared, partner)


def _to_report(journey: Journey, shared: Shared, partner: str) -> Iterator[Action]:
    until = shared.relationship.ended_at or journey.now
    for meeting in shared.meetings:
        if meeting.state == Meeting.State.PLANNED and meeting.starts_at < until:
            yield Action(
                key=f"report:{meeting.pk}",
                rank=QUICK,
                together=journey.lives,
                show=NextAction(
                    title=_("How did your meeting of %(date)s go?") % {"date": dates.day(meeting.starts_at)},
                    url=reverse("meetings:report_meeting", args=[meeting.pk]),
                    label=_("Note the meeting"),
                    reason=_("Say whether it was held and how long it lasted. %(name)s then confirms it.") % {"name": partner},
                    minutes=QUICK_MINUTES,
                    reads=Visibility.MEMBERS,
                    members=shared.partner_names,
                ),
            )


Address = Callable[[Journey, Task], str | None]


def _form_address(journey: Journey, task: Task) -> str:
    participant = journey.participant
    is_intake = task.form_for(participant.role) == journey.definition.intake.form
    name = "enrolment:register" if is_intake else "enrolment:assess_readiness"
    return reverse(name, args=[participant.cohort_id, participant.role])


def _in_pair(name: str, *more: Callable[[Journey, Task], str]) -> Address:
    def address(journey: Journey, task: Task) -> str | None:
        if journey.shared is None:
            return None
        return reverse(name, args=[journey.shared.relationship.pk, *(get(journey, task) for get in more)])

    return address


def _meeting_address(journey: Journey, task: Task) -> str | None:
    """Lead to planning a meeting; nothing to do while one is already planned."""
    shared = journey.shared
    if shared is None or any(m.state == Meeting.State.PLANNED for m in shared.meetings):
        return None
    return reverse("meetings:plan_meeting", args=[shared.relationship.pk])


def _survey_address(journey: Journey, task: Task) -> str | None:
    wanted = task.survey_for(journey.participant.role)
    owed = journey.shared.receipts_owed(journey.today) if journey.shared else []
    first = next((receipt for receipt in owed if receipt.survey == wanted), None)
    return reverse("surveys:answer_survey", args=[first.pk]) if first else None


def _no_address(journey: Journey, task: Task) -> None:
    return None


ADDRESSES: dict[str, Address] = {
    "form": _form_address,
    "read": lambda journey, task: reverse("library:list_documents", args=[journey.participant.cohort_id]),
    "wishes": lambda journey, task: reverse("enrolment:browse_sheets", args=[journey.participant.cohort_id]),
    "wait": lambda journey, task: reverse("enrolment:show_place", args=[journey.participant.pk]),
    "meeting": _meeting_address,
    "answer": _in_pair("relationships:answer_contact"),
    "joint_form": _in_pair("workspace:fill_together", lambda journey, task: task.id),
    "reflection": _in_pair("workspace:fill_together", lambda journey, task: task.id),
    "sign": _in_pair("workspace:sign_document", lambda journey, task: task.document or ""),
    "goals": _in_pair("workspace:list_goals"),
    "report_hours": _meeting_address,
    "survey": _survey_address,
    "event": _no_address,
    "journal": _no_address,
    "product": _no_address,
    "review": _no_address,
}
