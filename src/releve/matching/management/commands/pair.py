"""Suggest pairs for a cohort from the command line; nobody is paired by it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from releve.enrolment.exporting import write_table
from releve.matching import actions
from releve.matching.queries import suggestions_of
from releve.people.models import Person, normalize_email
from releve.programs.models import Cohort


class Command(BaseCommand):
    help = "Suggest pairs for the participants of a cohort who switched suggestions on. Keeps the run; pairs nobody."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("cohort", help="address of the cohort: program/cohort")
        parser.add_argument("--by", required=True, help="e-mail address of a committee member")
        parser.add_argument("--seed", type=int, default=0, help="orders equally good answers (default 0)")
        parser.add_argument("--out", type=Path, help="a .csv or .xlsx file to write instead of the screen")

    def handle(self, *args: Any, **options: Any) -> None:
        cohort, by = _cohort(options["cohort"]), _person(options["by"])
        try:
            run = actions.run_suggestions(cohort, by=by, seed=options["seed"], now=timezone.now())
        except actions.NobodyToPair as error:
            raise CommandError(_("Suggestions need a mentee and a mentor who switched them on and have a place left.")) from error
        suggested = suggestions_of(run, reader=by)
        rows = [[one.mentee.person.name, one.mentor.person.name, one.fit.shown] for one in suggested.pairs]
        rows += [[one.mentee.person.name, "", ""] for one in suggested.unpaired]
        columns = [_("Mentee"), _("Mentor"), _("Fit")]
        if options["out"]:
            options["out"].write_bytes(write_table(columns, rows, options["out"].suffix.removeprefix(".")))
        else:
            self.stdout.write("\n".join("\t".join(map(str, row)) for row in [columns, *rows]))
        self.stderr.write(f"run {run.number}: {len(suggested.pairs)} pairs, {len(suggested.unpaired)} unpaired, seed {run.seed}")


def _cohort(address: str) -> Cohort:
    program, _slash, slug = address.partition("/")
    found = Cohort.objects.filter(program__slug=program, slug=slug).select_related("program", "version").first()
    if found is None:
        raise CommandError(_("No cohort has the address %(address)s. Write it as program/cohort.") % {"address": address})
    return found


def _person(email: str) -> Person:
    found = Person.objects.filter(email=normalize_email(email)).first()
    if found is None:
        raise CommandError(_("Nobody has the address %(email)s.") % {"email": email})
    return found
