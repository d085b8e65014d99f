from django.apps import AppConfig


class ProgressConfig(AppConfig):
    name = "releve.progress"
    label = "progress"
