from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    name = "releve.programs"
    label = "programs"

    def ready(self) -> None:
        from . import letters  # once the models are there

        letters.register()
