"""Rows as bytes, the same from both databases: JSON arrays of plain values, by the kind of each column.

kind       in the row                            SQLite keeps       PostgreSQL keeps
int text   as they are                           integer, text      integer, varchar or text
bool       true, false                           0, 1               boolean
date       "2026-03-02"                          the same text      date
moment     "2026-03-02 04:00:00[.123456]", UTC   the same text      timestamptz
decimal:2  "12.50"                               numeric            numeric(…, 2)
float      shortest exact digits                 real               double precision
bytes      base64 (sealed columns stay sealed)   blob               bytea
json       text: sorted keys, no spaces, ASCII   text               jsonb: no order of keys, no float beyond 1e16
uuid       32 hexadecimal digits                 the same text      uuid

A table's rows are joined by commas, so that its digest does not depend on how they were batched.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from onebow.apps.base.refusals import Refused

Change = Callable[..., Any]


@dataclass(frozen=True)
class Column:
    """列: a column's name and the kind of its values, see above."""

    name: str
    kind: str


def encode(rows: Sequence[tuple[Any, ...]], columns: Sequence[Column], vendor: str) -> bytes:
    """Rows as the database gives them (without Django's converters) → bytes.

    Raises:
        Refused: a value is not of its column's kind.
    """
    try:
        told = json.dumps(_changed(rows, columns, _readers(vendor)), ensure_ascii=False, separators=(",", ":"))
    except (TypeError, ValueError, ArithmeticError) as error:
        raise Refused(f"有的值与列的类型不符({error})。") from error
    return told[1:-1].encode()


def decode(data: bytes) -> list[list[Any]]:
    """Bytes → rows of plain values."""
    rows: list[list[Any]] = json.loads(b"[" + data + b"]")
    return rows


def for_database(rows: Sequence[Sequence[Any]], columns: Sequence[Column], vendor: str) -> list[tuple[Any, ...]]:
    """Rows of plain values → rows as the database takes them."""
    return _changed(rows, columns, _writers(vendor))


def _changed(
    rows: Sequence[Sequence[Any]], columns: Sequence[Column], changes: dict[str, Change]
) -> list[tuple[Any, ...]]:
    """Column by column; most need no change."""
    if not rows:
        return []
    values: list[Iterable[Any]] = list(zip(*rows, strict=True))
    for place, column in enumerate(columns):
        kind, _, places = column.kind.partition(":")
        if change := changes.get(kind):
            change = partial(change, places=int(places)) if places else change
            values[place] = [None if value is None else change(value) for value in values[place]]
    return list(zip(*values, strict=True))


def _readers(vendor: str) -> dict[str, Change]:
    shared: dict[str, Change] = {"bytes": _base64, "json": _ordered, "decimal": _digits, "bool": bool}
    if vendor == "sqlite":
        return {**shared, "moment": _moment_of_text}
    return {**shared, "moment": _moment, "date": str, "uuid": lambda value: value.hex}


def _writers(vendor: str) -> dict[str, Change]:
    shared: dict[str, Change] = {"bytes": b64decode}
    if vendor == "sqlite":
        return {**shared, "bool": int}
    return {**shared, "moment": lambda text: f"{text}+00"}


def _base64(value: Any) -> str:
    return b64encode(value).decode("ascii")


def _moment_of_text(text: str) -> str:
    moment = datetime.fromisoformat(text)
    return _moment(moment) if moment.tzinfo else str(moment)


def _moment(moment: datetime) -> str:
    return str(moment.astimezone(UTC).replace(tzinfo=None))


def _digits(value: Any, *, places: int) -> str:
    """SQLite makes a float of a decimal; its shortest digits are the ones that were written."""
    return f"{Decimal(str(value)):.{places}f}"


def _ordered(text: str) -> str:
    """JSON with sorted keys, and large floats as PostgreSQL writes them: digits without an exponent."""
    return json.dumps(json.loads(text, parse_float=_float), sort_keys=True, separators=(",", ":"))


def _float(text: str) -> float | int:
    # PostgreSQL's numbers know no negative zero.
    value = float(text) + 0.0
    return int(Decimal(repr(value))) if "e+" in repr(value) else value
