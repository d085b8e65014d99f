"""Hand letters over to the mail server: each once, whoever else tries at the same moment."""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from uuid import UUID

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import F

from . import kinds, rendering
from .models import Letter, Preference

log = logging.getLogger("releve.letters")

WAITS = (timedelta(minutes=5), timedelta(hours=1))  # before the second and the third try
MOST_TRIES = len(WAITS) + 1
BATCH = 500  # letters of one tick
REFUSED = (SMTPRecipientsRefused, SMTPResponseException)  # the server said no: nothing went out


def deliver(letter_id: UUID | str, *, now: datetime) -> bool:
    """Send one letter if it waits; say whether this call sent it.

    A refusal is tried again later. Where nobody can know whether the server took the letter (the
    line dropped, the process was killed), it stays as it is: listed, never sent a second time.
    """
    letter = _claim(letter_id, now)
    if letter is None:
        return False
    try:
        message = _message(letter)
        connection = get_connection()
        if message is not None:
            connection.open()
    except Exception as error:  # a fault in one letter must not hold up the others
        return _put_back(letter, error, now)
    if message is None:
        return _leave(letter, Letter.State.CANCELLED)
    try:
        connection.send_messages([message])
    except REFUSED as error:
        return _put_back(letter, error, now)
    except Exception as error:
        log.error("Letter %s may or may not have left: %s", letter.pk, _class_of(error))
        return _leave(letter, Letter.State.SENDING, trouble=_class_of(error))
    finally:
        connection.close()
    _leave(letter, Letter.State.SENT, sent_at=now)
    return True


def deliver_due(now: datetime) -> int:
    """Send the letters whose time has come and that no worker has taken; return how many went out."""
    due = Letter.objects.waiting(now).order_by("created_at").values_list("pk", flat=True)[:BATCH]
    return sum(deliver(letter_id, now=now) for letter_id in list(due))


def _claim(letter_id: UUID | str, now: datetime) -> Letter | None:
    """Take a letter. Durable: were the claim undone after sending, the letter would go twice."""
    with transaction.atomic(durable=True):
        waiting = Letter.objects.waiting(now).filter(pk=letter_id)
        if not waiting.update(state=Letter.State.SENDING, claimed_at=now, tries=F("tries") + 1, trouble=""):
            return None
        return Letter.objects.select_related("person").get(pk=letter_id)


def _message(letter: Letter) -> EmailMultiAlternatives | None:
    """Write the letter, or None when it must not go out any more."""
    kind, person = kinds.get(letter.kind), letter.person
    if not person.is_active or (not kind.essential and Preference.objects.filter(person=person, group=kind.group).exists()):
        return None
    with rendering.as_read_by(person):
        content = kind.load(letter.ids, person)
    if content is None:
        return None
    return rendering.message(content, person, essential=kind.essential, identity=str(letter.pk))


def _put_back(letter: Letter, error: Exception, now: datetime) -> bool:
    trouble = _class_of(error)
    if letter.tries >= MOST_TRIES:
        log.error("Letter %s failed for good: %s", letter.pk, trouble)
        return _leave(letter, Letter.State.FAILED, trouble=trouble)
    log.warning("Letter %s will be tried again: %s", letter.pk, trouble)
    return _leave(letter, Letter.State.QUEUED, trouble=trouble, not_before=now + WAITS[letter.tries - 1])


def _leave(letter: Letter, state: Letter.State, **also: object) -> bool:
    Letter.objects.filter(pk=letter.pk, state=Letter.State.SENDING).update(state=state, **also)
    return False


def _class_of(error: Exception) -> str:
    """Name an error without its text, which may hold addresses."""
    code = getattr(error, "smtp_code", "")
    return f"{type(error).__name__} {code}".strip()[:60]
