"""Opening an account: only on the way to a page that calls for one, and only for a mailbox that answers.

Whether the address has an account already makes no difference to what is shown or asked. No account exists
before its address is proven: until then what was typed is in the session.
"""

import secrets
import string
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any, TypeVar

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

SESSION_KEY = "opening_account"
MINUTES = 15
TRIES = 5

View = TypeVar("View", bound=Callable[..., Any])


def opens_accounts(when: Callable[..., bool]) -> Callable[[View], View]:
    """Mark a page on the way to which a visitor may open an account.

    `when` gets the arguments of the page's address and says whether it is so today:

        @opens_accounts(when=registration_is_open)
        def register(request, cohort, role): …
    """

    def mark(view: View) -> View:
        view.opens_accounts = when  # type: ignore[attr-defined]
        return view

    return mark


def may_open_account(next_path: str) -> bool:
    """Say whether the page somebody is going to calls for an account."""
    if not next_path.startswith("/") or not url_has_allowed_host_and_scheme(next_path, allowed_hosts=None):
        return False
    try:
        match = resolve(next_path.partition("?")[0])
    except Resolver404:
        return False
    when = getattr(match.func, "opens_accounts", None)
    return when is not None and bool(when(**match.kwargs))


@dataclass(frozen=True)
class Opening:
    """An account that waits for its code."""

    email: str
    name: str
    language: str
    consent: str
    next_path: str
    code: str
    at: float
    tries: int = 0

    def is_alive(self) -> bool:
        """Say whether its code still opens it: not too old, and not tried too often."""
        return time.time() - self.at < MINUTES * 60 and self.tries < TRIES

    def accepts(self, typed: str) -> bool:
        """Compare a code as people type it, with or without its dash."""
        return secrets.compare_digest(_bare(typed).encode(), _bare(self.code).encode())


def _bare(code: str) -> str:
    return code.translate(str.maketrans("", "", string.punctuation + string.whitespace)).upper()


def start(request: HttpRequest, *, email: str, name: str, language: str, consent: str, next_path: str) -> Opening:
    """Send a code to the address and wait for it in the session."""
    code = get_adapter(request).generate_login_code()
    opening = Opening(email, name, language, consent, next_path, code, time.time())
    get_adapter(request).send_mail("account/email/open_account", email, {"code": code, "minutes": MINUTES})
    request.session[SESSION_KEY] = asdict(opening)
    return opening


def current(request: HttpRequest) -> Opening | None:
    """Return the account that waits in this session, alive or not."""
    data = request.session.get(SESSION_KEY)
    return Opening(**data) if data else None


def count_wrong_code(request: HttpRequest, opening: Opening) -> Opening:
    """Count a wrong code, and return the account that waits as it is then."""
    counted = replace(opening, tries=opening.tries + 1)
    request.session[SESSION_KEY] = asdict(counted)
    return counted


def forget(request: HttpRequest) -> None:
    request.session.pop(SESSION_KEY, None)
