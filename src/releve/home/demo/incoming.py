"""A spreadsheet on its way into next year's cohort, left at its preview."""

from datetime import datetime

from releve.enrolment.importing import actions as importing
from releve.enrolment.importing import reading
from releve.enrolment.importing.mapping import Columns

from .world import STORY, World

FILE = "next_year.csv"
SHOWN_AS = "inscriptions-colloque.csv"
UPLOADED_AGO = 1


def plan(world: World) -> None:
    """Add the moment at which a coordinator uploaded the file."""
    moment = world.days.moment({"ago": UPLOADED_AGO}, start=world.starts["next"], at="16:05")
    world.timeline.at(moment, lambda now: _upload(world, now))


def _upload(world: World, now: datetime) -> None:
    by, cohort = world.people["ouellet"], world.cohorts["next"]
    table = reading.read_table((STORY / FILE).read_bytes())
    sheet = importing.start_import(cohort, table, file_name=SHOWN_AS, by=by)
    importing.map_columns(sheet, Columns.from_data(sheet.mapping), by=by)
    importing.check_rows(sheet)
