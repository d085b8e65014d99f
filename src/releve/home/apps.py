from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "releve.home"
    label = "home"
