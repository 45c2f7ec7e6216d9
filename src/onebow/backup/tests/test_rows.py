"""Rows as bytes: nothing is lost, and both databases give the same bytes."""

import json
import sqlite3
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onebow.apps.base.refusals import Refused
from onebow.backup.rows import Column, decode, encode, for_database

KINDS = ("int", "text", "bool", "date", "moment", "decimal:2", "float", "bytes", "json", "uuid", "time")
COLUMNS = [Column(kind.replace(":", ""), kind) for kind in KINDS]
TYPES = ("bigint", "text", "bool", "date", "datetime", "decimal", "real", "blob", "text", "char(32)", "time")
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
BEIJING = timezone(timedelta(hours=8))
# What each kind holds in Python.
FLOATS = st.floats(-1e15, 1e15)
VALUES = (
    st.integers(-(2**63), 2**63 - 1),
    TEXT,
    st.booleans(),
    st.dates(),
    st.datetimes(
        timezones=st.sampled_from([UTC, BEIJING]), min_value=datetime(2, 1, 1), max_value=datetime(9998, 1, 1)
    ),
    st.decimals(-(10**12), 10**12, places=2),
    st.floats(allow_nan=False, allow_infinity=False),
    st.binary(),
    st.recursive(
        st.none() | st.booleans() | st.integers() | FLOATS | TEXT,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
        max_leaves=8,
    ),
    st.uuids(),
    st.times(),
)
ROWS = st.lists(st.tuples(*(st.none() | value for value in VALUES)), max_size=5)


def as_sqlite_keeps(row: tuple) -> tuple:
    """What Django writes into SQLite."""
    number, text, truth, day, moment, amount, real, data, told, uuid, hour = row
    return (
        number,
        text,
        None if truth is None else int(truth),
        None if day is None else str(day),
        None if moment is None else str(moment.astimezone(UTC).replace(tzinfo=None)),
        None if amount is None else f"{amount:.2f}",
        real,
        data,
        None if told is None else json.dumps(told),
        None if uuid is None else uuid.hex,
        None if hour is None else str(hour),
    )


def as_postgresql_gives(row: tuple) -> tuple:
    """What psycopg reads, JSON as text with its own order of keys and spaces."""
    told = row[8]
    return (*row[:8], None if told is None else json.dumps(told, indent=1, ensure_ascii=False), *row[9:])


@given(ROWS)
def test_a_row_that_went_through_sqlite_twice_is_the_same(rows):
    database = sqlite3.connect(":memory:")
    columns = ", ".join(f'"{column.name}" {kind}' for column, kind in zip(COLUMNS, TYPES, strict=True))
    marks = ", ".join("?" * len(COLUMNS))
    for table in ("one", "other"):
        database.execute(f"CREATE TABLE {table} ({columns})")
    database.executemany(f"INSERT INTO one VALUES ({marks})", [as_sqlite_keeps(row) for row in rows])
    first = encode(database.execute("SELECT * FROM one").fetchall(), COLUMNS, "sqlite")
    ready = for_database(decode(first), COLUMNS, "sqlite")
    database.executemany(f"INSERT INTO other VALUES ({marks})", ready)
    assert encode(database.execute("SELECT * FROM other").fetchall(), COLUMNS, "sqlite") == first
    assert database.execute("SELECT count(*) FROM other").fetchone() == (len(rows),)
    told = [json.loads(row[8]) if row[8] is not None else None for row in database.execute("SELECT * FROM other")]
    assert told == [row[8] for row in rows]
    kept = [(row[0], row[1], row[7]) for row in database.execute("SELECT * FROM other")]
    assert kept == [(row[0], row[1], row[7]) for row in rows]


@given(ROWS)
def test_both_databases_give_the_same_bytes(rows):
    there = encode([as_postgresql_gives(row) for row in rows], COLUMNS, "postgresql")
    assert encode([as_sqlite_keeps(row) for row in rows], COLUMNS, "sqlite") == there


@given(ROWS, ROWS)
def test_batches_join_to_the_bytes_of_all_rows(some, more):
    def told(rows: list[tuple]) -> bytes:
        return encode([as_sqlite_keeps(row) for row in rows], COLUMNS, "sqlite")

    assert b",".join(part for part in (told(some), told(more)) if part) == told([*some, *more])


@pytest.mark.parametrize(
    ("kind", "kept", "told"),
    [
        ("moment", "2026-03-02 04:00:00.000001", '"2026-03-02 04:00:00.000001"'),
        ("moment", "2026-03-02T12:00:00+08:00", '"2026-03-02 04:00:00"'),
        ("decimal:2", 12.5, '"12.50"'),
        ("decimal:2", 0.1, '"0.10"'),
        ("bytes", b"", '""'),
        ("json", '{"b": 1, "a": [1.0, 1e22, -0.0]}', '[{"a":[1.0,10000000000000000000000,0.0],"b":1}]'),
        ("json", "null", "[null]"),
        ("json", None, "null"),
        ("moment", "2026-03-02 04:00:00.000000", '"2026-03-02 04:00:00"'),
        ("int", 2**63 - 1, "9223372036854775807"),
        ("text", "null", '"null"'),
        ("text", None, "null"),
        ("bool", 0, "false"),
    ],
)
def test_values_from_sqlite_in_bytes(kind, kept, told):
    assert encode([(kept,)], [Column("x", kind)], "sqlite").decode() == f"[{told}]"


@pytest.mark.parametrize(
    ("kind", "given", "told"),
    [
        ("moment", datetime(2026, 3, 2, 12, tzinfo=BEIJING), '"2026-03-02 04:00:00"'),
        ("date", date(26, 3, 2), '"0026-03-02"'),
        ("decimal:2", Decimal("12.50"), '"12.50"'),
        ("time", time(14, 30), '"14:30:00"'),
        ("uuid", UUID(int=7), '"00000000000000000000000000000007"'),
    ],
)
def test_values_from_postgresql_in_bytes(kind, given, told):
    assert encode([(given,)], [Column("x", kind)], "postgresql").decode() == f"[{told}]"


@pytest.mark.parametrize(
    ("kind", "value"), [("text", b"raw"), ("moment", "yesterday"), ("json", "{"), ("json", "1,2"), ("bytes", "x")]
)
def test_a_value_of_another_kind_is_refused(kind, value):
    with pytest.raises(Refused, match="类型不符"):
        encode([(value,)], [Column("x", kind)], "sqlite")
