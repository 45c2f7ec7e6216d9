"""Columns of sensitive text: encrypted with a key that lies outside the database."""

import hmac
import secrets
from functools import cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.apps import apps
from django.db import models

from onebow import home

NONCE_BYTES = 12


@cache
def _cipher() -> AESGCM:
    return AESGCM(home.key("fields"))


@cache
def _index_key() -> bytes:
    return home.key("index")


def seal(text: str) -> bytes:
    """Encrypt: nonce (12 bytes), then AES-256-GCM ciphertext; empty text stays empty."""
    if not text:
        return b""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + _cipher().encrypt(nonce, text.encode(), None)


def unseal(data: bytes) -> str:
    """Decrypt what `seal` made.

    Raises:
        ValueError: the data was changed, or the key is another installation's.
    """
    if not data:
        return ""
    data = bytes(data)
    try:
        return _cipher().decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], None).decode()
    except InvalidTag as error:
        raise ValueError("sealed text does not open with this installation's key") from error


def blind_index(text: str) -> str:
    """A keyed digest (32 hex characters), equal for equal text: search without storing the text."""
    return hmac.digest(_index_key(), text.encode(), "sha256").hex()[:32] if text else ""


class SealedText(models.Field):
    """Text that the database holds encrypted. Read and written as str; not searchable (see `blind_index`)."""

    empty_values = [""]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", "")
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def get_internal_type(self) -> str:
        """Stored as bytes on both databases."""
        return "BinaryField"

    def from_db_value(self, value: Any, *_: Any) -> str:
        """Decrypt a column."""
        return unseal(value) if value else ""

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Encrypt for the database."""
        return connection.Database.Binary(seal(value or ""))

    def value_to_string(self, obj: models.Model) -> str:
        """Never in the clear in a serialised dump."""
        return ""


def sealed_columns() -> list[tuple[str, str, str]]:
    """Table, primary key and column of every sealed field of the product."""
    return [
        (model._meta.db_table, model._meta.pk.column, field.column)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, SealedText)
    ]
