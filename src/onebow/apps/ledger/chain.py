"""The chain of the access log: each row's code covers the row and the code of the row before it."""

import hmac
import json
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from onebow import home

# In this order the columns are covered; the code itself comes last in a row.
COVERED = ("id", "at", "by_id", "person_id", "organization_id", "what", "fields", "reason", "rows", "as_of")
FORMAT = "onebow.access/1"
START = "0" * 64


@cache
def access_key() -> bytes:
    """The key, which lies outside the database: who can write there still cannot make a row that fits."""
    return home.key("access")


def canonical(values: tuple[Any, ...]) -> bytes:
    """The covered columns of one row as bytes, the same on every database.

    >>> canonical((1, datetime(2026, 3, 2, tzinfo=UTC), 7, None, None, "record", "", "", 0, None)).decode()
    '["onebow.access/1",1,"2026-03-02T00:00:00.000000+00:00",7,null,null,"record","","",0,null]'
    """
    return json.dumps([FORMAT, *map(_plain, values)], ensure_ascii=False, separators=(",", ":")).encode()


def mac_of(previous: str, values: tuple[Any, ...], key: bytes) -> str:
    """HMAC-SHA256 over the previous row's code and this row, in hex."""
    return hmac.digest(key, bytes.fromhex(previous) + canonical(values), "sha256").hex()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value
