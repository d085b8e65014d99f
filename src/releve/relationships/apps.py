from django.apps import AppConfig


class RelationshipsConfig(AppConfig):
    name = "releve.relationships"
    label = "relationships"

    def ready(self) -> None:
        from . import letters  # models are loaded only now

        letters.register()
