"""Everything that writes an import on its way in. What lands is in `landing.py`.

ImportRefused
├── AlreadyEnded     landed or dropped, perhaps in another window
├── NewerPreview     what was shown is no longer what would land
└── ProblemsRemain   all were asked for, and some rows cannot come in
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from releve.audit import actions as audit
from releve.enrolment.models import ColumnMapping, Import, ImportRow
from releve.people.models import Person
from releve.programs.models import Cohort

from .cleaning import clean
from .mapping import Columns, guess_columns, signature_of
from .people import RowReader
from .preview import cases_of, reader_of
from .reading import Table

AT_ONCE = 1_000  # rows looked at while the person waits; more is done in the background
LAND_AT_ONCE = 200  # bringing people in takes longer
KEPT_DAYS = 30  # an import nobody finishes holds people's words without need
LONGEST_CORRECTION = 20_000
OPEN = (Import.State.MAPPING, Import.State.CHECKING, Import.State.PREVIEW)
IN_THE_WAY = (ImportRow.Verdict.ERROR, ImportRow.Verdict.CHOICE)
BATCH = 500


class ImportRefused(Exception):
    """Something that cannot be done with this import any more."""


class AlreadyEnded(ImportRefused):
    """Carries the state in which it ended."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


class NewerPreview(ImportRefused):
    """A correction, or a registration elsewhere, came between the page and its button."""


class ProblemsRemain(ImportRefused):
    """Carries how many rows stand in the way."""

    def __init__(self, count: int) -> None:
        super().__init__(str(count))
        self.count = count


@transaction.atomic
def start_import(cohort: Cohort, table: Table, *, file_name: str, by: Person) -> Import:
    """Keep the rows of a file until somebody lands or drops them, its columns guessed."""
    remembered = ColumnMapping.objects.filter(program=cohort.program, signature=signature_of(table.columns)).first()
    columns = guess_columns(table.columns, cohort.definition, remembered.mapping if remembered else None)
    sheet = Import.objects.create(
        cohort=cohort,
        by=by,
        file_name=clean(file_name)[:200],
        columns=list(table.columns),
        source={"sheet": table.sheet, "others": list(table.other_sheets), "header": table.header_row, **table.facts},
        mapping=columns.as_data(),
    )
    rows = [ImportRow(sheet=sheet, number=row.number, cells=list(row.cells)) for row in table.rows]
    ImportRow.objects.bulk_create(rows, batch_size=BATCH)
    audit.record("import.start", by=by, on=sheet, program=cohort.program, rows=len(rows))
    return sheet


@transaction.atomic
def map_columns(sheet: Import, columns: Columns, *, by: Person) -> None:
    """Settle what each column holds, and remember it for the next file with this header.

    Raises: AlreadyEnded.
    """
    changed = Import.objects.filter(pk=sheet.pk, state__in=OPEN).update(mapping=columns.as_data(), state=Import.State.CHECKING)
    if not changed:
        raise _ended(sheet)
    ColumnMapping.objects.update_or_create(
        program=sheet.cohort.program, signature=signature_of(sheet.columns), defaults={"mapping": columns.as_data()}
    )
    sheet.refresh_from_db()
    audit.record("import.map", by=by, on=sheet, program=sheet.cohort.program, columns=len(columns.held))


@transaction.atomic
def check_rows(sheet: Import) -> None:
    """Look at every row and move the preview to its next revision. Safe to repeat.

    Raises: AlreadyEnded.
    """
    now_open = Import.objects.filter(pk=sheet.pk, state__in=OPEN)
    if not now_open.update(state=Import.State.PREVIEW, revision=F("revision") + 1):
        raise _ended(sheet)
    rows = list(sheet.rows.all())
    for row, case in zip(rows, cases_of(sheet, rows), strict=True):
        row.verdict, row.remarked = case.verdict, case.remarked
        row.notes = [note.as_data() for note in case.notes]
    ImportRow.objects.bulk_update(rows, ["verdict", "remarked", "notes"], batch_size=BATCH)
    sheet.refresh_from_db()


