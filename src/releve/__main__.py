"""The `releve` command."""

import os
import sys
from io import TextIOWrapper

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from releve.config import environment, first_settings, no_installation


def main() -> None:
    if sys.argv[1:2] == ["pair"] and not any(word == "--by" or word.startswith("--by=") for word in sys.argv):
        no_installation.prepare()
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(errors="backslashreplace")  # names have letters that some terminals lack
        from releve.matching.management.commands.pair import Command  # reads texts, which are there only now

        Command().run_from_argv(sys.argv)
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "releve.config.settings")
    try:
        if sys.argv[1:2] == ["init"]:
            first_settings.prepare(sys.argv[2:], environment.home_folder())
        settings.INSTALLED_APPS  # noqa: B018  Django's own commands would hide what is wrong with a setting
    except ImproperlyConfigured as error:
        sys.exit(f"releve: {error}")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
