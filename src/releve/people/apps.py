from collections.abc import Iterable

from django.apps import AppConfig
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from releve.core import frame
from releve.notifications.sender import register_sender


class PeopleConfig(AppConfig):
    name = "releve.people"
    label = "people"

    def ready(self) -> None:
        from . import letters  # models are ready only now

        register_sender(letters.sender)
        frame.register("account", _account_links)


def _account_links(request: HttpRequest) -> Iterable[frame.Link]:
    if request.user.is_authenticated:
        yield frame.Link(reverse("people:show_account"), _("Your account"))
        yield frame.Link(reverse("privacy:show_my_data"), _("My data"))
        yield frame.Link(reverse("account_logout"), _("Sign out"))
    else:
        yield frame.Link(reverse("account_request_login_code"), _("Sign in"))
