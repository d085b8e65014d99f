"""Write a list of participants to a file from the command line."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from releve.enrolment.exporting import CONTENT_TYPES, ExportRefused, columns_for, export_people
from releve.enrolment.management.arguments import account_of, cohort_at
from releve.enrolment.models import Participant


class Command(BaseCommand):
    help = "Write the participants of a cohort to a CSV or XLSX file, which holds personal information."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("cohort", help="address of the cohort: program/cohort")
        parser.add_argument("file", type=Path, help="the .csv or .xlsx file to write")
        parser.add_argument("--by", required=True, metavar="EMAIL", help="the coordinator who does this")
        parser.add_argument(
            "--columns", nargs="+", metavar="QUESTION", help="what to write (default: all but sensitive and pairing answers)"
        )
        parser.add_argument("--roles", nargs="+", default=[], metavar="ROLE")
        parser.add_argument("--states", nargs="+", default=[], choices=Participant.State.values)
        parser.add_argument("--language", choices=("en", "fr"), default="en", help="language of headers and choices")

    def handle(self, *args: Any, **options: Any) -> None:
        by, cohort = account_of(options["by"]), cohort_at(options["cohort"])
        fmt = options["file"].suffix.removeprefix(".").casefold()
        if fmt not in CONTENT_TYPES:
            raise CommandError("The file must end in .csv or .xlsx.")
        wanted = {"columns": options["columns"], "roles": options["roles"], "states": options["states"]}
        try:
            with override(options["language"]):
                content = export_people(cohort, by=by, fmt=fmt, **wanted)
        except ExportRefused as error:
            raise CommandError(
                f"{by.email} may take out {', '.join(columns_for(cohort, by))}; refused: {error or 'everything'}."
            ) from error
        try:
            options["file"].write_bytes(content)
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"{options['file']} is written.")
