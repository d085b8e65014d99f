"""Everything that changes an account.

LinkRefused
├── LinkUnreadable     not a link of ours, or older than it may be
└── LinkSpent          used twice, or the person has a password or another address by now; carries the person
"""

import hashlib
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from allauth.account.models import EmailAddress
from django.core import signing
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.http import urlencode

from releve.audit import actions as audit
from releve.core.vault import keys

from .models import Consent, Person, SignInLinkUse, normalize_email

LINK_DAYS = 45
LINK_USES = 2  # on the telephone, then at the desk
LINK_SALT = "people.sign_in"


class LinkRefused(Exception):
    """A link that lets nobody in."""


class LinkUnreadable(LinkRefused):
    """Not one of our links, or too old."""


class LinkSpent(LinkRefused):
    """A link that did its work: the person signs in by a code from now on."""

    def __init__(self, person: Person) -> None:
        super().__init__()
        self.person = person


@transaction.atomic
def ensure_person(email: str, *, name: str, language: str) -> tuple[Person, bool]:
    """Find the account of an address, or open one without a password; say whether it is new.

    What an existing account says of itself is left as it is.
    """
    found = Person.objects.filter(email=normalize_email(email)).first()
    if found is not None:
        return found, False
    return Person.objects.create_user(email=email, name=name, language=language), True


def person_key(person: Person) -> UUID:
    """Give the data key of what this person alone may read, made when it is first needed."""
    if person.self_key is None:
        person.refresh_from_db(fields=["self_key"])
    if person.self_key is None:
        key = keys.create_key("person")
        if Person.objects.filter(pk=person.pk, self_key__isnull=True).update(self_key=key):
            person.self_key = key
        else:  # another request was faster
            keys.destroy_keys([key])
            person.refresh_from_db(fields=["self_key"])
    return cast(UUID, person.self_key)


# --- coming in


def sign_in_token(person: Person) -> str:
    """Sign a token by which the holder of the person's mailbox comes in, for 45 days and twice at most."""
    return signing.dumps([str(person.pk), _fingerprint(person.email)], salt=LINK_SALT, compress=True)


def sign_in_path(person: Person, *, next_path: str = "") -> str:
    """Write the address of a sign-in link for a letter, in the language in use."""
    path = reverse("people:accept_sign_in", args=[sign_in_token(person)])
    return f"{path}?{urlencode({'next': next_path})}" if next_path else path


def holder_of(token: str) -> Person:
    """Say whom a link lets in, without using it up.

    Raises: LinkUnreadable; LinkSpent.
    """
    try:
        person_id, address = signing.loads(token, salt=LINK_SALT, max_age=timedelta(days=LINK_DAYS))
    except (signing.BadSignature, ValueError) as error:
        raise LinkUnreadable from error
    person = Person.objects.filter(pk=person_id, is_active=True).first()
    if person is None:
        raise LinkUnreadable
    uses = person.link_uses.filter(link=_fingerprint(token)).count()
    if person.has_usable_password() or address != _fingerprint(person.email) or uses >= LINK_USES:
        raise LinkSpent(person)
    return person


@transaction.atomic
def use_link(token: str, *, now: datetime) -> Person:
    """Take one of the uses of a link.

    Raises: LinkUnreadable; LinkSpent.
    """
    person = Person.objects.select_for_update().get(pk=holder_of(token).pk)
    person = holder_of(token)
    person.link_uses.filter(created_at__lt=now - timedelta(days=LINK_DAYS)).delete()
    SignInLinkUse.objects.create(person=person, link=_fingerprint(token), created_at=now)
    return person


def _fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def prove_address(person: Person) -> None:
    """Note that the person reads the mail of their address: every way in starts from there."""
    if not EmailAddress.objects.filter(user=person, email=person.email, verified=True, primary=True).exists():
        EmailAddress.objects.filter(user=person).delete()
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)


def welcome(person: Person, *, now: datetime) -> bool:
    """Note the first time somebody comes in by themselves; say whether it is."""
    first = Person.objects.filter(pk=person.pk, welcomed_at__isnull=True).update(welcomed_at=now)
    if first:
        person.welcomed_at = now
        audit.record("account.welcome", by=person, subject=person)
    return bool(first)


@transaction.atomic
def open_account(email: str, *, name: str, language: str, consent: str, now: datetime) -> Person:
    """Open the account of somebody who proved their address, with what they agreed to; or take up the one there is."""
    person, is_new = ensure_person(email, name=name, language=language)
    if is_new:
        audit.record("account.open", by=person, subject=person)
        give_consent(person, "account", text=consent, language=language, now=now)
    return person


@transaction.atomic
def end_other_sessions(person: Person) -> None:
    """End every session of a person; the caller renews the one in use."""
    Person.objects.filter(pk=person.pk).update(session_round=F("session_round") + 1)
    person.refresh_from_db(fields=["session_round"])
    audit.record("account.end_sessions", by=person, subject=person)


def choose_language(person: Person, language: str) -> None:
    """Keep the language in which a person reads pages and letters."""
    Person.objects.filter(pk=person.pk).update(language=language)
    person.language = language


# --- consent at the level of the account


@transaction.atomic
def give_consent(person: Person, purpose: str, *, text: str, language: str, now: datetime) -> Consent:
    """Keep an agreement with the very text that was read; a new text ends the agreement to the old one."""
    digest = _fingerprint(text)
    current = person.consents.filter(purpose=purpose, withdrawn_at__isnull=True).first()
    if current is not None and current.text_digest == digest:
        return current
    if current is not None:
        withdraw_consent(person, purpose, now=now)
    audit.record("consent.give", by=person, subject=person, purpose=purpose)
    return Consent.objects.create(person=person, purpose=purpose, text=text, text_digest=digest, language=language, given_at=now)


@transaction.atomic
def withdraw_consent(person: Person, purpose: str, *, now: datetime) -> bool:
    """End an agreement, as easily as it was given; say whether there was one."""
    ended = person.consents.filter(purpose=purpose, withdrawn_at__isnull=True).update(withdrawn_at=now)
    if ended:
        audit.record("consent.withdraw", by=person, subject=person, purpose=purpose)
    return bool(ended)
