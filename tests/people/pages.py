"""A page on the way to which accounts are opened, one where they are not, and one that takes something."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST

from releve.config import urls
from releve.people.signup import opens_accounts


def show_hour(request):
    return HttpResponse(timezone.get_current_timezone_name())


@opens_accounts(when=lambda role: role == "mentor")
def register(request, role):
    return HttpResponse(f"registering {request.user} as {role}")


@login_not_required
def show_open(request):
    return HttpResponse("open to all")


@require_POST
def keep(request):
    return HttpResponse("kept")


urlpatterns = [
    *i18n_patterns(
        path("hour/", show_hour, name="show_hour"),
        path("register/<slug:role>/", register, name="register"),
        path("open/", show_open, name="show_open"),
        path("keep/", keep, name="keep"),
    ),
    *urls.urlpatterns,
]
