from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    name = "releve.programs"
    label = "programs"
