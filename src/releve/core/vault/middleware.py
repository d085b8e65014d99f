"""Keep opened keys for one request and no longer."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from . import keys


def forget_keys(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Open each data key once per request, and forget all of them at its end."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with keys.remembered():
            return get_response(request)

    return middleware
