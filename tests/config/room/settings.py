"""The settings of a real installation, with the room of these tests."""

from releve.config.settings import *  # noqa: F403

INSTALLED_APPS += ["tests.config.room"]  # noqa: F405
