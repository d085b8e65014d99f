"""The thread of a person's page: steps of the journey in words, with chips for what is done and missing."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from releve.core import dates
from releve.core.components import Chip, Step
from releve.core.visibility import Visibility
from releve.programs.queries import assessment_form
from releve.progress.journey import Journey
from releve.progress.readers import readers
from releve.progress.steps import Standing, StepState, TaskState, steps_of

STATES = {
    Standing.DONE: "done",
    Standing.NOW: "now",
    Standing.LATER: "later",
    Standing.SKIPPED: "skipped",
    Standing.STOPPED: "stopped",
}


def thread_of(journey: Journey) -> list[Step]:
    """Return the steps as the thread shows them; only the present step carries chips and a purpose."""
    return [_step(journey, state) for state in steps_of(journey)]


def done_of(journey: Journey) -> tuple[int, int]:
    """Return how many steps are behind this person, and how many there are."""
    states = steps_of(journey)
    return sum(state.standing not in {Standing.NOW, Standing.LATER} for state in states), len(states)


def _step(journey: Journey, state: StepState) -> Step:
    now = state.standing is Standing.NOW
    members = journey.shared.partner_names if journey.shared else []
    visibility = readers(journey, state.tasks[0]) if len(state.tasks) == 1 else state.step.visibility
    return Step(
        title=str(state.step.title),
        state=STATES[state.standing],
        text=str(state.step.purpose) if now else _when(journey, state),
        url=_reading(journey, state) or _written(journey, state),
        chips=_chips(journey, state) if now else (),
        reads=visibility if now or state.standing is Standing.DONE else "",
        members=members if visibility == Visibility.MEMBERS else (),
    )


def _when(journey: Journey, state: StepState) -> str:
    """Say when a finished step was finished, where one moment says it."""
    if state.standing is not Standing.DONE:
        return ""
    moments = [moment for task in state.tasks if (moment := _moment(journey, task)) is not None]
    return _("Done on %(date)s") % {"date": dates.day(max(moments), weekday=False)} if moments else ""


def _moment(journey: Journey, state: TaskState) -> datetime | None:
    relationship = journey.shared.relationship if journey.shared else None
    if state.task.kind == "form" and state.task.form_for(journey.participant.role) == journey.definition.intake.form:
        return journey.participant.confirmed_at
    if relationship is None:
        return None
    known = {"wait": relationship.introduced_at, "answer": relationship.accepted_at, "sign": relationship.confirmed_at}
    return known.get(state.task.kind)


def _reading(journey: Journey, state: StepState) -> str:
    """Lead to what there is to read at a step, for those who already take part."""
    if not state.step.documents or journey.participant.confirmed_at is None:
        return ""
    address = reverse("library:list_documents", args=[journey.participant.cohort_id])
    return f"{address}#{state.step.id}"


def _written(journey: Journey, state: StepState) -> str:
    """Lead to what the person wrote alone at a finished step: their registration, their self-assessment."""
    place = journey.participant
    forms = {task.task.form_for(place.role) for task in state.tasks if task.task.kind == "form"}
    if state.standing is not Standing.DONE or not forms:
        return ""
    if journey.definition.intake.form in forms:
        return reverse("enrolment:show_place", args=[place.pk])
    assessment = assessment_form(place.cohort, place.role)
    return reverse("enrolment:read_assessment", args=[place.cohort_id, place.role]) if assessment and assessment.id in forms else ""


def _chips(journey: Journey, state: StepState) -> tuple[Chip, ...]:
    return tuple(chip for task in state.tasks if (chip := _chip(journey, task)) is not None)


def _chip(journey: Journey, state: TaskState) -> Chip | None:
    task, shared = state.task, journey.shared
    if state.standing is Standing.DONE:
        if task.kind == "goals" and shared:
            words = ngettext("%(count)d goal", "%(count)d goals", shared.goals) % {"count": shared.goals}
            return Chip(words, "pine")
        return Chip(str(task.title), "pine")
    if task.kind == "sign" and shared:
        missing = 1 + sum(task.document not in shared.signed_by_others for _partner in shared.partners)
        words = ngettext("%(count)d signature missing", "%(count)d signatures missing", missing) % {"count": missing}
        return Chip(words, "amber", icon="pen-line")
    if task.kind == "wait":
        return Chip(_("With the committee"), "plain", icon="hourglass")
    return Chip(str(task.title), "amber" if not task.optional else "plain", icon="circle-dashed")
