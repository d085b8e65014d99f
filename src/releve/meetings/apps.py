from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "releve.meetings"
    label = "meetings"
