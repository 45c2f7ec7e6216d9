"""Triggers that make the ledger append-only, whatever program writes to the database."""

from collections.abc import Iterator

from onebow.apps.base.guards import Guard

KEPT = "the ledger is never changed"
# Table and key columns of what is only ever added.
APPENDED = {
    "ledger_entry": ("id",),
    "ledger_entrybody": ("entry_id",),
    "ledger_entryperson": ("entry_id", "person_id", "part"),
    "ledger_latedecision": ("entry_id",),
    "ledger_erasure": ("entry_id",),
    "ledger_head": ("id",),
    "ledger_access": ("id",),
}
NUMBERED = ("ledger_entry", "ledger_head", "ledger_access")
NO_ERASURE = "NOT EXISTS (SELECT 1 FROM ledger_erasure e WHERE e.entry_id = OLD.entry_id)"


def guards(vendor: str) -> list[Guard]:
    """All guards of the ledger."""
    return [guard for table, key in APPENDED.items() for guard in _guards_of(table, key)] + _of_tree()


def _guards_of(table: str, key: tuple[str, ...]) -> Iterator[Guard]:
    yield Guard(f"guard_{table}_change", table, "UPDATE", KEPT)
    yield Guard(f"guard_{table}_emptying", table, "TRUNCATE", KEPT)
    if table == "ledger_entrybody":
        text = "the content of an entry goes with an erasure only"
        yield Guard(f"guard_{table}_removal", table, "DELETE", text, NO_ERASURE, needs=("ledger_erasure",))
    else:
        yield Guard(f"guard_{table}_removal", table, "DELETE", KEPT)
    # INSERT OR REPLACE deletes without asking the guard of deletion, unless a connection has recursive triggers on.
    if table in NUMBERED:
        next_one = f"NEW.id <> (SELECT COALESCE(MAX(t.id), 0) + 1 FROM {table} t)"  # noqa: S608 (a name of our own)
        yield Guard(f"guard_{table}_order", table, "INSERT", "the ledger has no gaps", next_one)
    else:
        same = " AND ".join(f"t.{column} = NEW.{column}" for column in key)
        again = f"EXISTS (SELECT 1 FROM {table} t WHERE {same})"  # noqa: S608 (names of our own)
        yield Guard(f"guard_{table}_again", table, "INSERT", KEPT, again)


def _of_tree() -> list[Guard]:
    """The tree grows and never shrinks; an entry is corrected once, whatever an INSERT OR REPLACE would take away."""
    corrected = "EXISTS (SELECT 1 FROM ledger_entry t WHERE t.correction_of_id = NEW.correction_of_id)"
    shrinks = "NEW.id <> OLD.id OR NEW.size < OLD.size"
    return [
        Guard("guard_ledger_tree_change", "ledger_tree", "UPDATE", "the ledger never shrinks", shrinks),
        Guard("guard_ledger_tree_again", "ledger_tree", "INSERT", KEPT, "EXISTS (SELECT 1 FROM ledger_tree t)"),
        Guard("guard_ledger_entry_twice", "ledger_entry", "INSERT", "an entry is corrected once", corrected),
        Guard("guard_ledger_tree_removal", "ledger_tree", "DELETE", KEPT),
        Guard("guard_ledger_tree_emptying", "ledger_tree", "TRUNCATE", KEPT),
    ]
