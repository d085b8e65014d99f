"""What binds a signature to the text it stands under, so that a change of either shows.

The digest is keyed with the members' own data key: in a backup it cannot be compared with guesses at
the text, and whoever can only write to the database cannot make one.
"""

import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any

from releve.core.sealed import SealBroken
from releve.core.vault import keys

from .models import Agreement, Signature

PURPOSE = b"releve signature 1"  # the key that seals is not used as it is for anything else


class KeyDestroyed(Exception):
    """The relationship's key is gone, and with it every text and signature."""


def text_digest(text: dict[str, Any]) -> str:
    """Name a text as it is shown, so that what is signed is what was read."""
    return hashlib.sha256(_canonical(text)).hexdigest()


def signature_digest(agreement: Agreement, *, name: str, language: str, now: datetime) -> str:
    """Bind text, version, name, language and moment. Raises: KeyDestroyed."""
    data_key = keys.open_key(agreement.joint_key)
    if data_key is None:
        raise KeyDestroyed
    own_key = hmac.new(data_key, PURPOSE, hashlib.sha256).digest()
    moment = now.astimezone(UTC).isoformat(timespec="microseconds")
    bound = [agreement.text, str(agreement.relationship_id), agreement.document, agreement.number, name, language, moment]
    return hmac.new(own_key, _canonical(bound), hashlib.sha256).hexdigest()


def is_intact(signature: Signature) -> bool:
    """Say whether text and signature are still, to the letter, what they were when signed."""
    try:
        digest = signature_digest(signature.agreement, name=signature.name, language=signature.language, now=signature.signed_at)
    except (SealBroken, KeyDestroyed):
        return False
    return hmac.compare_digest(digest, signature.digest)


def _canonical(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
