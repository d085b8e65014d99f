"""What somebody typed into a form that cannot be taken any more, so that a page can give it back."""

import re
from urllib.parse import urlsplit

from django.http import HttpRequest

SECRET = re.compile("password|code|token", re.IGNORECASE)
WORDS = re.compile(r"\S\s+\S")  # two words at least: names of choices, dates and identities are no loss


def typed_texts(request: HttpRequest) -> list[str]:
    """List the texts of the form that was just sent from a page of this very site.

    Nothing for a form of another site: nobody else puts words on our pages.
    """
    if request.method != "POST" or not _came_from_here(request):
        return []
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    return [value for name, value in fields if isinstance(value, str) and not SECRET.search(name) and WORDS.search(value)]


def _came_from_here(request: HttpRequest) -> bool:
    address = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(address).netloc == request.get_host()
