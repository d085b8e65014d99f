from django.apps import AppConfig

from releve.notifications import kinds
from releve.notifications.kinds import Content


class RoomConfig(AppConfig):
    name = "tests.config.room"
    label = "room"

    def ready(self) -> None:
        kinds.register("hello", load=hello, group="reminders")


def hello(ids, person) -> Content:
    return Content(f"Bonjour {ids['number']}", "Une seule fois.")
