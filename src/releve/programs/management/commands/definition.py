"""`releve definition schema` and `releve definition check FILE`: for authors who write definitions in an editor."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import override

from releve.core.bilingual import LANGUAGES
from releve.programs import blueprints, schema
from releve.programs.definition import Definition
from releve.programs.loading import load
from releve.programs.problems import DefinitionErrors


class Command(BaseCommand):
    help = "Print the JSON Schema of program definitions, or check the definition in a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("schema", help="print the JSON Schema, for editors")
        check = verbs.add_parser("check", help="say everything that is wrong with a definition")
        check.add_argument("file", type=Path)
        check.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0])

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "schema":
            self.stdout.write(schema.to_json(), ending="")
            return
        with override(options["language"]):
            self.check_file(options["file"], options["language"])

    def check_file(self, path: Path, language: str) -> None:
        try:
            definition = load(path, find_parent=shipped)
        except OSError as error:
            raise CommandError(_("The file %(path)s cannot be read.") % {"path": path}) from error
        except DefinitionErrors as errors:
            raise CommandError("\n".join(errors.report(language))) from errors
        values = {"name": definition.name, "steps": len(definition.steps), "letters": len(definition.letters)}
        self.stdout.write(_("“%(name)s” is sound: %(steps)d steps, %(letters)d letters.") % values)


def shipped(blueprint_id: str, version: int) -> Definition | None:
    """Find the shipped design that a child starts from."""
    return blueprints.read(blueprint_id) if version == 1 and blueprint_id in blueprints.names() else None
