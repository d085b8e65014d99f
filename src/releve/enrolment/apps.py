from django.apps import AppConfig


class EnrolmentConfig(AppConfig):
    name = "releve.enrolment"
    label = "enrolment"

    def ready(self) -> None:
        from . import letters  # models are loaded only now

        letters.register()
