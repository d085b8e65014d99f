from django.apps import AppConfig


class ProgressConfig(AppConfig):
    name = "releve.progress"
    label = "progress"

    def ready(self) -> None:
        from . import letters  # models are loaded only now

        letters.register()
