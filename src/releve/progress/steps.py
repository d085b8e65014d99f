"""Which tasks are done, which are open now, which wait: tables by kind of task, read over facts."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from releve.meetings.models import Meeting
from releve.programs.definition.journey import Step, Task
from releve.relationships.models import WORKING_STATES, State

from .journey import Journey, Shared

SETTLED = frozenset({State.ACCEPTED, State.CONFIRMED, State.PAUSED, State.ENDED, State.COMPLETED})
OVER = frozenset({State.ENDED, State.COMPLETED})


class Standing(StrEnum):
    """Where one task or step stands for one person."""

    DONE = "done"
    NOW = "now"
    LATER = "later"
    SKIPPED = "skipped"  # not done, and the journey has moved on
    STOPPED = "stopped"  # under way when the relationship ended


@dataclass(frozen=True)
class TaskState:
    task: Task
    step: Step
    standing: Standing


@dataclass(frozen=True)
class StepState:
    step: Step
    standing: Standing
    tasks: tuple[TaskState, ...]


Question = Callable[[Journey, Task], bool]


def steps_of(journey: Journey) -> list[StepState]:
    """Return the steps of a journey with their standing, in order."""
    states = [_step(journey, step) for step in journey.definition.steps if journey.participant.role in step.audience]
    return _stopped(states) if journey.shared and journey.shared.is_over else _with_skipped(states)


def tasks_of(journey: Journey) -> list[TaskState]:
    """List the tasks of every step that was not left behind."""
    gone = {Standing.SKIPPED, Standing.STOPPED}
    return [task for step in steps_of(journey) if step.standing not in gone for task in step.tasks]


def held_meetings(shared: Shared, *, formal: bool) -> list[Meeting]:
    """Return held meetings: the formal ones came after everybody said yes."""
    held = [meeting for meeting in shared.meetings if meeting.state == Meeting.State.HELD]
    if not formal:
        return held
    accepted = shared.relationship.accepted_at
    return [meeting for meeting in held if accepted and meeting.starts_at >= accepted]


def _step(journey: Journey, step: Step) -> StepState:
    owed = [task for task in step.tasks if journey.participant.role in step.audience_of(task)]
    tasks = tuple(TaskState(task, step, _standing(journey, step, task)) for task in owed)
    needed = [state for state in tasks if not state.task.optional] or list(tasks)
    if needed and all(state.standing is Standing.DONE for state in needed):
        standing = Standing.DONE
    elif any(state.standing in {Standing.NOW, Standing.DONE} for state in tasks):
        standing = Standing.NOW
    else:
        standing = Standing.LATER
    return StepState(step, standing, tasks)


def _standing(journey: Journey, step: Step, task: Task) -> Standing:
    if DONE[task.kind](journey, task):
        return Standing.DONE
    if journey.is_closed and task.kind != "survey":
        return Standing.LATER
    starts = journey.day(step.starts)
    if starts is not None and journey.today < starts and not (journey.shared and journey.shared.state in OVER):
        return Standing.LATER
    return Standing.NOW if OPEN[task.kind](journey, task) else Standing.LATER


def _with_skipped(states: list[StepState]) -> list[StepState]:
    """Mark as skipped what was optional and left behind by a later finished step."""
    last_done = max((n for n, state in enumerate(states) if state.standing is Standing.DONE), default=-1)
    return [
        StepState(state.step, Standing.SKIPPED, state.tasks)
        if n < last_done and state.standing is not Standing.DONE and all(t.task.optional for t in state.tasks)
        else state
        for n, state in enumerate(states)
    ]


def _stopped(states: list[StepState]) -> list[StepState]:
    """End a journey where its relationship ended: what never came is left out, but not what can still be done."""
    shown = [_begun(state) for state in states]
    reached = max((n for n, state in enumerate(shown) if state.standing is not Standing.LATER), default=-1)
    return [
        replace(state, standing=Standing.SKIPPED) if state.standing is Standing.LATER else state
        for n, state in enumerate(shown)
        if n <= reached
    ]


def _begun(state: StepState) -> StepState:
    """Tell what was begun and never finished from what can still be done: nothing optional, once all is over."""
    if state.standing is not Standing.NOW or any(t.standing is Standing.NOW and not t.task.optional for t in state.tasks):
        return state
    done = any(t.standing is Standing.DONE for t in state.tasks)
    return replace(state, standing=Standing.STOPPED if done else Standing.SKIPPED)


def _form_done(journey: Journey, task: Task) -> bool:
    if task.form_for(journey.participant.role) == journey.definition.intake.form:
        return journey.participant.confirmed_at is not None
    return journey.assessed


def _form_open(journey: Journey, task: Task) -> bool:
    if task.form_for(journey.participant.role) == journey.definition.intake.form:
        return True
    return journey.shared is None


def _paired(journey: Journey, task: Task) -> bool:
    return journey.shared is not None


def _unpaired(journey: Journey, task: Task) -> bool:
    return journey.shared is None and journey.participant.confirmed_at is not None


def _meeting_done(journey: Journey, task: Task) -> bool:
    shared = journey.shared
    if shared is None:
        return False
    if task.before == "acceptance":
        return shared.state in SETTLED or bool(held_meetings(shared, formal=False))
    return bool(held_meetings(shared, formal=True))


def _meeting_open(journey: Journey, task: Task) -> bool:
    wanted = {State.INTRODUCED} if task.before == "acceptance" else WORKING_STATES
    return journey.shared is not None and journey.shared.state in wanted


def _answer_done(journey: Journey, task: Task) -> bool:
    return journey.shared is not None and (journey.shared.has_answered or journey.shared.state in SETTLED)


def _answer_open(journey: Journey, task: Task) -> bool:
    shared = journey.shared
    return shared is not None and shared.state == State.INTRODUCED and shared.relationship.answer_by is not None


def _receipt_answered(journey: Journey, task: Task) -> bool:
    wanted = task.survey_for(journey.participant.role)
    receipts = journey.shared.receipts if journey.shared else ()
    return any(receipt.survey == wanted and receipt.answered_at for receipt in receipts)


def _receipt_open(journey: Journey, task: Task) -> bool:
    wanted = task.survey_for(journey.participant.role)
    owed = journey.shared.receipts_owed(journey.today) if journey.shared else []
    return any(receipt.survey == wanted for receipt in owed)


def _working(journey: Journey, task: Task) -> bool:
    return journey.shared is not None and journey.shared.state in WORKING_STATES


def _has_met(journey: Journey, task: Task) -> bool:
    """Meeting through the year is behind whoever had confirmed; a pairing that ended before never came to it."""
    return _over(journey, task) and journey.shared is not None and journey.shared.relationship.confirmed_at is not None


def _over(journey: Journey, task: Task) -> bool:
    return journey.shared is not None and journey.shared.state in OVER


def _joint_done(journey: Journey, task: Task) -> bool:
    return journey.shared is not None and task.id in journey.shared.joint_done


def _joint_open(journey: Journey, task: Task) -> bool:
    """A joint page is written while people work together; a closing one also after an end that was a good one."""
    if _working(journey, task):
        return True
    closes = journey.definition.step_of(task).starts is not None
    return closes and _over(journey, task) and ended_well(journey)


def ended_well(journey: Journey) -> bool:
    """Say whether a relationship went to its term, or ended early for a reason that the program calls good."""
    relationship = journey.shared.relationship if journey.shared else None
    good = {reason.id for reason in journey.definition.relationship.early_end if reason.good}
    return relationship is not None and (relationship.state == State.COMPLETED or relationship.ending in good)


def _never(journey: Journey, task: Task) -> bool:
    return False


DONE: dict[str, Question] = {
    "form": _form_done,
    "read": lambda journey, task: set(task.documents) <= journey.read,
    "wishes": lambda journey, task: journey.wishes > 0,
    "wait": _paired,
    "meeting": _meeting_done,
    "answer": _answer_done,
    "joint_form": _joint_done,
    "reflection": _joint_done,
    "sign": lambda journey, task: journey.shared is not None and task.document in journey.shared.signed,
    "goals": lambda journey, task: journey.shared is not None and journey.shared.goals > 0,
    "report_hours": _has_met,
    "survey": _receipt_answered,
    "event": _never,
    "journal": _never,
    "product": _never,
    "review": _never,
}

OPEN: dict[str, Question] = {
    "form": _form_open,
    "read": lambda journey, task: journey.participant.confirmed_at is not None,
    "wishes": _unpaired,
    "wait": _unpaired,
    "meeting": _meeting_open,
    "answer": _answer_open,
    "joint_form": _joint_open,
    "reflection": _joint_open,
    "sign": _working,
    "goals": _working,
    "report_hours": lambda journey, task: journey.shared is not None and journey.shared.state == State.CONFIRMED,
    "survey": _receipt_open,
    "event": _never,
    "journal": _never,
    "product": _never,
    "review": _never,
}
