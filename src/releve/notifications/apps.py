from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "releve.notifications"
    label = "notifications"
