from django.apps import AppConfig


class RelationshipsConfig(AppConfig):
    name = "releve.relationships"
    label = "relationships"
