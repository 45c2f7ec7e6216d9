"""Watching services: once the ledger's one row is taken, nothing else is written in that transaction.

Whoever holds that row makes all others wait for it. If it then wanted a row that one of those holds, PostgreSQL would
end one of the two; so every service records last.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

WRITES = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)
# What frames a request (the form's key, the session, failed sign-ins, the queue), and rows nobody else ever locks:
# files that an erasure drops, proofs of occurrences that the deed has locked before.
BESIDE = ("plans_proof", "ledger_", "base_submission", "base_file", "django_session", "axes_", "django_q_")


class Watch:
    """Follows the savepoints: in a test, the outermost one is the transaction of a service."""

    def __init__(self) -> None:
        self.savepoints: list[str] = []
        self.recorded = False

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        word, _, rest = sql.partition(" ")
        if word == "SAVEPOINT":
            self.savepoints.append(rest)
        elif sql.startswith("RELEASE SAVEPOINT"):
            self.savepoints.remove(sql.split()[-1])
            self.recorded = self.recorded and bool(self.savepoints)
        elif self.savepoints and (found := WRITES.match(sql)):
            self.note(found[1], sql)
        return execute(sql, params, many, context)

    def note(self, table: str, sql: str) -> None:
        """Remember a write to the tree; fail at any other write after one."""
        if table == "ledger_tree":
            self.recorded = True
        elif self.recorded and not table.startswith(BESIDE):
            raise AssertionError(f"written after the ledger: {sql[:120]}")


@contextmanager
def records_last() -> Iterator[None]:
    """Fail where a service within writes anything after the ledger."""
    with connection.execute_wrapper(Watch()):
        yield
