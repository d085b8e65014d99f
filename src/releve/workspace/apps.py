from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    name = "releve.workspace"
    label = "workspace"

    def ready(self) -> None:
        from . import letters  # models are loaded only now

        letters.register()
