from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from releve.config.backups import BackupRefused, restore_backup


class Command(BaseCommand):
    help = "Restore a data backup beside the newest vault. Stop the site first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="the folder given to releve backup")
        parser.add_argument("--at", default="", metavar="NAME", help="which data backup; the newest without it")
        parser.add_argument("--replace", action="store_true", help="give up what this server holds")

    def handle(self, *args: Any, folder: Path, at: str, replace: bool, **options: Any) -> None:
        try:
            done = restore_backup(folder, at=at, replace=replace, now=timezone.now())
        except BackupRefused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"The data of {done.place.name} is restored: {done.people} people.")
        if done.vault_kept:
            self.stdout.write("The vault in use was kept: it is the newest.")
        else:
            self.stdout.write("The vault was restored from its newest copy.")
        if not done.history_whole:
            self.stdout.write("The history in this backup is not whole: see releve history.")
        if done.held:
            self.stdout.write(f"{done.held} letters waited when the backup was made and may have left since: see releve letters.")
