from collections.abc import Iterable

from django.apps import AppConfig
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from releve.core import frame


class NotificationsConfig(AppConfig):
    name = "releve.notifications"
    label = "notifications"

    def ready(self) -> None:
        frame.register("account", _account_links)
        frame.register("footer", _footer_links)


def _account_links(request: HttpRequest) -> Iterable[frame.Link]:
    if request.user.is_authenticated:
        yield frame.Link(reverse("notifications:choose_letters"), _("Emails you receive"))


def _footer_links(request: HttpRequest) -> Iterable[frame.Link]:
    if settings.DEMO:
        yield frame.Link(reverse("notifications:list_letters"), _("Emails of the demonstration"))
