from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "releve.audit"
    label = "audit"
