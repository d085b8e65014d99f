"""What follows a signed-in person from page to page, and what happens when a session has ended."""

from collections.abc import Callable
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.urls import translate_url
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from releve.core.typed import Typed, carried_by, local_path, typed_into

from . import actions

YEAR = 365 * 24 * 60 * 60
READING = frozenset({"GET", "HEAD"})


class SignInRequired(LoginRequiredMiddleware):
    """Ask visitors to sign in, and bring them back to where they were.

    What somebody sends after their session has ended is not kept here: it goes back to them on the page that says so,
    and from there into the form once they are signed in again.
    """

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., HttpResponse]) -> HttpResponse:
        sign_in, field = resolve_url(self.get_login_url(view_func)), self.get_redirect_field_name(view_func)
        if request.method in READING and carried_by(request) is None:
            return redirect_to_login(request.get_full_path(), sign_in, field)
        # An address that only takes what is sent to it cannot be opened: the page it was sent from can.
        typed = typed_into(request)
        page = typed.page if typed else local_path(request, request.headers.get("Referer", ""))
        to_sign_in = redirect_to_login(page, sign_in, field)
        if request.accepts("text/html") and not request.headers.get("HX-Request"):  # a draft says so on its own page
            if typed:
                return _give_back(request, typed, to_sign_in["Location"])
            messages.warning(
                request,
                _(
                    "Your session had ended, so nothing was sent. Once signed in you come back to the page: what it had "
                    "saved is still there, and anything else has to be written again."
                ),
            )
        return to_sign_in


def _give_back(request: HttpRequest, typed: Typed, sign_in: str) -> HttpResponse:
    answer = render(request, "people/session_ended.html", {"typed": typed, "sign_in": sign_in}, status=403)
    add_never_cache_headers(answer)
    return answer


def own_settings(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Count time where the person lives, and keep the language they last chose."""

    def middleware(request: HttpRequest) -> HttpResponse:
        person = request.user
        if not person.is_authenticated:
            return get_response(request)
        if _switches_language(request):
            actions.choose_language(person, get_language())
        with timezone.override(ZoneInfo(person.time_zone)):
            response = get_response(request)
        if request.user.is_authenticated and request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) != request.user.language:
            remember_language(response, request.user.language)
        return response

    return middleware


def _switches_language(request: HttpRequest) -> bool:
    """Tell a click on the other language from a link that somebody sent: the first leaves this very page."""
    language = get_language()
    if request.method != "GET" or request.htmx or language == request.user.language:
        return False
    came_from = urlsplit(local_path(request, request.headers.get("Referer", ""))).path
    return came_from != request.path and came_from == translate_url(request.path, request.user.language)


def remember_language(response: HttpResponse, language: str) -> None:
    """Let the address without a language lead to the person's own."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, max_age=YEAR, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )
