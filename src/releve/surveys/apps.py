from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "releve.surveys"
    label = "surveys"
