"""Dates that can be counted, and that come in their order."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from releve.programs.calendar import CohortCalendar
from releve.programs.definition import Definition, RelativeDate
from releve.programs.problems import Path, Problem
from releve.questionnaires.conditions import add_days, add_months

from .walking import parts

SOME_START = date(2030, 9, 1)
USUAL_MONTHS = 12


def uncountable(definition: Definition) -> Iterator[Problem]:
    """Find named dates that count from each other, from a relationship or from one person's answer."""
    origins = {named.id: named.default.from_ for named in definition.calendar}
    for index, named in enumerate(definition.calendar):
        path: Path = ("calendar", index, "default")
        origin = named.default.from_
        if origin in ("paired_on", "confirmed_on"):
            yield Problem("date_of_one_pair", path, {"origin": origin})
        seen = {named.id}
        while origin in origins and origin not in seen:
            seen.add(origin)
            origin = origins[origin]
        if origin == named.id:
            yield Problem("dates_in_circle", path, {"label": named.label})


def crossing(definition: Definition) -> Iterator[Problem]:
    """Find dates that would cross in a cohort that keeps every default, seen from each site and each class."""
    views: list[dict[str, str]] = [{}]
    views += [{"site": site.id} for site in definition.sites if site.calendar]
    views += [{"role": role.id, "role_class": one.id} for role in definition.roles for one in role.classes if one.calendar]
    found: dict[Path, Problem] = {}
    for view in views:
        calendar = CohortCalendar(definition, starts_on=SOME_START, ends_on=usual_end(definition, SOME_START), **view)
        for problem in (*calendar.problems(), *_due_before_start(definition, calendar)):
            found.setdefault(problem.path, _supposing(problem))
    yield from found.values()


def _supposing(problem: Problem) -> Problem:
    """Say for which start the dates cross: the definition itself has no year."""
    if problem.fault != "dates_cross":
        return problem
    return replace(problem, fault="defaults_cross", values={**problem.values, "starts": SOME_START})


def usual_end(definition: Definition, starts_on: date) -> date:
    """Suggest the last day of a cohort from the length of its relationships."""
    length = definition.value(definition.relationship.lasts_months)
    ends = definition.relationship.ends
    if length is None and ends is not None and ends.from_ == "cohort_starts":
        return ends.resolve({"cohort_starts": starts_on}) or starts_on
    return add_days(add_months(starts_on, length or USUAL_MONTHS), -1)


def _due_before_start(definition: Definition, calendar: CohortCalendar) -> Iterator[Problem]:
    for number, step in enumerate(definition.steps):
        starts = calendar.resolve(step.starts)
        for index, task in enumerate(step.tasks):
            due = calendar.resolve(task.due)
            if starts and due and due < starts:
                path: Path = ("steps", number, "tasks", index, "due")
                yield Problem("due_before_start", path, {"task": task.title, "due": due, "starts": starts})


def unknown_personal_dates(definition: Definition) -> Iterator[Problem]:
    """Find dates counted from an answer that is not a date."""
    for part, path in parts(definition):
        if isinstance(part, RelativeDate) and part.question is not None:
            _form, question = definition.question(part.question)
            if question.type != "date":
                yield Problem("answer_not_a_date", (*path, "from"), {"id": part.question})
