"""Putting rows into the empty tables of either database, with triggers and foreign keys out of the way."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from onebow.backup import rows
from onebow.backup.tables import Table


@contextmanager
def loading(connection: BaseDatabaseWrapper, tables: Iterable[Table]) -> Iterator[None]:
    """One transaction for all; rows may come in any order, and at the end every reference must lead somewhere.

    Raises:
        IntegrityError: one leads nowhere.
    """
    with connection.constraint_checks_disabled(), transaction.atomic(), _triggers_off(connection, tables):
        yield
        connection.check_constraints()


def empty(connection: BaseDatabaseWrapper, table: Table) -> None:
    """Drop the rows that migrations wrote."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {connection.ops.quote_name(table.name)}")  # noqa: S608 (a name of ours)


def insert(connection: BaseDatabaseWrapper, table: Table, batch: bytes) -> int:
    """Insert a batch of rows; returns how many."""
    quoted = connection.ops.quote_name
    names = ", ".join(quoted(column.name) for column in table.columns)
    ready = rows.for_database(rows.decode(batch), table.columns, connection.vendor)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _copy(connection, cursor, f"COPY {quoted(table.name)} ({names}) FROM STDIN", ready)
        else:
            marks = ", ".join(["%s"] * len(table.columns))
            cursor.executemany(f"INSERT INTO {quoted(table.name)} ({names}) VALUES ({marks})", ready)  # noqa: S608
    return len(ready)


def drop_tables(connection: BaseDatabaseWrapper, names: Iterable[str]) -> None:
    """Drop tables with all that hangs on them."""
    cascade = " CASCADE" if connection.vendor == "postgresql" else ""
    with connection.constraint_checks_disabled(), transaction.atomic(), connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"DROP TABLE {connection.ops.quote_name(name)}{cascade}")


def _copy(connection: BaseDatabaseWrapper, cursor: Any, statement: str, ready: Sequence[Sequence[Any]]) -> None:
    # Django does not wrap this one by itself.
    with connection.wrap_database_errors, cursor.copy(statement) as copy:
        for row in ready:
            copy.write_row(row)


@contextmanager
def _triggers_off(connection: BaseDatabaseWrapper, tables: Iterable[Table]) -> Iterator[None]:
    """Guards judge today's deeds; what they let pass when it was done is only put back here."""
    off, on = _switches(connection, [table.name for table in tables])
    with connection.cursor() as cursor:
        for statement in off:
            cursor.execute(statement)
    yield
    # Not after a failure: the transaction takes it all back.
    with connection.cursor() as cursor:
        for statement in on:
            cursor.execute(statement)


def _switches(connection: BaseDatabaseWrapper, names: Sequence[str]) -> tuple[list[str], list[str]]:
    quoted = connection.ops.quote_name
    if connection.vendor == "postgresql":
        alter = [f"ALTER TABLE {quoted(name)} {{}} TRIGGER USER" for name in names]
        return [one.format("DISABLE") for one in alter], [one.format("ENABLE") for one in alter]
    # SQLite has no switch for a trigger: it is dropped and set up again as it was.
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
        found = [(name, sql) for name, table, sql in cursor.fetchall() if table in names]
    return [f"DROP TRIGGER {quoted(name)}" for name, _ in found], [sql for _, sql in found]
