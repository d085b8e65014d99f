"""Pair two spreadsheets under a policy, or suggest pairs for a cohort."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import override

from releve.core.bilingual import LANGUAGES
from releve.matching.engine import Objective
from releve.matching.engine.checks import LARGEST_SEED
from releve.matching.management.two_files import Asked, pair_two_files


class Command(BaseCommand):
    help = (
        "Pair two spreadsheets under a policy: releve pair MENTEES MENTORS --policy FILE. This needs no installation. "
        "Or suggest pairs for the participants of a cohort: releve pair PROGRAM/COHORT --by EMAIL. This keeps a run, and pairs nobody."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("mentees", metavar="MENTEES", help="a spreadsheet of mentees; or the address of a cohort, PROGRAM/COHORT")
        parser.add_argument("mentors", metavar="MENTORS", nargs="?", type=Path, help="a spreadsheet of mentors; it may be the same file")
        parser.add_argument("--policy", type=Path, metavar="FILE", help="the pairing policy, in YAML: docs/pairing-files.md")
        parser.add_argument("--objective", choices=[*map(str, Objective)], help="what the whole is best at, instead of the policy’s")
        parser.add_argument("--seed", metavar="N", help="orders equally good answers, instead of the policy’s")
        parser.add_argument("--explain", nargs="?", const="", metavar="NAME", help="explain one person; the whole without a name")
        parser.add_argument("--compare", action="store_true", help="say what each objective would give instead")
        parser.add_argument("--certify", nargs="?", const="", metavar="RESULT", help="check the result anew, or one kept as JSON")
        parser.add_argument("--json", action="store_true", help="give the result and what was asked beside it as JSON")
        parser.add_argument("--out", type=Path, metavar="FILE", help="a .csv, .xlsx or .json file to write instead of the screen")
        parser.add_argument("--lang", choices=LANGUAGES, default=_own_language(), help="language of what people read")
        parser.add_argument("--by", metavar="EMAIL", help="a committee member, for a cohort")

    def handle(self, *args: Any, **options: Any) -> str:
        with override(options["lang"]):
            try:
                return self._pair_cohort(options) if options["by"] else self._pair_files(options)
            except KeyboardInterrupt:
                raise CommandError(_("Stopped. Nothing was written."), returncode=130) from None

    def _pair_files(self, options: dict[str, Any]) -> str:
        if not options["mentors"] or not options["policy"]:
            raise CommandError(_("Give two spreadsheets and --policy, or the address of a cohort and --by."))
        asked = Asked(
            mentees=Path(options["mentees"]),
            mentors=options["mentors"],
            policy=options["policy"],
            objective=Objective(options["objective"]) if options["objective"] else None,
            seed=_seed(options["seed"]),
            explain=options["explain"],
            compare=options["compare"],
            certify=options["certify"],
            as_json=options["json"],
            out=options["out"],
        )
        return pair_two_files(asked, tell=self._tell)

    def _pair_cohort(self, options: dict[str, Any]) -> str:
        from releve.matching.management.of_cohort import pair_cohort  # needs an installation, which two files do without

        return pair_cohort(options["mentees"], by=options["by"], seed=_seed(options["seed"]) or 0, out=options["out"], tell=self._tell)

    def _tell(self, step: str) -> None:
        self.stderr.write(step, style_func=str)  # a step is no error, and is not shown in red


def _seed(text: str | None) -> int | None:
    digits = len(str(LARGEST_SEED))
    if text is not None and not (text.isascii() and text.isdigit() and len(text) <= digits and int(text) <= LARGEST_SEED):
        raise CommandError(_("--seed: give a whole number from 0 to %(largest)d.") % {"largest": LARGEST_SEED})
    return None if text is None else int(text)


def _own_language() -> str:
    """Take the terminal's language where it is one of ours."""
    own = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return next((language for language in LANGUAGES if own.startswith(language)), "en")
