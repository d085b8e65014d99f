"""Prove that runs give their recorded answers again."""

from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from releve.matching.models import Run
from releve.matching.repeating import Repeated, repeat

HELD = frozenset({Repeated.SAME, Repeated.STILL_BEST, Repeated.PEOPLE_ERASED})  # as promised: an erasure ends what can be shown


class Command(BaseCommand):
    help = (
        "Compute a run again from its frozen inputs and compare with the record, byte for byte: releve rerun PROGRAM/COHORT/NUMBER. "
        "Without a number, every run of the cohort; without a cohort, every run there is. Writes nothing; fails if an answer differs."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("run", nargs="?", default="", metavar="ID", help="PROGRAM/COHORT/NUMBER, or the beginning of it")

    def handle(self, *args: Any, **options: Any) -> None:
        said = {
            Repeated.SAME: _("the same answer, to the byte"),
            Repeated.STILL_BEST: _("made by another engine; the recorded answer is proved, with the same total"),
            Repeated.PEOPLE_ERASED: _("cannot be repeated: somebody’s data have been erased"),
            Repeated.INPUTS_CHANGED: _("THE INPUTS ARE NOT THOSE RECORDED"),
            Repeated.OTHER_ANSWER: _("THE ANSWER IS NOT THE ONE RECORDED"),
        }
        broken = 0
        for run in _runs(options["run"]):
            repeated = repeat(run)
            broken += repeated.outcome not in HELD
            self.stdout.write(
                f"{run.cohort.program.slug}/{run.cohort.slug}/{run.number}: {said[repeated.outcome]} ({repeated.digest[:12]})"
            )
        if broken:
            raise CommandError(_("Runs that differ from their record: %(count)d.") % {"count": broken})


def _runs(address: str) -> Iterable[Run]:
    """Find the runs an address begins; refuse one that names none."""
    program, cohort, number, *more = [*address.strip("/").split("/"), "", "", ""][:4]
    found = Run.objects.done().select_related("cohort__program").order_by("cohort__program__slug", "cohort__slug", "number")
    if program:
        found = found.filter(cohort__program__slug=program)
    if cohort:
        found = found.filter(cohort__slug=cohort)
    if number:
        found = found.filter(number=int(number)) if number.isdecimal() else found.none()
    if any(more) or (address and not found.exists()):
        raise CommandError(_("No finished run has the address %(address)s. Write it as program/cohort/number.") % {"address": address})
    return found.iterator()
