"""Whatever is changed behind the product's back is found and named."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, models, transaction

from onebow.apps.base.guards import take_down_guards
from onebow.apps.ledger.models import (
    AccessRecord,
    Entry,
    EntryBody,
    EntryPerson,
    Erasure,
    Head,
    LateDecision,
    Tally,
    Tree,
)
from onebow.apps.ledger.services.heads import told
from onebow.apps.ledger.tests.make import checked, make_ledger
from onebow.apps.ledger.witness import witness_path

pytestmark = pytest.mark.django_db
TABLES = (Entry, EntryBody, EntryPerson, LateDecision, Erasure, Tree, Tally, Head, AccessRecord)
# How a fault names what it found.
NAMES = {Tally: "台账计数", Tree: "存证树", Head: "签名存证", AccessRecord: "查阅记录"}
COLUMNS = [(model, field) for model in TABLES for field in model._meta.concrete_fields]


@pytest.fixture(autouse=True)
def ledger(tmp_path, settings) -> dict[str, Entry]:
    settings.WITNESS = str(tmp_path / "heads.jsonl")
    made = make_ledger()
    assert checked().faults == []
    return made


@contextmanager
def tampering() -> Iterator[Any]:
    """A cursor of somebody who has taken the triggers down; all is as before afterwards."""
    with transaction.atomic():
        take_down_guards(connection)
        with connection.cursor() as cursor:
            yield cursor
        transaction.set_rollback(True)


def found() -> list[str]:
    """What a verification says, leaving the missing triggers aside."""
    return [line for line in checked().faults if "触发器" not in line]


def other(value: Any, field: models.Field) -> Any:
    """Another value that the column takes as well."""
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.DateTimeField):
        return (value or datetime(2026, 1, 1, tzinfo=connection.timezone)) + timedelta(seconds=1)
    if isinstance(field, models.DateField):
        return (value or date(2026, 1, 1)) + timedelta(days=40)
    if isinstance(field, models.BinaryField):
        return bytes([bytes(value)[0] ^ 1]) + bytes(value)[1:]
    if isinstance(field, models.CharField | models.TextField):
        if "2026" in value:
            return value.replace("2026", "2027")
        return value[:-1] + ("1" if value.endswith("0") else "0") if value else "x"
    return (value or 0) + 1000


def where_of(row: models.Model) -> tuple[str, list[Any]]:
    keys = list(row._meta.pk_fields)
    return " AND ".join(f"{field.column} = %s" for field in keys), [getattr(row, field.attname) for field in keys]


@pytest.mark.parametrize(
    ("model", "field"), COLUMNS, ids=lambda one: getattr(one, "__name__", getattr(one, "name", ""))
)
def test_a_changed_value_in_any_column_of_any_row_is_found_and_named(model, field):
    for row in model._default_manager.order_by("pk"):
        if model is Tree and field.primary_key:
            continue  # a second number is refused by the table itself
        with tampering() as cursor:
            where, key = where_of(row)
            value = field.get_db_prep_save(other(getattr(row, field.attname), field), connection)
            cursor.execute(f"UPDATE {model._meta.db_table} SET {field.column} = %s WHERE {where}", [value, *key])
            assert cursor.rowcount == 1
            faults = found()
            number = row.pk[0] if isinstance(row.pk, tuple) else row.pk
            assert any(NAMES.get(model, f"第 {number} 条") in line for line in faults), faults


@pytest.mark.parametrize("model", TABLES)
def test_a_deleted_row_is_found_and_named(model):
    for row in model._default_manager.order_by("pk"):
        with tampering() as cursor:
            where, key = where_of(row)
            cursor.execute(f"DELETE FROM {model._meta.db_table} WHERE {where}", key)
            faults = found()
            number = row.pk[0] if isinstance(row.pk, tuple) else row.pk
            assert any(NAMES.get(model, f"第 {number} 条") in line for line in faults), (row.pk, faults)


@pytest.mark.parametrize("model", [Entry, EntryBody, EntryPerson, LateDecision, Erasure, Tally, Head, AccessRecord])
def test_an_added_row_is_found_and_named(model, ledger):
    for row in model._default_manager.order_by("pk"):
        with tampering():
            if model is EntryPerson:
                row.person_id += 1000
            elif model is Tally:
                row.month = date(2020, 1, 1)
            else:
                setattr(row, row._meta.pk.attname, row.pk + 1000)
            if model is Entry:
                row.correction_of_id = None
            row._state.adding = True
            model._default_manager.bulk_create([row])
            faults = found()
            number = row.pk[0] if isinstance(row.pk, tuple) else row.pk
            assert any(NAMES.get(model, f"第 {number} 条") in line for line in faults), faults


@pytest.mark.parametrize(
    ("table", "columns"),
    [("ledger_entrybody", ("salt", "canonical")), ("ledger_entry", ("leaf",)), ("ledger_entry", ("happened_on",))],
)
def test_two_rows_with_swapped_values_are_both_named(table, columns, ledger):
    one, two = ledger["hours"].pk, ledger["accepted"].pk
    key = "id" if table == "ledger_entry" else "entry_id"
    with tampering() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)} FROM {table} WHERE {key} IN (%s, %s) ORDER BY {key}", [one, two])
        values = dict(zip((one, two), reversed(cursor.fetchall()), strict=True))
        assigned = ", ".join(f"{column} = %s" for column in columns)
        for number, row in values.items():
            cursor.execute(f"UPDATE {table} SET {assigned} WHERE {key} = %s", [*row, number])
        lines = " ".join(found())
        assert f"第 {one} 条" in lines
        assert f"第 {two} 条" in lines


def test_an_entry_forged_throughout_is_found_by_the_next_head(ledger):
    """Content, columns and leaf agree, and even the tree is computed anew: only the signed root still knows."""
    from onebow.apps.ledger.content import content_of
    from onebow.cores.merkle import Frontier, leaf_hash

    entry = Entry.objects.select_related("body").get(pk=ledger["plain"].pk)
    with tampering():
        entry.organization_id = 99
        text = content_of(entry, (), {}, (), 1)
        leaf = leaf_hash(bytes(entry.body.salt), text.encode())
        EntryBody.objects.filter(pk=entry.pk).update(canonical=text)
        Entry.objects.filter(pk=entry.pk).update(organization_id=99, leaf=leaf)
        leaves = [bytes(one) for one in Entry.objects.order_by("pk").values_list("leaf", flat=True)]
        Tree.objects.update(peaks=Frontier().extended(leaves).packed())
        faults = found()
        assert any(re.search(r"签名存证.*第 1 条到第 2 条中有改动", line) for line in faults), faults


def test_an_older_database_is_found_with_a_saved_head(ledger):
    saved = told(Head.objects.order_by("-pk").first())
    with tampering() as cursor:
        last = Tree.objects.get().size
        witness_path().unlink()
        cursor.execute("DELETE FROM ledger_head WHERE size = %s", [last])
        for table, key in (("ledger_erasure", "told_by_id"), ("ledger_entrybody", "entry_id"),
                           ("ledger_entryperson", "entry_id"), ("ledger_entry", "id")):  # fmt: skip
            cursor.execute(f"DELETE FROM {table} WHERE {key} = %s", [last])
        cursor.execute("UPDATE ledger_tree SET size = size - 1")
        assert any(f"记载 {last} 条,而工作台账只有 {last - 1} 条" in line for line in checked(saved).faults)


def test_a_changed_witness_file_is_found():
    path = witness_path()
    kept = path.read_text()
    path.write_text(kept.replace('"size": 2', '"size": 1'))
    assert any("见证文件第 1 行的签名不对" in line for line in checked().faults)
    path.write_text("garbage\n" + kept)
    assert any("见证文件第 1 行无法读取" in line for line in checked().faults)


def test_a_head_cut_from_the_table_is_found_through_the_witness_file():
    with tampering() as cursor:
        cursor.execute("DELETE FROM ledger_head WHERE id = 2")
        assert any("在数据库中没有" in line for line in found())


def test_triggers_that_were_taken_down_are_named():
    with tampering():
        assert any("guard_ledger_entry_change" in line for line in checked().faults)


@pytest.mark.only_sqlite  # PostgreSQL refuses such values by itself
def test_values_that_no_column_may_hold_are_named_and_stop_nothing(ledger):
    with tampering() as cursor:
        cursor.execute("UPDATE ledger_entry SET happened_on = '2026-13-45' WHERE id = %s", [ledger["hours"].pk])
        cursor.execute(
            "UPDATE ledger_entry SET organization_id = 'x', by_id = 9e300 WHERE id = %s", [ledger["late"].pk]
        )
        cursor.execute("UPDATE ledger_entryperson SET person_id = 'x' WHERE entry_id = %s", [ledger["accepted"].pk])
        cursor.execute("UPDATE ledger_access SET fields = x'ff' WHERE id = 2")
        cursor.execute("UPDATE ledger_entrybody SET canonical = '{' WHERE entry_id = %s", [ledger["right"].pk])
        cursor.execute("UPDATE ledger_tally SET month = 'x' WHERE kind = 'late.decided'")
        lines = " ".join(found())
        assert f"第 {ledger['hours'].pk} 条无法读取" in lines
        assert f"第 {ledger['right'].pk} 条" in lines
        assert "台账计数无法读取" in lines
        assert f"第 {ledger['late'].pk} 条" in lines
        assert f"第 {ledger['accepted'].pk} 条" in lines
        assert "查阅记录:第 2 行" in lines


@pytest.mark.only_sqlite
@pytest.mark.parametrize("value", ["'x'", "-1", "9e30", "x'00'"])
@pytest.mark.parametrize("column", ["size", "peaks"])
def test_nonsense_in_the_trees_row_is_named_and_stops_nothing(column, value):
    with tampering() as cursor:
        cursor.execute(f"UPDATE ledger_tree SET {column} = {value}")
        assert any("存证树" in line for line in found())
