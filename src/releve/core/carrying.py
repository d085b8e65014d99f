"""Show a form again with what was typed into it: in the other language, or once signed in anew."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.datastructures import MultiValueDict

from .filling import filled
from .typed import CARRIED, came_from_here, typed_into


def carry_typed(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer a form that only wants to be shown again as if its page had been opened, with the values in it."""

    def shown_again(request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or CARRIED not in request.POST or not came_from_here(request):
            return get_response(request)
        values = request.POST
        request.carried = values
        request.method = request.META["REQUEST_METHOD"] = "GET"
        request.POST, request._files = QueryDict(), MultiValueDict()
        return _with(values, request, get_response(request))

    return shown_again


def _with(values: QueryDict, request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Put the values into the form of a page; where that form is gone, show its words by themselves."""
    is_page = response.status_code == 200 and "html" in response.get("Content-Type", "") and not response.streaming
    page = filled(response.content.decode(), values, sent_to=values[CARRIED], here=request.path) if is_page else None
    if page is not None:
        response.content = page
    elif response.status_code != 403 and (typed := typed_into(request)) and typed.texts:
        response = render(request, "core/typed_back.html", {"typed": typed}, status=409)
    add_never_cache_headers(response)
    return response