def await_check(sheet: Import) -> None:
    """Leave a long file to the background. Raises: AlreadyEnded."""
    if not Import.objects.filter(pk=sheet.pk, state__in=OPEN).update(state=Import.State.CHECKING):
        raise _ended(sheet)
    sheet.refresh_from_db()


def await_landing(sheet: Import, *, revision: int, all_or_none: bool) -> None:
    """Leave the landing of a long file to the background, as it was seen.

    Raises: AlreadyEnded; NewerPreview; ProblemsRemain.
    """
    in_the_way = sheet.rows.filter(verdict__in=IN_THE_WAY).count() if all_or_none else 0
    if in_the_way:
        raise ProblemsRemain(in_the_way)
    seen = Import.objects.filter(pk=sheet.pk, state=Import.State.PREVIEW, revision=revision)
    if not seen.update(state=Import.State.LANDING, all_or_none=all_or_none):
        sheet.refresh_from_db()
        raise NewerPreview if sheet.state in OPEN else AlreadyEnded(sheet.state)
    sheet.refresh_from_db()


def reopen(sheet: Import) -> None:
    """Show the preview of a file again that could not land as it was seen."""
    if Import.objects.filter(pk=sheet.pk, state=Import.State.LANDING).update(state=Import.State.PREVIEW):
        check_rows(sheet)


@transaction.atomic
def correct_rows(sheet: Import, corrections: Mapping[int, Mapping[int, str]], decisions: Mapping[int, str], *, by: Person) -> bool:
    """Take what the coordinator wrote in cells and decided about rows; say whether anything changed.

    Units: row number → column number → text; row number → decision.
    Raises: AlreadyEnded.
    """
    if not Import.objects.filter(pk=sheet.pk, state__in=OPEN).exists():
        raise _ended(sheet)
    changed, reader = [], reader_of(sheet)
    for row in sheet.rows.filter(number__in={*corrections, *decisions}):
        before = (dict(row.corrections), row.decision)
        for place, text in corrections.get(row.number, {}).items():
            _correct(row, place, clean(text)[:LONGEST_CORRECTION], reader)
        wanted = decisions.get(row.number, row.decision)
        row.decision = wanted if wanted in ImportRow.Decision.values else row.decision
        if (row.corrections, row.decision) != before:
            changed.append(row)
    ImportRow.objects.bulk_update(changed, ["corrections", "decision"], batch_size=BATCH)
    if changed:
        audit.record("import.correct", by=by, on=sheet, program=sheet.cohort.program, rows=len(changed))
    return bool(changed)


def _correct(row: ImportRow, place: int, text: str, reader: RowReader) -> None:
    """Note a correction; what says the same as the file, or as before, is none: fields join lines and list choices anew."""
    if not 0 <= place < len(row.cells):
        return
    if reader.say_the_same(place, text, row.cells[place]):
        row.corrections.pop(str(place), None)
    elif not reader.say_the_same(place, text, row.corrections.get(str(place), row.cells[place])):
        row.corrections[str(place)] = text


@transaction.atomic
def drop_import(sheet: Import, *, by: Person | None, now: datetime) -> None:
    """Give an import up; nothing of the file stays. Raises: AlreadyEnded."""
    if not Import.objects.filter(pk=sheet.pk, state__in=OPEN).update(state=Import.State.DROPPED, ended_at=now):
        raise _ended(sheet)
    sheet.rows.all().delete()
    sheet.refresh_from_db()
    audit.record("import.drop", by=by, on=sheet, program=sheet.cohort.program)


def drop_forgotten(now: datetime) -> int:
    """Drop the imports nobody finished in time; return how many."""
    forgotten = Import.objects.filter(state__in=OPEN, created_at__lt=now - timedelta(days=KEPT_DAYS))
    count = 0
    for sheet in forgotten.select_related("cohort__program"):
        drop_import(sheet, by=None, now=now)
        count += 1
    return count


def _ended(sheet: Import) -> AlreadyEnded:
    sheet.refresh_from_db()
    return AlreadyEnded(sheet.state)
