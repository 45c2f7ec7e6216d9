"""Tallies of what was typed and handed out. Nothing in them leads to a person, an organization or a day."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection

from onebow.apps.base.models import Tally

# Downloads do not hang for a count while somebody else writes for half a minute.
PATIENCE_MS = 100
UPSERT = (
    "INSERT INTO {table} (month, role, key, direction, times, fields) VALUES {rows}"
    " ON CONFLICT (month, role, key, direction)"
    " DO UPDATE SET times = {table}.times + excluded.times, fields = {table}.fields + excluded.fields"
)


@dataclass(frozen=True)
class Count:
    """One form that was carried out, or one paper that was handed out."""

    role: str
    key: str
    direction: str
    fields: int
    times: int = 1


def add_tallies(counts: Iterable[Count], *, month: str) -> None:
    """Add to the tallies of a month, by one statement.

    Sorted, so that two that add to the same rows never wait for each other crosswise.
    """
    # A statement may touch a row once only.
    sums: dict[tuple[str, str, str], list[int]] = {}
    for one in counts:
        held = sums.setdefault((one.role, one.key, one.direction), [0, 0])
        held[0], held[1] = held[0] + one.times, held[1] + one.fields
    if not sums:
        return
    table = connection.ops.quote_name(Tally._meta.db_table)
    sql = UPSERT.format(table=table, rows=", ".join(["(%s, %s, %s, %s, %s, %s)"] * len(sums)))
    values: list[str | int] = []
    for key, held in sorted(sums.items()):
        values += [month, *key, *held]
    with _impatient(), connection.cursor() as cursor:
        cursor.execute(sql, values)


@contextmanager
def _impatient() -> Iterator[None]:
    """On SQLite one waits for the only write lock; here not for long."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    before = connection.connection.execute("PRAGMA busy_timeout").fetchone()[0]
    connection.connection.execute(f"PRAGMA busy_timeout={PATIENCE_MS}")
    try:
        yield
    finally:
        connection.connection.execute(f"PRAGMA busy_timeout={before}")
