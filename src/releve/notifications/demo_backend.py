"""Keep letters for a page of the demonstration instead of sending them."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import get_language

from .models import DemoLetter


class DemoBackend(BaseEmailBackend):
    """Django's mail backend of the demonstration."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            parts = {kind: content for content, kind in getattr(message, "alternatives", [])}
            DemoLetter.objects.bulk_create(
                DemoLetter(
                    to=address,
                    subject=message.subject,
                    text=message.body,
                    html=parts.get("text/html", ""),
                    language=message.extra_headers.get("Content-Language") or get_language() or "",
                )
                for address in message.recipients()
            )
        return len(email_messages)
