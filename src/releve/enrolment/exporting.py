"""Lists that leave the house, and that come back as they went."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from releve.audit import actions as audit
from releve.core.visibility import Visibility
from releve.people.models import Person
from releve.people.roles import Permission
from releve.programs.models import Cohort
from releve.programs.queries import may
from releve.questionnaires.conditions import as_number, is_answered
from releve.questionnaires.definition import DAYS, MOMENTS, PREFER_NOT, Question
from releve.questionnaires.display import DAY_NAMES, MOMENT_NAMES, text_of

from .importing.mapping import ENTRY, ROLE, questions_of
from .models import Participant
from .queries import other_roles, participation_of
from .table_files import Cell, Format, write_table

CONTENT_TYPES: dict[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
STATE, INVITED, CONFIRMED = "@state", "@invited", "@confirmed"
NEVER = frozenset({Visibility.SELF, Visibility.MEMBERS, Visibility.SUPERVISOR, Visibility.AGGREGATE})


class ExportRefused(Exception):
    """A column that this person may not take out."""


def export_table(columns: Sequence[str], rows: Iterable[Sequence[Cell]], fmt: Format, *, name: str) -> HttpResponse:
    """Answer a request with a table to keep as a file. Raises: Http404 for a format we do not write."""
    if fmt not in CONTENT_TYPES:
        raise Http404
    return as_file(write_table(columns, rows, fmt), fmt, name=name)


def as_file(content: bytes, fmt: Format, *, name: str) -> HttpResponse:
    """Answer a request with a file that is never kept on the way."""
    disposition = content_disposition_header(True, f"{name}.{fmt}") or ""
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=CONTENT_TYPES[fmt], headers=headers)


# --- the participants of a cohort


def own_columns() -> dict[str, str]:
    """Name what an export says beside the answers."""
    return {
        ENTRY: _("Entry number"),
        ROLE: pgettext("column of a file", "Role"),
        STATE: _("State of the registration"),
        INVITED: _("Invited on"),
        CONFIRMED: _("Confirmed on"),
    }


def columns_for(cohort: Cohort, viewer: Person) -> dict[str, bool]:
    """List what this person may take out, and whether it is chosen to begin with.

    What a participant wrote for themselves or their relationship never leaves. What serves pairing
    alone is for those who pair, and only when they ask for it.
    """
    definition = cohort.definition
    pairs = may(viewer, Permission.READ_PAIRING_FACTS, cohort.program)
    allowed = dict.fromkeys(own_columns(), True)
    for question in questions_of(definition):
        visibility = definition.intake_form.visibility_of(question)
        if visibility in NEVER or (visibility == Visibility.MATCHING and not pairs):
            continue
        allowed[question.id] = visibility != Visibility.MATCHING and not question.sensitive
    return allowed


def export_people(
    cohort: Cohort,
    *,
    by: Person,
    fmt: Format,
    columns: Sequence[str] | None = None,
    roles: Sequence[str] = (),
    states: Sequence[str] = (),
) -> bytes:
    """Write the participants of a cohort, and note that they were taken out.

    Raises: ExportRefused for a column that is not this person's to take.
    """
    allowed = columns_for(cohort, by)
    chosen = [name for name, usual in allowed.items() if usual] if columns is None else list(columns)
    if not may(by, Permission.EXPORT_LISTS, cohort.program) or not set(chosen) <= set(allowed):
        raise ExportRefused(", ".join(sorted(set(chosen) - set(allowed))))
    people = cohort.participants.select_related("person", "registration").order_by("person__name", "role", "pk")
    people = people.filter(role__in=roles) if roles else people
    people = people.filter(state__in=states) if states else people
    questions = {question.id: question for question in questions_of(cohort.definition)}
    own = own_columns()
    header = [own.get(name) or str(questions[name].text) for name in chosen]
    rows = [_row(participant, chosen, questions, hidden) for participant, hidden in _with_hidden(people, cohort, by)]
    taken = [name.removeprefix("@") for name in chosen]
    audit.record("participants.export", by=by, on=cohort, program=cohort.program, rows=len(rows), columns=taken)
    return write_table(header, rows, fmt)


def _with_hidden(people: QuerySet[Participant], cohort: Cohort, viewer: Person) -> Iterator[tuple[Participant, set[str]]]:
    """Pair each participant with the answers that stay out: staff who take part read nothing that may name themselves."""
    form = cohort.definition.intake_form
    secret = {question.id for question in form.flat if form.visibility_of(question) == Visibility.MATCHING}
    closed = {other for place in participation_of(viewer, cohort) for other in other_roles(cohort.definition, place.role)}
    for participant in people:
        participant.cohort = cohort  # one definition for ten thousand people
        yield participant, secret if participant.role in closed else set()


def _row(participant: Participant, chosen: Sequence[str], questions: dict[str, Question], hidden: set[str]) -> list[Cell]:
    return [None if name in hidden else _cell(participant, name, questions.get(name)) for name in chosen]


def _cell(participant: Participant, name: str, question: Question | None) -> Cell:
    if question is None:
        return _own_cell(participant, name)
    if question.person_field == "email":
        return participant.person.email
    return cell_of(question, participant.given_answers.get(question.id))


def _own_cell(participant: Participant, name: str) -> Cell:
    if name == ROLE:
        return str(participant.cohort.definition.role(participant.role).name)
    if name == STATE:
        return str(participant.get_state_display())
    return participant.source_id if name == ENTRY else _day(participant.invited_at if name == INVITED else participant.confirmed_at)


def _day(moment: datetime | None) -> str:
    return timezone.localdate(moment).isoformat() if moment else ""


def cell_of(question: Question, answer: Any) -> Cell:
    """Write an answer as a cell that the import reads back as the same answer."""
    if not is_answered(answer):
        return None
    if answer == PREFER_NOT and question.prefer_not:
        return text_of(question, answer)
    if question.type in {"number", "scale"}:
        number = as_number(answer)
        return int(number) if number is not None and number == int(number) else number
    if question.type == "date":
        return str(answer)
    if question.type == "availability":
        slots = [(DAY_NAMES[day], MOMENT_NAMES[moment]) for day in DAYS for moment in MOMENTS if f"{day}_{moment}" in answer]
        return "; ".join(f"{day} {str(moment).lower()}" for day, moment in slots)
    if isinstance(answer, list):
        return "; ".join(text_of(question, value) for value in answer)
    return text_of(question, answer)
