"""Turn a letter's words into a message: subject, text and HTML, in the reader's language."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Template, engines
from django.template.loader import get_template, render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from mjml import mjml2html

from releve.core import markdown

from . import sender
from .kinds import Content, Reader
from .plain import to_plain


@dataclass(frozen=True)
class Rendered:
    """A letter as it arrives."""

    subject: str
    text: str
    html: str


@contextmanager
def as_read_by(person: Reader) -> Iterator[None]:
    """Speak the reader's language and count in their time zone."""
    with translation.override(person.language), timezone.override(ZoneInfo(person.time_zone)):
        yield


def render(content: Content, person: Reader, *, essential: bool) -> Rendered:
    """Write a letter out for one person. An essential one offers nothing to switch off."""
    with as_read_by(person):
        subject = " ".join(content.subject.splitlines()).strip()  # a line break would begin a header of its own
        context: dict[str, Any] = {
            "subject": subject,
            "language": person.language,
            "sender": sender.current(),
            "reply_to": content.reply_to or sender.current().reply_to,
            "url": absolute(content.path) if content.path else "",
            "button": content.button,
            "essential": essential,
            "preferences_url": preferences_url(),
        }
        text = render_to_string("notifications/letter.txt", context | {"body": to_plain(content.body_markdown)})
        html = _html_template().render(context | {"body": markdown.render(content.body_markdown)})
    return Rendered(subject, text, html)


def message(content: Content, person: Reader, *, essential: bool, identity: str) -> EmailMultiAlternatives:
    """Address a rendered letter. The same `identity` gives the same Message-ID at every try."""
    rendered = render(content, person, essential=essential)
    with as_read_by(person):
        from_ = sender.current()
        headers = {
            "Message-ID": f"<{identity}@{settings.SITE_URL.partition('://')[2].partition(':')[0]}>",
            "Content-Language": person.language,
            "Auto-Submitted": "auto-generated",
        }
        if not essential:
            headers["List-Unsubscribe"] = f"<{preferences_url()}>"
    answers_to = content.reply_to or from_.reply_to
    result = EmailMultiAlternatives(
        rendered.subject,
        rendered.text,
        from_.address,
        [person.email],
        reply_to=[answers_to] if answers_to else None,
        headers=headers,
    )
    result.attach_alternative(rendered.html, "text/html")
    return result


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def preferences_url() -> str:
    return absolute(reverse("notifications:choose_letters"))


@cache
def _html_template() -> Template:
    """Lay out the MJML once; what people wrote is filled in afterwards, as in any template."""
    source = get_template("notifications/letter.mjml").template.source
    return engines["django"].from_string(mjml2html(source))
