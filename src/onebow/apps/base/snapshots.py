"""Reading many tables as they stood at one moment, while others go on writing."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def snapshot() -> Iterator[None]:
    """All that is read inside stands as at the first read; nothing may be written.

    SQLite: a deferred transaction, because Django's own takes the write lock at once and would stop everybody.
    Inside a transaction it is that one's view.
    """
    connection = transaction.get_connection()
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
