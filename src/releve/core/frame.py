"""The frame around every page: navigation, account menu, footer, languages.

Rooms register providers in `AppConfig.ready`, so the frame knows none of them:

    frame.register("nav", lambda request: [Link(reverse("home:day"), _("Today"))])
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix, translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_info


@dataclass(frozen=True)
class Link:
    """One link of the frame.

    `keep` leaves it on the bar of a phone, outside the menu. `current` is worked out from the
    address unless the provider says True itself.
    """

    url: str
    label: str
    current: bool = False
    keep: bool = False
    count: int = 0


Place = Literal["nav", "account", "footer", "banner"]  # the banner: links of a demonstration, above everything
Provider = Callable[[HttpRequest], Iterable[Link]]

_providers: dict[Place, list[Provider]] = {"nav": [], "account": [], "footer": [], "banner": []}


def register(place: Place, provider: Provider) -> None:
    """Add a provider of links; they appear in the order of registration."""
    _providers[place].append(provider)


def register_nav(provider: Provider) -> None:
    """Add links to the main navigation."""
    register("nav", provider)


def links(place: Place, request: HttpRequest) -> list[Link]:
    """Collect the links of one place, the one for the page in view marked current."""
    found = [link for provider in _providers[place] for link in provider(request)]
    if any(link.current for link in found):
        return found
    here = [link.url for link in found if request.path.startswith(link.url)]
    nearest = max(here, key=len, default=None)
    return [replace(link, current=link.url == nearest) for link in found]


def home_url() -> str:
    """Give the address of the start page in the language in use."""
    return f"{get_script_prefix()}{get_language()}/"


@dataclass(frozen=True)
class OtherLanguage:
    """A link to this same page in another language."""

    code: str
    name: str
    url: str


def other_languages(request: HttpRequest) -> list[OtherLanguage]:
    """List this page's address in each language but the one in use."""
    here = request.get_full_path()
    others = [code for code, _name in settings.LANGUAGES if code != get_language()]
    result = []
    for code in others:
        url = _onward(translate_url(here, code), code)
        # An address that exists in no language (a 404) leads to the start page.
        url = f"{get_script_prefix()}{code}/" if url == here else url
        result.append(OtherLanguage(code, get_language_info(code)["name_local"].capitalize(), url))
    return result


def _onward(url: str, code: str) -> str:
    """Let an address that says where to go next go there in the same language."""
    path, _mark, query = url.partition("?")
    pairs = [(name, translate_url(value, code) if name == "next" else value) for name, value in parse_qsl(query, keep_blank_values=True)]
    return f"{path}?{urlencode(pairs)}" if pairs else url


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give every template the frame's links, worked out only if the page prints them."""
    return {
        "home_url": home_url(),
        "nav": SimpleLazyObject(lambda: links("nav", request)),
        "account_links": SimpleLazyObject(lambda: links("account", request)),
        "footer_links": SimpleLazyObject(lambda: links("footer", request)),
        "banner_links": SimpleLazyObject(lambda: links("banner", request)),
        "other_languages": SimpleLazyObject(lambda: other_languages(request)),
    }
