"""What allauth asks of this house: who may come in, which words it says, and how its letters look."""

import logging
from dataclasses import dataclass, field
from smtplib import SMTPException
from typing import Any, ClassVar
from uuid import UUID, uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from releve.notifications import rendering
from releve.notifications.kinds import Content

from . import actions
from .middleware import remember_language
from .models import Person, normalize_email

log = logging.getLogger("releve.people")


@dataclass(frozen=True)
class Addressee:
    """Whoever reads the mail of an address, with or without an account."""

    email: str
    language: str
    time_zone: str = settings.TIME_ZONE
    name: str = ""
    is_active: bool = True
    pk: UUID = field(default_factory=uuid4)


class AccountAdapter(DefaultAccountAdapter):
    """Open no account to passers-by: people come in by invitation or by registering for a program."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed."),
        "duplicate_email": _("This address is already yours."),
        "email_password_mismatch": _("This address and this password do not go together."),
        "email_taken": _("This address belongs to another account."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_code": _("This code is not right. Copy it from the email that came last."),
        "incorrect_password": _("This is not your password."),
        "too_many_login_attempts": _("Too many tries. Wait a few minutes, then try again."),
        "rate_limited": _("Too many requests. Wait a few minutes, then try again."),
        "same_as_current": _("This is the same as before."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a letter at once, in the language of its reader, dressed like every other letter."""
        reader = _reader(email, self.request)
        with rendering.as_read_by(reader):
            subject = render_to_string(f"{template_prefix}_subject.txt", context)
            body = render_to_string(f"{template_prefix}_message.txt", context)
        message = rendering.message(Content(subject.strip(), body.strip()), reader, essential=True, identity=str(reader.pk))
        try:
            message.send()
        except (SMTPException, OSError) as error:
            log.error("A letter about an account could not be sent: %s", type(error).__name__)
            raise ImmediateHttpResponse(render(self.request, "people/mail_failed.html", status=503)) from error

    def pre_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse | None:
        refusal = super().pre_login(request, user, **kwargs)
        if refusal is None:
            actions.prove_address(user)
        return refusal

    def post_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse:
        """Go on in the person's own language."""
        response = super().post_login(request, user, **kwargs)
        actions.welcome(user, now=timezone.now())
        response = HttpResponseRedirect(translate_url(response["Location"], user.language))
        remember_language(response, user.language)
        return response

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        return reverse("people:show_account")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("people:show_account")


def _reader(email: str, request: HttpRequest | None) -> Addressee:
    """Find the language to write in: the account's own, else that of the page in use."""
    signed_in = getattr(request, "user", None)
    if signed_in is not None and signed_in.is_authenticated:
        return Addressee(email, signed_in.language, signed_in.time_zone)
    person = Person.objects.filter(email=normalize_email(email)).first()
    if person is not None:
        return Addressee(email, person.language, person.time_zone)
    return Addressee(email, get_language() or settings.LANGUAGE_CODE)
