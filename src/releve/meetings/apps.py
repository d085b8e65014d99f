from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "releve.meetings"
    label = "meetings"

    def ready(self) -> None:
        from . import letters  # models are loaded only now

        letters.register()
