from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "releve.core"
    label = "core"
