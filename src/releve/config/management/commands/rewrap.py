from typing import Any

from django.core.management.base import BaseCommand, CommandError

from releve.core.vault import keys


class Command(BaseCommand):
    help = "Wrap every key of the vault with the first key of VAULT_KEYS, after a new one was put in front."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = keys.rewrap_all()
        except keys.VaultError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{count} keys were wrapped anew. The older keys of VAULT_KEYS open no key of this vault any more.")
        self.stdout.write("Make a backup now, then remove them: a vault backup older than this one still needs them.")
