from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "releve.config"
    label = "config"
