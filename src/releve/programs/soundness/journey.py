"""Steps that somebody reaches, tasks that have what they need, gates that can be passed."""

from collections.abc import Iterator

from releve.core.bilingual import Text
from releve.programs.definition import Definition, Role, Step, Task
from releve.programs.definition.people import Gate
from releve.programs.problems import Path, Problem

from .possible import can_hold

# What a task of each kind cannot do without: one of these keys.
NEEDS: dict[str, tuple[str, ...]] = {
    "form": ("form", "forms"),
    "joint_form": ("form",),
    "reflection": ("form", "forms"),
    "journal": ("form",),
    "read": ("document", "documents"),
    "sign": ("document",),
    "survey": ("survey", "surveys"),
    "event": ("event",),
    "review": ("reviewed_by",),
}
NEEDS_A_PARTNER = frozenset({"answer", "meeting", "joint_form", "goals", "report_hours", "product"})
STAGES = ("acceptance", "pairing", "confirmation")


def unreachable(definition: Definition) -> Iterator[Problem]:
    """Find the steps and tasks that nobody reaches."""
    enrolled = {role.id for role in definition.roles if role.enrols}
    duties = {staff.duty for staff in definition.staff}
    for number, step in enumerate(definition.steps):
        path: Path = ("steps", number)
        if not enrolled.intersection(step.audience) and not duties.intersection(step.audience):
            yield Problem("step_without_audience", (*path, "audience"), {"step": step.title})
        for index, name in enumerate(step.audience):
            if name not in enrolled and name not in duties:
                yield Problem("role_does_not_enrol", (*path, "audience", index), {"role": definition.role(name).name})
        for index, task in enumerate(step.tasks):
            yield from _task_roles(definition, step, task, (*path, "tasks", index))


def _task_roles(definition: Definition, step: Step, task: Task, path: Path) -> Iterator[Problem]:
    for index, role in enumerate(task.roles):
        if role not in step.audience:
            yield Problem("task_outside_audience", (*path, "roles", index), {"role": _name(definition, role)})
    for key in ("forms", "surveys"):
        for role in getattr(task, key):
            if role not in step.audience_of(task):
                yield Problem("task_outside_audience", (*path, key, role), {"role": definition.role(role).name})


def _name(definition: Definition, audience: str) -> Text:
    """Find how a role, or a duty of the staff, is called."""
    named = {**{staff.duty: staff.name for staff in definition.staff}, **{role.id: role.name for role in definition.roles}}
    return named[audience]


def incomplete_tasks(definition: Definition) -> Iterator[Problem]:
    """Find the tasks that lack what their kind needs, or hand people something that is not for them."""
    for number, step in enumerate(definition.steps):
        for index, task in enumerate(step.tasks):
            path: Path = ("steps", number, "tasks", index)
            needed = NEEDS.get(task.kind, ())
            if needed and not any(getattr(task, key) for key in needed):
                yield Problem("task_needs", path, {"kind": task.kind, "key": needed[0]})
            if task.kind == "wishes" and definition.pairing.wishes is None:
                yield Problem("task_needs", path, {"kind": task.kind, "key": "pairing.wishes"})
            yield from _handed(definition, step, task, path)
            if task.kind == "sign" and task.document and definition.document(task.document).kind != "sign":
                yield Problem("document_not_signed", (*path, "document"), {"id": task.document})


def _handed(definition: Definition, step: Step, task: Task, path: Path) -> Iterator[Problem]:
    """Compare whom a task asks with whom its form, document, survey or event is for."""
    for role_id in step.audience_of(task):
        role = next((role for role in definition.roles if role.id == role_id), None)
        if role is None:
            continue
        form_id = task.form_for(role_id)
        if task.forms and form_id is None:
            yield Problem("no_form_for_role", (*path, "forms"), {"role": role.name})
        if task.surveys and task.survey_for(role_id) is None:
            yield Problem("no_survey_for_role", (*path, "surveys"), {"role": role.name})
        given = [("form", definition.form(form_id).roles)] if form_id else []
        given += [("document", definition.document(name).roles) for name in (task.document, *task.documents) if name]
        survey_id = task.survey_for(role_id)
        given += [("survey", definition.survey(survey_id).roles)] if survey_id else []
        given += [("event", definition.event(task.event).audience)] if task.event else []
        for key, roles in given:
            if roles and role_id not in roles:
                yield Problem("not_for_role", (*path, key if getattr(task, key) else f"{key}s"), {"role": role.name})


def impassable(definition: Definition) -> Iterator[Problem]:
    """Find the gates that nobody can pass."""
    pairing_step = _pairing_step(definition)
    for number, step in enumerate(definition.steps):
        for index, task in enumerate(step.tasks):
            if task.gate == "hard":
                yield from _hard_task(task, number, pairing_step, ("steps", number, "tasks", index))
    for number, role in enumerate(definition.roles):
        for index, gate in enumerate(role.gates):
            yield from _role_gate(definition, role, gate, ("roles", number, "gates", index))
        yield from _eligibility(definition, role, ("roles", number))
    yield from _confirmation(definition)


def _pairing_step(definition: Definition) -> int | None:
    waiting = (number for number, step in enumerate(definition.steps) for task in step.tasks if task.kind == "wait")
    return next(waiting, None)


def _hard_task(task: Task, number: int, pairing_step: int | None, path: Path) -> Iterator[Problem]:
    if task.before is None:
        yield Problem("gate_before_what", path)
    if task.optional:
        yield Problem("gate_optional", path)
    if task.before == "pairing":
        if task.kind in NEEDS_A_PARTNER or task.per == "relationship":
            yield Problem("gate_needs_partner", path, {"kind": task.kind})
        if pairing_step is not None and number > pairing_step:
            yield Problem("gate_after_pairing", path)
    if task.kind == "wait":
        yield Problem("gate_waits", path)


def _role_gate(definition: Definition, role: Role, gate: Gate, path: Path) -> Iterator[Problem]:
    if gate.kind == "proof" and gate.proof is None:
        yield Problem("task_needs", path, {"kind": "proof", "key": "proof"})
    if gate.event:
        audience = definition.event(gate.event).audience
        if audience and role.id not in audience:
            yield Problem("not_for_role", (*path, "event"), {"role": role.name})


def _eligibility(definition: Definition, role: Role, path: Path) -> Iterator[Problem]:
    """Check that somebody in the role is asked what its condition reads."""
    rules = [((*path, "eligibility"), role.eligibility)]
    rules += [((*path, "classes", index, "eligibility"), one.eligibility) for index, one in enumerate(role.classes)]
    for place, rule in rules:
        if rule is None:
            continue
        questions = {name: definition.question(name)[1] for name in rule.questions}
        asked = frozenset(name for name, question in questions.items() if question.applies_to(role.id))
        if not can_hold(rule, questions, definition, asked=asked):
            yield Problem("nobody_eligible", place, {"role": role.name})


def _confirmation(definition: Definition) -> Iterator[Problem]:
    for index, requirement in enumerate(definition.relationship.confirmed_by):
        path: Path = ("relationship", "confirmed_by", index)
        task = definition.task(requirement.partition(":")[2])
        audience = definition.step_of(task).audience_of(task)
        for role in definition.relationship.members:
            if role not in audience:
                yield Problem("confirmation_not_asked", path, {"task": task.title, "role": definition.role(role).name})
        if task.gate != "hard" or task.before != "confirmation":
            yield Problem("confirmation_not_gate", path, {"task": task.title})
