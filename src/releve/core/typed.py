"""What somebody typed into a form that was not taken, so that its page can be shown again with it. Nothing is kept on the server."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import HttpRequest, QueryDict

CARRIED = "_carried"  # names the address a form was to be sent to: its page is shown again with the values, and nothing is done
CSRF = "csrfmiddlewaretoken"
SECRET = re.compile("password|code|token", re.IGNORECASE)
WORDS = re.compile(r"\S\s+\S")  # two words at least: worth a place to copy them from


@dataclass(frozen=True)
class Typed:
    """The values of a form that was sent from a page of this very site: `page` shows that form, `sent_to` would take it."""

    fields: list[tuple[str, str]]
    page: str
    sent_to: str

    @property
    def texts(self) -> list[str]:
        return [value for _name, value in self.fields if WORDS.search(value)]


def typed_into(request: HttpRequest) -> Typed | None:
    """Return what a form that cannot be taken held; None for a form that held nothing.

    Nothing for a form of another site either: nobody else puts words on our pages.
    """
    values = carried_by(request) or (request.POST if request.method == "POST" and came_from_here(request) else QueryDict())
    fields = [(name, value) for name, given in values.lists() for value in given if isinstance(value, str)]
    kept = [(name, value) for name, value in fields if name not in {CARRIED, CSRF} and not SECRET.search(name)]
    if not any(value.strip() for _name, value in kept):
        return None
    is_carried = carried_by(request) is not None
    page = request.get_full_path() if is_carried else local_path(request, request.headers.get("Referer", ""))
    return Typed(kept, page, values.get(CARRIED) or request.path)


def carried_by(request: HttpRequest) -> QueryDict | None:
    """Return the values with which a page is asked to show its form again."""
    return getattr(request, "carried", None)


def came_from_here(request: HttpRequest) -> bool:
    """Say whether a page of this site sent the request."""
    address = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(address).netloc == request.get_host()


def local_path(request: HttpRequest, address: str) -> str:
    """Return the path and query of an address of this site; the start for any other."""
    parts = urlsplit(address)
    if parts.netloc != request.get_host() or parts.scheme not in {"http", "https"}:
        return "/"
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
