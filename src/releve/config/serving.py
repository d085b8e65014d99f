"""gunicorn inside `releve serve`, configured by its arguments alone."""

from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from gunicorn.app.base import BaseApplication


class Server(BaseApplication):
    """Serves one application; leaves no control socket in the home folder."""

    def __init__(self, application: WSGIHandler, **settings: Any) -> None:
        self.application = application
        self.settings = settings | {"control_socket_disable": True}
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.settings.items():
            self.cfg.set(name, value)

    def load(self) -> WSGIHandler:
        return self.application
