from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "releve.privacy"
    label = "privacy"
