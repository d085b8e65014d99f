from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "releve.reports"
    label = "reports"
