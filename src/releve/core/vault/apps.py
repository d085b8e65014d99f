from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "releve.core.vault"
    label = "vault"
