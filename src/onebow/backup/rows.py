"""Rows as bytes, the same from both databases: JSON arrays of plain values, by the kind of each column.

kind       in the row                            SQLite keeps       PostgreSQL keeps
int text   as they are                           integer, text      integer, varchar or text
bool       true, false                           0, 1               boolean
date       "2026-03-02"                          the same text      date
time       "14:30:00[.123456]"                   the same text      time
moment     "2026-03-02 04:00:00[.123456]", UTC   the same text      timestamptz
decimal:2  "12.50"                               numeric            numeric(…, 2)
float      shortest exact digits                 real               double precision
bytes      base64 (sealed columns stay sealed)   blob               bytea
json       [value], keys sorted; null is NULL    text               jsonb: no order of keys, no float beyond 1e16
uuid       32 hexadecimal digits                 the same text      uuid

A table's rows are joined by commas, so that its digest does not depend on how they were batched.
"""

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from onebow.apps.base.refusals import Refused

# A column's values → the same in another shape.
Change = Callable[..., list[Any]]
AS_IN_ROWS = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.(?!000000)\d{6})?", re.ASCII)


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
        plain = _changed(rows, columns, _readers(vendor))
        told = json.dumps(plain, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    except (TypeError, ValueError, ArithmeticError) as error:
        raise Refused(f"有的值与列的类型不符({error})。") from error
    return told[1:-1].encode(errors="surrogatepass")


def decode(data: bytes) -> list[list[Any]]:
    """Bytes → rows of plain values."""
    rows: list[list[Any]] = json.loads(b"[" + data + b"]")
    return rows


def for_database(rows: Sequence[Sequence[Any]], columns: Sequence[Column], vendor: str) -> Sequence[Sequence[Any]]:
    """Rows of plain values → rows as the database takes them."""
    return _changed(rows, columns, _writers(vendor))


def _changed(
    rows: Sequence[Sequence[Any]], columns: Sequence[Column], changes: dict[str, Change]
) -> Sequence[Sequence[Any]]:
    """Column by column; many tables need no change at all."""
    kinds = [column.kind.partition(":") for column in columns]
    if not rows or changes.keys().isdisjoint(kind for kind, _, _ in kinds):
        return rows
    values: list[Iterable[Any]] = list(zip(*rows, strict=True))
    for place, (kind, _, places) in enumerate(kinds):
        if change := changes.get(kind):
            change = partial(change, places=int(places)) if places else change
            values[place] = change(values[place])
    return list(zip(*values, strict=True))


def _each(change: Callable[..., Any]) -> Change:
    """A change of one value, for a column of them; an empty value stays empty."""

    def changed(values: Iterable[Any], **facts: Any) -> list[Any]:
        return [None if value is None else change(value, **facts) for value in values]

    return changed


def _readers(vendor: str) -> dict[str, Change]:
    shared: dict[str, Change] = {
        "bytes": _each(_base64),
        "json": _parsed,
        "decimal": _each(_digits),
        "bool": _each(bool),
    }
    if vendor == "sqlite":
        return {**shared, "moment": _each(_moment_of_text)}
    return {
        **shared,
        "moment": _each(_moment),
        "date": _each(str),
        "time": _each(str),
        "uuid": _each(lambda value: value.hex),
    }


def _writers(vendor: str) -> dict[str, Change]:
    shared: dict[str, Change] = {"bytes": _each(b64decode), "json": _each(lambda boxed: json.dumps(boxed[0]))}
    if vendor == "sqlite":
        return {**shared, "bool": _each(int)}
    return {**shared, "moment": _each(lambda text: f"{text}+00")}


def _base64(value: Any) -> str:
    return b64encode(value).decode("ascii")


def _moment_of_text(text: str) -> str:
    if AS_IN_ROWS.fullmatch(text):
        return text
    moment = datetime.fromisoformat(text)
    return _moment(moment) if moment.tzinfo else str(moment)


def _moment(moment: datetime) -> str:
    return str(moment.astimezone(UTC).replace(tzinfo=None))


def _digits(value: Any, *, places: int) -> str:
    """SQLite makes a float of a decimal; its shortest digits are the ones that were written."""
    return f"{Decimal(str(value)):.{places}f}"


def _parsed(texts: Iterable[str | None]) -> list[list[Any] | None]:
    """The values of a column of JSON, all parsed in one go; large floats as PostgreSQL keeps them."""
    texts = list(texts)
    told = [text for text in texts if text is not None]
    values = json.loads(f"[{','.join(told)}]", parse_float=_float)
    if len(values) != len(told):
        raise ValueError("JSON")
    following = iter(values)
    return [None if text is None else [next(following)] for text in texts]


def _float(text: str) -> float | int:
    # PostgreSQL's numbers know no negative zero, and it writes them without an exponent.
    value = float(text) + 0.0
    return int(Decimal(repr(value))) if "e+" in repr(value) else value
