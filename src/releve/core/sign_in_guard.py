"""Keep the sign-in page out of a piece of a page, when a session ends between two htmx requests."""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django_htmx.http import HttpResponseClientRedirect


def sign_in_guard(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Send the whole page to sign-in, and back to where the person was, instead of swapping sign-in into it."""

    def guard(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.headers.get("HX-Request") != "true" or response.status_code != 302:
            return response
        sign_in = resolve_url(settings.LOGIN_URL)
        if urlsplit(response["Location"]).path != sign_in:
            return response
        page = urlsplit(request.headers.get("HX-Current-URL", ""))
        here = f"{page.path}?{page.query}" if page.query else page.path
        back = urlencode({"next": here}) if page.netloc == request.get_host() else ""
        return HttpResponseClientRedirect(f"{sign_in}?{back}" if back else sign_in)

    return guard
