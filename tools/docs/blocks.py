"""Tables in Markdown, read from the code that they speak of."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import get_commands, load_command_class

from releve.config.schedule import JOBS
from releve.core.personal_data import Field
from releve.core.sealed import SealedField
from releve.core.visibility import Visibility
from releve.people.roles import ALLOWED, Duty, Permission
from releve.privacy.holdings import classified
from releve.programs import blueprints
from releve.programs.definition import Definition
from releve.questionnaires.actions import SEALED
from releve.relationships.lifecycle import MOVES
from releve.relationships.models import State
from releve.surveys.queries import readers_of
from tools.break_on_purpose.breaks import all_breaks

ROOT = Path(__file__).resolve().parents[2]
FIRST_BLUEPRINT = "cchl_quebec"
ROOMS = {
    "config": "settings, addresses, the schedule, commands, backups",
    "home": "a person’s day, one relationship, the coordinator’s board and log; the demonstration",
    "reports": "the year in figures, small cells suppressed",
    "privacy": "my data, erasure, retention",
    "matching": "runs, suggestions, decisions; engine/ is plain Python",
    "progress": "steps done, the next action, hours, credits, statements, care, reminders",
    "meetings": "meetings, attendance, agreed minutes, calendar files",
    "workspace": "what a relationship writes together: signatures, goals, joint pages",
    "library": "a program’s documents, and who read them",
    "surveys": "evaluations: who was asked, what was answered, totals",
    "relationships": "members, the lifecycle table, mutual consent, help, endings",
    "enrolment": "participants, registration, consents, directory, wishes, import, export",
    "programs": "definitions, blueprints, versions, cohorts, appointments, rules",
    "people": "accounts, sign-in, the organization, the permission table",
    "questionnaires": "questions as data, drafts, answers",
    "notifications": "letters: outbox, preferences, delivery",
    "audit": "events in a chain of digests, without foreign keys",
    "core": "rows, both languages, sealed text and vault, visibility, frame, components",
}


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


# --- architecture


def rooms() -> str:
    """Draw the layers of the import contract, from the roof down."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["containers"] == ["releve"])
    width = max(map(len, ROOMS))
    drawn = []
    for layer in layers:
        names = re.findall(r"\w+", layer)
        drawn += [f"│ {name:{width}}  {ROOMS[name]}" for name in names]
        drawn.append("├" + "─" * (width + 2))
    return "\n".join(["```text", "┌" + "─" * (width + 2), *drawn[:-1], "└" + "─" * (width + 2), "```"])


def lifecycle() -> str:
    """List every move: from where, where to, and who may make it."""
    order = list(State)
    rows = (
        (
            f"`{name}`",
            " · ".join(state.value for state in sorted(move.sources, key=order.index)),
            move.target.value,
            " · ".join(sorted(actor.value for actor in move.may)),
        )
        for name, move in MOVES.items()
    )
    return table(["move", "from", "to", "who may"], rows)


# --- privacy


def readers() -> str:
    """List the classes of readers, as pages say them, and whether their answers are sealed."""
    rows = ((f"`{one.value}`", str(one.label), str(one.explanation), "sealed" if one in SEALED else "plain") for one in Visibility)
    return table(["class", "readers", "what a page says to the author", "answers of this class"], rows)


def what_is_read() -> str:
    """List what the first blueprint asks, and who reads the answers: a survey's mode decides about its own."""
    definition = blueprints.read(FIRST_BLUEPRINT)
    by_mode = {survey.form: readers_of(survey) for survey in definition.surveys}
    forms = [(str(form.title), "form", by_mode.get(form.id, Visibility(form.visibility))) for form in definition.forms]
    apart = [(str(question.label), "question", reader) for question, reader in _apart(definition)]
    rows = ((title, kind, f"`{reader.value}`", str(reader.label)) for title, kind, reader in [*forms, *apart])
    return table(["what", "kind", "class", "readers"], rows)


def _apart(definition: Definition) -> Iterator[tuple[Any, Visibility]]:
    """Yield the questions that have other readers than their form."""
    for form in definition.forms:
        for question in form.flat:
            reader = Visibility(form.visibility_of(question))
            if reader != Visibility(form.visibility):
                yield question, reader


def kept() -> str:
    """List every column that an erasure leaves although it spoke of the person, with the reason."""
    reasons: dict[tuple[str, str], list[str]] = {}
    for label, fields in sorted(classified().items()):
        for name, field in fields.items():
            if field.erase == "keep" and field.kind != "not_personal":
                reasons.setdefault((label, field.because), []).append(name)
    rows = ((label, ", ".join(f"`{name}`" for name in names), because) for (label, because), names in reasons.items())
    return table(["table", "columns", "why it stays"], rows)


def retention() -> str:
    """List for how long the first blueprint keeps what, after a cohort's last day."""
    definition = blueprints.read(FIRST_BLUEPRINT)
    rows = ((kind, f"{definition.value(months)} months") for kind, months in definition.privacy.retention_months.items())
    limit = f"\n\nSmall-cell limit: {definition.privacy.small_cell_limit}."
    return table(["what", "kept after the cohort’s last day"], rows) + limit


# --- security


def sealed() -> str:
    """List every sealed column, and whose key opens it."""
    rows = [
        (f"{model._meta.label}.{field.name}", f"`{field.key}`", _kept_in_words(model._meta.label, field.name))
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, SealedField)
    ]
    return table(["column", "key named by", "an erasure"], sorted(rows))


def _kept_in_words(label: str, name: str) -> str:
    field: Field = classified()[label][name]
    return {"delete": "deletes the row", "blank": "blanks it", "keep": "leaves it to the others"}[field.erase]


def permissions() -> str:
    """Print who may do what, as `releve permissions` does."""
    rows = ((permission.value, *("yes" if permission in ALLOWED[duty] else "–" for duty in Duty)) for permission in Permission)
    return table(["permission", *(duty.value for duty in Duty)], rows)


# --- operations


def commands() -> str:
    """List our commands with what their help says."""
    ours = {name: app for name, app in get_commands().items() if app.startswith("releve.")}
    rows = ((f"`releve {name}`", load_command_class(app, name).help) for name, app in sorted(ours.items()))
    return table(["command", "what it does"], rows)


def jobs() -> str:
    """List every timed job in the order of a tick."""
    rows = []
    for job in JOBS:
        first = (import_module(job.__module__).__dict__[job.__name__].__doc__ or "").strip().partition("\n")[0]
        rows.append((f"{job.__module__.split('.')[1]}.{job.__name__}", first))
    return table(["job", "what it does"], rows)


# --- the first program


def breaks() -> str:
    """Tell by requirement what is broken on purpose."""
    told: dict[str, list[str]] = {}
    for one in all_breaks():
        told.setdefault(one.requirement, []).append(one.lost)
    return table(["", "made untrue, one at a time", "times"], ((name, "; ".join(lost), str(len(lost))) for name, lost in told.items()))
