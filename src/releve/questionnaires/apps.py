from django.apps import AppConfig


class QuestionnairesConfig(AppConfig):
    name = "releve.questionnaires"
    label = "questionnaires"
