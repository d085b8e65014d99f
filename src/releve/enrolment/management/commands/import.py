# ruff: noqa: N999  the command is called import
"""Bring a list of people into a cohort from the command line: look first, land when told to."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import override

from releve.enrolment.importing import actions, landing
from releve.enrolment.importing.mapping import Columns, problems_with_columns, targets_of
from releve.enrolment.importing.preview import cases_of, reader_of
from releve.enrolment.importing.reading import MOST_BYTES, read_table
from releve.enrolment.importing.refusals import UnreadableFile
from releve.enrolment.importing.sentences import column_sentence, file_sentence, sentences_of
from releve.enrolment.management.arguments import account_of, cohort_at
from releve.enrolment.models import Import, ImportRow
from releve.people.models import Person
from releve.people.roles import Permission
from releve.programs.models import Cohort
from releve.programs.queries import may


class Command(BaseCommand):
    help = "Read a spreadsheet, say what becomes of each row and, with --land, make invited participants of the good ones."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="an XLSX, XLS, ODS or CSV file")
        parser.add_argument("cohort", help="address of the cohort: program/cohort")
        parser.add_argument("--by", required=True, metavar="EMAIL", help="the coordinator who does this")
        parser.add_argument("--sheet", default="", help="name of the sheet, if it is not the first")
        parser.add_argument("--column", action="append", default=[], metavar="HEADER=QUESTION", help="read a column otherwise than guessed")
        parser.add_argument("--role", default="", help="role of everyone in the file, when no column says it")
        parser.add_argument("--accept-changes", action="store_true", help="take the other answers of people who have not confirmed")
        parser.add_argument("--land", action="store_true", help="bring people in; without it nothing is kept")
        parser.add_argument("--all-or-none", action="store_true", help="bring in nobody while a row is to mend")
        parser.add_argument("--language", choices=("en", "fr"), default="en", help="language of the sentences")

    def handle(self, *args: Any, **options: Any) -> None:
        by, cohort = account_of(options["by"]), cohort_at(options["cohort"])
        if not may(by, Permission.IMPORT_PEOPLE, cohort.program):
            raise CommandError(f"{by.email} may not bring people into {options['cohort']}.")
        with override(options["language"]):
            sheet = _start(cohort, by, options)
            try:
                self._preview(sheet, by, options)
                if options["land"]:
                    self._land(sheet, by, all_or_none=options["all_or_none"])
            finally:
                sheet.refresh_from_db()
                if sheet.state != Import.State.LANDED:
                    actions.drop_import(sheet, by=by, now=timezone.now())

    def _preview(self, sheet: Import, by: Person, options: dict[str, Any]) -> None:
        actions.map_columns(sheet, _columns(sheet, options), by=by)
        actions.check_rows(sheet)
        if options["accept_changes"]:
            changes = sheet.rows.filter(verdict=ImportRow.Verdict.CHANGE).values_list("number", flat=True)
            actions.correct_rows(sheet, {}, dict.fromkeys(changes, ImportRow.Decision.ACCEPT), by=by)
            actions.check_rows(sheet)
        self._report(sheet)

    def _report(self, sheet: Import) -> None:
        """Say what becomes of each row that is not simply good, then count them all."""
        reader, rows = reader_of(sheet), list(sheet.rows.all())
        for role in reader.roles:
            missing = ", ".join(str(question.text) for question in reader.missing_columns(role.id))
            if missing:
                self.stdout.write(f"{role.plural}: {missing}")
        for row, case in zip(rows, cases_of(sheet, rows), strict=True):
            said = sentences_of(case.row.problems, case.notes)
            if said:
                self.stdout.write(f"{row.number}\t{row.verdict}\t{case.row.name or case.row.email}\t{' '.join(said)}")
        counts = {verdict: sum(row.verdict == verdict for row in rows) for verdict in ImportRow.Verdict.values if verdict}
        self.stdout.write(", ".join(f"{count} {verdict}" for verdict, count in counts.items() if count))

    def _land(self, sheet: Import, by: Person, *, all_or_none: bool) -> None:
        try:
            landing.land(sheet, revision=sheet.revision, all_or_none=all_or_none, by=by, now=timezone.now())
        except actions.ProblemsRemain as error:
            raise CommandError(f"Nobody came in: {error.count} rows are still to mend.") from error
        except actions.ImportRefused as error:
            raise CommandError("Nobody came in: something changed meanwhile. Run the command again.") from error
        self.stdout.write(f"{sheet.outcome['new']} came in, {sheet.outcome['changed']} took other answers.")


def _start(cohort: Cohort, by: Person, options: dict[str, Any]) -> Import:
    try:
        if options["file"].stat().st_size > MOST_BYTES:
            raise UnreadableFile("too_big", size=options["file"].stat().st_size, most=MOST_BYTES)
        table = read_table(options["file"].read_bytes(), sheet=options["sheet"])
    except OSError as error:
        raise CommandError(f"{options['file']} cannot be opened: {error.strerror}.") from error
    except UnreadableFile as error:
        raise CommandError(file_sentence(error)) from error
    return actions.start_import(cohort, table, file_name=options["file"].name, by=by)


def _columns(sheet: Import, options: dict[str, Any]) -> Columns:
    """Take the guess, corrected by --column and --role."""
    guessed = Columns.from_data(sheet.mapping)
    held, targets = dict(guessed.held), targets_of(sheet.cohort.definition)
    for pair in options["column"]:
        header, _equals, target = pair.rpartition("=")
        if header not in sheet.columns or target not in {*targets, ""}:
            raise CommandError(f"--column {pair}: headers are {', '.join(sheet.columns)}; questions are {', '.join(targets)}.")
        held[sheet.columns.index(header)] = target
    columns = Columns({place: target for place, target in held.items() if target}, options["role"] or guessed.everyone)
    if columns.everyone and columns.everyone not in {role.id for role in reader_of(sheet).roles}:
        raise CommandError(f"--role {columns.everyone}: roles are {', '.join(role.id for role in reader_of(sheet).roles)}.")
    problems = problems_with_columns(columns, sheet.cohort.definition)
    if problems:
        raise CommandError(" ".join(column_sentence(problem) for problem in problems))
    return columns
