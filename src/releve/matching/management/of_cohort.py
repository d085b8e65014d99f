"""Suggest pairs for a cohort and keep the run; nobody is paired by it."""

from collections.abc import Callable
from pathlib import Path

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from releve.enrolment.management.arguments import account_of, cohort_at
from releve.enrolment.table_files import Cell
from releve.matching import actions
from releve.matching.queries import suggestions_of

from .outputs import lines_of, replace_file, table_for


def pair_cohort(address: str, *, by: str, seed: int, out: Path | None, tell: Callable[[str], None]) -> str:
    """Run suggestions for a cohort as a committee member would, and give their table.

    Raises: CommandError; PermissionDenied for somebody who may not pair.
    """
    if out and out.suffix.casefold() not in {".csv", ".xlsx"}:
        raise CommandError(_("“%(file)s” must end in .csv or .xlsx.") % {"file": out})
    person = account_of(by)
    try:
        run = actions.run_suggestions(cohort_at(address), by=person, seed=seed, now=timezone.now())
    except actions.NobodyToPair as error:
        raise CommandError(_("Suggestions need a mentee and a mentor who switched them on and have a place left.")) from error
    suggested = suggestions_of(run, reader=person)
    rows: list[list[Cell]] = [[one.mentee.person.name, one.mentor.person.name, one.fit.shown] for one in suggested.pairs]
    rows += [[one.mentee.person.name, "", None] for one in suggested.unpaired]
    columns = [_("Mentee"), _("Mentor"), _("Fit")]
    known = {"number": run.number, "pairs": len(suggested.pairs), "unpaired": len(suggested.unpaired), "seed": int(run.seed)}
    tell(_("Run %(number)d is kept: pairs %(pairs)d, without a mentor %(unpaired)d, seed %(seed)d.") % known)
    if out is None:
        return "\n".join(lines_of(columns, rows))
    replace_file(out, table_for(out, columns, rows))
    tell(_("%(file)s is written.") % {"file": out})
    return ""
