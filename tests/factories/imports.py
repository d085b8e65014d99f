"""Cohorts of the chapter's program, and files on their way into them."""

from datetime import date
from pathlib import Path

from releve.core.bilingual import Text
from releve.enrolment.importing import actions, reading
from releve.enrolment.importing.mapping import Columns, guess_columns
from releve.enrolment.models import Import
from releve.people.models import Person
from releve.programs.actions import adopt_blueprint, create_cohort
from releve.programs.models import Cohort
from tests.factories.people import person

DATA = Path(__file__).parents[1] / "enrolment" / "data"
XLSX = "registrations-2026.xlsx"
CSV = "registrations-2026-excel-fr.csv"


def chapter_cohort(by: Person | None = None) -> Cohort:
    """Make the chapter's program and one cohort of it, coordinated by somebody."""
    by = by or person("Amina Coordonne")
    program = adopt_blueprint("cchl_quebec", by=by)
    name = Text(fr="Cohorte 2026-2027", en="2026-2027 cohort")
    return create_cohort(program, name=name, slug="2026", starts_on=date(2026, 9, 1), ends_on=date(2027, 6, 30), by=by)


def coordinator_of(cohort: Cohort) -> Person:
    return cohort.program.appointments.get(duty="coordinator").person


def started(cohort: Cohort, content: bytes, *, name: str = "people.csv") -> Import:
    """Upload a file."""
    return actions.start_import(cohort, reading.read_table(content), file_name=name, by=coordinator_of(cohort))


def previewed(cohort: Cohort, content: bytes | str, *, columns: Columns | None = None) -> Import:
    """Upload a file, or one of the two real ones by name, and look at its rows as guessed."""
    name = content if isinstance(content, str) else "people.csv"
    sheet = started(cohort, (DATA / content).read_bytes() if isinstance(content, str) else content, name=name)
    actions.map_columns(sheet, columns or guess_columns(sheet.columns, cohort.definition), by=coordinator_of(cohort))
    actions.check_rows(sheet)
    return sheet
