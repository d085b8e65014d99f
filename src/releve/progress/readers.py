"""Who reads what somebody writes at a task, from the definition."""

from django.utils.translation import gettext as _

from releve.core.visibility import Visibility

from .journey import Journey
from .steps import TaskState


def readers(journey: Journey, state: TaskState) -> Visibility | str:
    """Name the readers of a task: a class, or a sentence where no class says it truly."""
    task, definition = state.task, journey.definition
    if task.kind == "form":
        return definition.form(task.form_for(journey.participant.role) or definition.intake.form).visibility
    if task.kind == "answer":
        return Visibility.SELF
    if task.kind == "survey":
        survey = task.survey_for(journey.participant.role)
        if survey and definition.survey(survey).mode == "identified":
            return _("The committee, never your partner")
        return Visibility.AGGREGATE
    if task.kind == "wishes":
        return Visibility.MATCHING
    if task.kind in {"joint_form", "reflection"} and task.form:
        return definition.form(task.form).visibility
    return state.step.visibility
