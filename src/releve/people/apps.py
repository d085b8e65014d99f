from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "releve.people"
    label = "people"
