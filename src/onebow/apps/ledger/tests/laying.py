"""Builders that a thousand tests begin with: built once through the services, laid down as rows ever after.

What a builder with these arguments wrote into an empty database is kept, row by row, with what it returned. The next
test that calls it finds the same rows with the same ids, guarded by the same triggers, for a tenth of the time. Where
one of those tables holds something already, the builder builds.
"""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, time
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import psycopg
from django.apps import apps
from django.db import connection, transaction

P, Built = ParamSpec("P"), TypeVar("Built")
# Filled by every migration, and written by no builder.
SETTLED = {"contenttypes", "auth"}
# Its one row stands from the first migration on, and says no more than the entries do.
TREE = "ledger_tree"
# SQLite takes so many in one statement.
VALUES = 30_000
# Equal arguments of these kinds build equal rows; a row, say, may have been changed meanwhile.
PLAIN = (str, int, float, date, type(None))


@dataclass(frozen=True)
class Kept:
    """What a builder wrote and returned."""

    tables: tuple[str, ...]
    statements: tuple[tuple[str, tuple[Any, ...] | None], ...]
    returned: Any


def laid_down(build: Callable[P, Built]) -> Callable[P, Built]:
    """Build once for each choice of plain arguments, from then on lay the rows down."""
    kept: dict[Any, Kept] = {}

    @wraps(build)
    def builder(*args: P.args, **facts: P.kwargs) -> Built:
        key = (args, tuple(sorted(facts.items())))
        if not all(isinstance(value, PLAIN) for value in (*args, *facts.values())):
            return build(*args, **facts)
        if key in kept and _are_empty(kept[key].tables):
            _lay_down(kept[key])
            return deepcopy(kept[key].returned)
        if key in kept or not _are_empty(_tables()):
            return build(*args, **facts)
        built = build(*args, **facts)
        kept[key] = _kept(built)
        return built

    return builder


def _tables() -> tuple[str, ...]:
    models = apps.get_models(include_auto_created=True)
    return tuple(model._meta.db_table for model in models if model._meta.app_label not in SETTLED)


def _are_empty(tables: tuple[str, ...]) -> bool:
    held = " OR ".join(f'EXISTS (SELECT 1 FROM "{table}")' for table in tables if table != TREE)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {held}")
        return not cursor.fetchone()[0]


def _kept(built: Any) -> Kept:
    tables, statements = [], []
    with connection.cursor() as cursor:
        for table in _tables():
            # The ledger's guards let its rows in by their order.
            cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
            if rows := cursor.fetchall():
                tables.append(table)
                names = [column[0] for column in cursor.description]
                statements += _statements(table, names, [_plain(row) for row in rows])
        statements += _counted_on(cursor, tables)
    return Kept(tuple(tables), _prepared(statements), deepcopy(built))


def _counted_on(cursor: Any, tables: list[str]) -> list[tuple[str, tuple[Any, ...]]]:
    """PostgreSQL counts ids by itself and does not look at rows laid down: it is told to go on after them."""
    if connection.vendor == "sqlite":
        return []
    found = []
    for table in tables:
        if "id" in {column.name for column in connection.introspection.get_table_description(cursor, table)}:
            cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [f'"{table}"'])
            if sequence := cursor.fetchone()[0]:
                told = (
                    f'SELECT setval(%s, GREATEST((SELECT max(id) FROM "{table}"), (SELECT last_value FROM {sequence})))'
                )
                found.append((told, (sequence,)))
    return found


def _plain(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """As the database takes it: SQLite's driver reads times of day and does not write them."""
    return tuple(str(value) if isinstance(value, time) else value for value in row)


def _statements(table: str, names: list[str], rows: list[tuple[Any, ...]]) -> Iterator[tuple[str, tuple[Any, ...]]]:
    columns, places = ", ".join(f'"{name}"' for name in names), ", ".join(["%s"] * len(names))
    if table == TREE:
        yield f'UPDATE "{table}" SET ({columns}) = ({places})', rows[0]
        # Where all tables were emptied, it does not stand.
        yield f'INSERT INTO "{table}" ({columns}) SELECT {places} WHERE NOT EXISTS (SELECT 1 FROM "{table}")', rows[0]
        return
    for some in _batches(rows, VALUES // len(names)):
        every = ", ".join([f"({places})"] * len(some))
        yield f'INSERT INTO "{table}" ({columns}) VALUES {every}', tuple(value for row in some for value in row)


def _batches(rows: list[Any], size: int) -> Iterator[list[Any]]:
    return (rows[start : start + size] for start in range(0, len(rows), size))


def _prepared(statements: list[tuple[str, tuple[Any, ...]]]) -> tuple[tuple[str, tuple[Any, ...] | None], ...]:
    """On PostgreSQL all of them in one message, spelled out."""
    if connection.vendor == "sqlite":
        return tuple(statements)
    spelled = psycopg.ClientCursor(connection.connection)
    return (("; ".join(spelled.mogrify(*statement) for statement in statements), None),)


def _lay_down(kept: Kept) -> None:
    # No savepoint: one that a service makes is watched for what it writes after the ledger.
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        for statement in kept.statements:
            cursor.execute(*statement)
