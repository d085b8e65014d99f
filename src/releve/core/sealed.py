"""Sealed text: AES-256-GCM under a data key that lives in the vault.

The associated data is table, row and field, so that a ciphertext moved to another row or
column does not open. Source: docs/adr/0004-sealed-text.md.
"""

import json
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from releve.core.vault import keys

VERSION = b"\x01"
NONCE_BYTES = keys.NONCE_BYTES


class SealBroken(Exception):
    """The ciphertext does not belong to this row and field, or was altered."""


class Ciphertext(bytes):
    """What the database holds. Told apart from text that waits to be sealed by its type."""

    def __repr__(self) -> str:
        return "<sealed>"


def seal(value: Any, *, data_key: bytes, bound_to: str) -> Ciphertext:
    """Seal any JSON value, bound to one place."""
    nonce = os.urandom(NONCE_BYTES)
    plain = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return Ciphertext(VERSION + nonce + AESGCM(data_key).encrypt(nonce, plain, bound_to.encode()))


def unseal(sealed: bytes, *, data_key: bytes, bound_to: str) -> Any:
    """Open what `seal` made for the same place.

    Raises: SealBroken when it was made for another place or altered.
    """
    start = len(VERSION)
    if sealed[:start] != VERSION:
        raise SealBroken("Unknown version of sealed text.")
    nonce, body = sealed[start : start + NONCE_BYTES], sealed[start + NONCE_BYTES :]
    try:
        return json.loads(AESGCM(data_key).decrypt(nonce, body, bound_to.encode()))
    except InvalidTag as error:
        raise SealBroken(f"Sealed text does not belong to {bound_to}.") from error


class SealedAttribute(DeferredAttribute):
    """Open on reading; keep what was set until the row is saved."""

    field: "SealedField"

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        value = super().__get__(instance, cls)
        return self.field.open(instance, value) if isinstance(value, Ciphertext) else value

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class SealedField(models.BinaryField):
    """A JSON value (text, list, mapping) that only its data key opens.

    `key` names the attribute of the row that holds the data key's identity. A value whose
    key was destroyed reads as None. It can be neither searched, compared nor updated in bulk.
    """

    descriptor_class = SealedAttribute
    _pyi_private_set_type: Any  # for the type checker: what is sealed is any JSON value
    _pyi_private_get_type: Any

    def __init__(self, *args: Any, key: str, **kwargs: Any) -> None:
        self.key = key
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "key": self.key}

    def bound_to(self, instance: models.Model) -> str:
        return f"{self.model._meta.db_table}|{instance.pk}|{self.column}"

    def open(self, instance: models.Model, sealed: Ciphertext) -> Any:
        data_key = keys.open_key(getattr(instance, self.key))
        return None if data_key is None else unseal(sealed, data_key=data_key, bound_to=self.bound_to(instance))

    def to_python(self, value: Any) -> Any:
        return value  # BinaryField would take text for base64

    def pre_save(self, model_instance: models.Model, add: bool) -> Ciphertext | None:
        value = model_instance.__dict__.get(self.attname)
        if value is None or isinstance(value, Ciphertext):
            return value
        data_key = keys.open_key(getattr(model_instance, self.key))
        if data_key is None:
            raise SealBroken(f"{self.model.__name__}.{self.name} has no key to be sealed with.")
        sealed = seal(value, data_key=data_key, bound_to=self.bound_to(model_instance))
        model_instance.__dict__[self.attname] = sealed
        return sealed

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Ciphertext | None:
        return None if value is None else Ciphertext(value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is not None and not isinstance(value, Ciphertext):
            raise FieldError(f"{self.name} is sealed: set it on a row and save the row.")
        return super().get_db_prep_value(value, connection, prepared)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise FieldError(f"{self.name} is sealed and cannot be searched.")

    def value_from_object(self, obj: models.Model) -> Any:
        """Give serializers the ciphertext, never the text."""
        return obj.__dict__.get(self.attname)
