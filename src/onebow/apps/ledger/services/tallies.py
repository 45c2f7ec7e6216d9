"""Running sums, kept in the transaction of the entries that they count."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import connection

from onebow.apps.ledger.kinds import VOID
from onebow.apps.ledger.models import Entry, Tally
from onebow.apps.ledger.queries import EntryRow

Key = tuple[int, date, str]
UPSERT = """INSERT INTO {table} (organization_id, month, kind, count, sum) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (organization_id, month, kind) DO UPDATE
SET count = {table}.count + excluded.count, sum = {table}.sum + excluded.sum"""


def key_of(entry: Entry | EntryRow) -> Key:
    """The sum to which an entry belongs."""
    return (entry.organization_id or 0, entry.happened_on.replace(day=1), entry.kind)


def counted(entries: Iterable[Entry], sign: int = 1) -> dict[Key, list[int]]:
    """What these entries add (or with sign -1 take away): count and quantity. A `void` counts as nothing."""
    sums: dict[Key, list[int]] = defaultdict(lambda: [0, 0])
    for entry in entries:
        if entry.kind != VOID:
            held = sums[key_of(entry)]
            held[0] += sign
            held[1] += sign * (entry.quantity or 0)
    return sums


def add_to_tallies(sums: Mapping[Key, list[int]]) -> None:
    """Add to the stored sums; in the order of keys, so that two writers never wait for each other crosswise."""
    rows: list[tuple[Any, ...]] = [(*key, *held) for key, held in sorted(sums.items()) if any(held)]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(UPSERT.format(table=connection.ops.quote_name(Tally._meta.db_table)), rows)
