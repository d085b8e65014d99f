from collections.abc import Iterable

from django.apps import AppConfig
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from releve.core import frame


class HomeConfig(AppConfig):
    name = "releve.home"
    label = "home"

    def ready(self) -> None:
        from .nav import nav_links  # models are loaded only now

        frame.register_nav(nav_links)
        frame.register("banner", _demo_links)


def _demo_links(request: HttpRequest) -> Iterable[frame.Link]:
    if settings.DEMO:
        yield frame.Link(reverse("home:list_personas"), _("Change person"))
        yield frame.Link(reverse("notifications:list_letters"), pgettext("link", "Emails"))
