from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "releve.surveys"
    label = "surveys"

    def ready(self) -> None:
        from . import letters  # models are loaded only now

        letters.register()
