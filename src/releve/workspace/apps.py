from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    name = "releve.workspace"
    label = "workspace"
