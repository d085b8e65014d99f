from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from releve.config.backups import BackupRefused, make_backup


class Command(BaseCommand):
    help = "Copy the data and, apart from it, the vault into a folder. Safe while the site is in use."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--keep", type=int, metavar="N", help="keep the N newest data backups, remove the older ones")

    def handle(self, *args: Any, folder: Path, keep: int | None, **options: Any) -> None:
        if keep is not None and keep < 1:
            raise CommandError("--keep: write 1 or more.")
        try:
            place = make_backup(folder, keep=keep)
        except (BackupRefused, OSError) as error:
            raise CommandError(f"No backup was made. {error}") from error
        self.stdout.write(f"The data is in {place}.")
        self.stdout.write(f"The vault is in {folder / 'vault'}: keep its newest copy alone, elsewhere too, and apart from the data.")
        self.stdout.write("VAULT_KEYS is in neither: keep it apart from both.")
