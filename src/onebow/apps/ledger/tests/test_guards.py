"""The database itself refuses what the ledger never does."""

import re
import sqlite3

import pytest
from django.db import DatabaseError, connection, transaction

from onebow.apps.ledger.guards import APPENDED
from onebow.apps.ledger.models import EntryBody
from onebow.apps.ledger.tests.make import make_ledger

KEPT = "never changed"
REFUSED = "never changed|no gaps"


@pytest.fixture
def ledger(db, tmp_path, settings):
    settings.WITNESS = str(tmp_path / "heads.jsonl")
    return make_ledger()


def refused(statement: str, *values: object) -> str:
    """What the database says to a statement that it refuses."""
    with pytest.raises(DatabaseError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
    return str(caught.value)


@pytest.mark.parametrize("table", APPENDED)
def test_rows_are_neither_changed_nor_deleted(ledger, table):
    key = APPENDED[table][0]
    assert KEPT in refused(f"UPDATE {table} SET {key} = {key}")
    assert ("erasure only" if table == "ledger_entrybody" else KEPT) in refused(f"DELETE FROM {table}")


@pytest.mark.parametrize("table", APPENDED)
def test_rows_are_not_replaced_by_others_of_the_same_key(ledger, table):
    if connection.vendor == "sqlite":
        assert re.search(REFUSED, refused(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1"))
    key = ", ".join(APPENDED[table])
    first = APPENDED[table][0]
    upsert = (
        f"INSERT INTO {table} SELECT * FROM {table} WHERE true LIMIT 1 ON CONFLICT ({key}) DO UPDATE SET {first} = 1"
    )
    assert re.search(REFUSED, refused(upsert))


@pytest.mark.only_postgresql  # SQLite has no TRUNCATE
@pytest.mark.parametrize("table", [*APPENDED, "ledger_tree"])
def test_tables_are_not_emptied(ledger, table):
    # What the test has just written waits to be checked; a table with such rows is not even asked to be emptied.
    connection.check_constraints()
    assert "never" in refused(f"TRUNCATE {table} CASCADE")


def test_ids_leave_no_gap(ledger):
    columns = "kind, happened_on, recorded_at, source, late, leaf"
    row = "'void', '2026-03-02', '2026-03-02', '', false, ''"
    assert "no gaps" in refused(f"INSERT INTO ledger_entry (id, {columns}) VALUES (999, {row})")


def test_the_tree_never_shrinks(ledger):
    assert "never shrinks" in refused("UPDATE ledger_tree SET size = size - 1")
    assert KEPT in refused("DELETE FROM ledger_tree")


def test_a_body_goes_with_its_erasure(ledger):
    assert not EntryBody.objects.filter(entry=ledger["erased"].pk).exists()
    assert "erasure only" in refused("DELETE FROM ledger_entrybody WHERE entry_id = %s", ledger["plain"].pk)


@pytest.mark.only_sqlite  # it is about the settings of a connection
@pytest.mark.django_db(transaction=True)
def test_another_program_without_our_settings_is_refused_as_well(tmp_path, settings):
    settings.WITNESS = str(tmp_path / "heads.jsonl")
    make_ledger()
    with sqlite3.connect(connection.settings_dict["NAME"]) as other:
        assert other.execute("PRAGMA recursive_triggers").fetchone() == (0,)
        for statement in ("INSERT OR REPLACE INTO ledger_entry SELECT * FROM ledger_entry", "DELETE FROM ledger_entry"):
            with pytest.raises(sqlite3.IntegrityError, match=REFUSED):
                other.execute(statement)
        # A second unique column, and the row that holds the tree together.
        columns = "kind, happened_on, recorded_at, source, late, leaf, correction_of_id"
        row = "'void', '2026-03-02', '2026-03-02', '', 0, x'00', 3"
        with pytest.raises(sqlite3.IntegrityError, match="corrected once"):
            other.execute(
                f"INSERT OR REPLACE INTO ledger_entry (id, {columns}) SELECT MAX(id) + 1, {row} FROM ledger_entry"
            )
        with pytest.raises(sqlite3.IntegrityError, match=KEPT):
            other.execute("INSERT OR REPLACE INTO ledger_tree (id, size, peaks) VALUES (1, 0, x'')")
    other.close()
