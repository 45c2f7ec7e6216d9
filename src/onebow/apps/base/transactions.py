"""Transactions of services, safe on both databases.

On SQLite a transaction that writes has the database to itself, so whatever a rule looked at still holds when the write
is done. PostgreSQL lets many write at once, and a rule that looks at other rows than the locked one could be overtaken.
So there each service says which it is: `write()` goes beside others, on rows that it locks itself; `write_alone()`,
for what changes the structure or looks at many rows, waits until the others are done and keeps new ones waiting.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from onebow.apps.base.metering import note_done

# A number for PostgreSQL's advisory locks that nobody else on the server uses.
KEY = 0x0B03
SHARED = f"SELECT pg_advisory_xact_lock_shared({KEY})"
ALONE = f"SELECT pg_advisory_xact_lock({KEY})"


@contextmanager
def write() -> Iterator[None]:
    """A transaction beside others; also a decorator."""
    with transaction.atomic():
        _hold(SHARED)
        yield
        _note()


@contextmanager
def write_alone() -> Iterator[None]:
    """A transaction with no other writing service beside it; also a decorator.

    A service that calls one of these is one of these: who holds the shared lock already may wait for another that does
    the same, until the database ends one of the two.
    """
    with transaction.atomic():
        _hold(ALONE)
        yield
        _note()


def _note() -> None:
    # What was tried and taken back (a preview) was not done.
    if not transaction.get_rollback():
        note_done()


def _hold(statement: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(statement)
