from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "releve.matching"
    label = "matching"
