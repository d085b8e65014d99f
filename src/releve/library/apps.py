from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "releve.library"
    label = "library"
