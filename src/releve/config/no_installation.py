"""What a command needs that works without an installation: our languages, and nothing else."""

import django
from django.conf import settings

from releve.config import environment


def prepare() -> None:
    """Set Django up for texts alone: no rooms, no database, no secret, nothing read or written around it."""
    settings.configure(
        LANGUAGE_CODE="fr",
        LANGUAGES=[("fr", "Français"), ("en", "English")],
        LOCALE_PATHS=[environment.PACKAGE / "locale"],
        USE_I18N=True,
        USE_TZ=True,
    )
    django.setup()
