"""The access log: one chain, in which every change shows."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from onebow.apps.base.guards import set_up_guards, take_down_guards
from onebow.apps.ledger.access import (
    MOST_FAULTS,
    Look,
    _looked_between,
    access_anchor,
    log_access,
    log_access_once,
    log_accesses_once,
    verify_access,
)
from onebow.apps.ledger.chain import COVERED
from onebow.apps.ledger.models import AccessRecord
from onebow.apps.ledger.times import ClockSetBack

AT = datetime(2026, 3, 2, 4, 0, 0, 123456, tzinfo=UTC)
MIDNIGHT = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db
OTHERS = {
    "at": "2026-03-02 05:00:00.123456",
    "by_id": 8,
    "person_id": 99,
    "organization_id": 98,
    "what": "history",
    "fields": "phone",
    "reason": "别的原因",
    "rows": 7,
    "as_of": "2026-01-01",
    "mac": "0" * 64,
}


def look(person_id=5, **facts) -> Look:
    return Look("id_number", person_id, 3, ("id_number",), "核对档案", **facts)


@pytest.fixture
def rows() -> list[AccessRecord]:
    made = [log_access(look(person), by_id=7, at=AT + timedelta(seconds=person)) for person in range(1, 6)]
    made.append(log_access(Look("export_full", None, 3, (), "报送 & 归档", 500, date(2026, 3, 2)), by_id=None, at=AT))
    assert verify_access() == []
    return made


@pytest.fixture(autouse=True)
def _guards_taken_down(db) -> Iterator[None]:
    """Most tests play somebody who writes past the guards; where a change is kept, they stand again afterwards."""
    take_down_guards(connection)
    yield
    set_up_guards(connection)


def raw(statement: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_access SET reason = ''",
        "DELETE FROM ledger_access WHERE id = 6",
        "INSERT INTO ledger_access (id, at, what, fields, reason, rows, mac)"
        " VALUES (9, '2026-03-02', 'phone', '', '', 0, '')",
    ],
)
def test_the_database_itself_lets_only_the_next_row_in(rows, statement):
    set_up_guards(connection)
    with pytest.raises(DatabaseError), transaction.atomic():
        raw(statement)
    assert log_access(look(), by_id=7, at=AT).pk == 7


def test_ids_are_contiguous_and_each_row_is_bound_to_the_one_before(rows):
    assert [row.pk for row in rows] == [1, 2, 3, 4, 5, 6]
    assert len({row.mac for row in rows}) == 6
    assert access_anchor() == (6, rows[-1].mac)


@pytest.mark.django_db(transaction=True)
def test_a_look_is_recorded_in_the_transaction_of_the_read_or_not_at_all():
    with pytest.raises(RuntimeError, match="inside the transaction"):
        log_access(look(), by_id=7, at=AT)
    assert access_anchor() == (0, "0" * 64)


def test_a_kind_of_look_that_nobody_declared_is_not_recorded():
    with pytest.raises(ValueError, match="peeked"):
        log_access(Look("peeked", 5), by_id=7, at=AT)


def test_of_a_long_reason_as_much_stays_as_the_column_takes():
    assert len(log_access(Look("phone", 5, reason="因 " * 300), by_id=7, at=AT).reason) == 200


@pytest.mark.parametrize("column", [*(name for name in COVERED if name != "id"), "mac"])
@pytest.mark.parametrize("number", [1, 3, 6])
def test_every_column_that_is_edited_by_hand_is_found_and_its_row_named(rows, column, number):
    raw(f"UPDATE ledger_access SET {column} = %s WHERE id = %s", OTHERS[column], number)
    assert f"第 {number} 行与写入时不符" in verify_access()[0]


def test_a_row_taken_out_is_found_and_named(rows):
    raw("DELETE FROM ledger_access WHERE id = 3")
    assert verify_access() == ["第 3 行不见了,第 4 行因此无法核对。"]


def test_rows_that_close_the_gap_of_one_taken_out_are_found(rows):
    raw("DELETE FROM ledger_access WHERE id = 3")
    for number in (4, 5, 6):
        raw("UPDATE ledger_access SET id = %s WHERE id = %s", number - 1, number)
    assert [fault[:5] for fault in verify_access()] == ["第 3 行", "第 4 行", "第 5 行"]


def test_two_rows_that_change_places_are_found_and_named(rows):
    raw("UPDATE ledger_access SET id = 100 WHERE id = 2")
    raw("UPDATE ledger_access SET id = 2 WHERE id = 4")
    raw("UPDATE ledger_access SET id = 4 WHERE id = 100")
    told = " ".join(verify_access())
    assert "第 2 行" in told
    assert "第 4 行" in told


@pytest.mark.parametrize("number", [0, 7, 12])
def test_a_row_put_in_by_hand_is_found(rows, number):
    raw(
        "INSERT INTO ledger_access (id, at, by_id, person_id, organization_id, what, fields, reason, rows, as_of, mac)"
        " SELECT %s, at, by_id, person_id, organization_id, what, fields, reason, rows, as_of, mac"
        " FROM ledger_access WHERE id = 6",
        number,
    )
    told = verify_access()
    assert len(told) == 1
    assert f"第 {number} 行" in told[0] or "第 7 至 11 行不见了" in told[0]


def test_rows_cut_off_at_the_end_are_found_with_an_earlier_anchor(rows):
    anchor = dict([access_anchor()])
    raw("DELETE FROM ledger_access WHERE id > 4")
    assert verify_access() == []
    assert verify_access(anchor) == ["第 5 至 6 行不见了:存证时有 6 行,现在到第 4 行为止。"]
    # New rows in the place of those cut off form a chain of their own, and still do not pass.
    log_access(look(), by_id=7, at=AT)
    log_access(look(), by_id=7, at=AT)
    assert verify_access() == []
    assert verify_access(anchor) == ["第 6 行不是存证时的那一行。"]


def test_a_log_emptied_altogether_is_found_with_an_earlier_anchor(rows):
    anchor = dict([access_anchor()])
    raw("DELETE FROM ledger_access")
    assert verify_access(anchor) == ["第 1 至 6 行不见了:存证时有 6 行,现在到第 0 行为止。"]


def test_a_code_that_is_no_code_is_a_fault_and_no_crash(rows):
    raw("UPDATE ledger_access SET mac = 'x' WHERE id = 2")
    assert [fault[:5] for fault in verify_access()] == ["第 2 行", "第 3 行"]


def test_of_very_many_faults_the_first_are_told():
    for number in range(MOST_FAULTS + 5):
        log_access(look(number), by_id=7, at=AT)
    raw("UPDATE ledger_access SET mac = %s", "f" * 64)
    assert len(verify_access()) == MOST_FAULTS + 1


def test_the_same_reader_is_recorded_once_since_a_time_and_another_one_again():
    opened = Look("record", 5, 3)
    for by_id, minutes in ((7, 0), (7, 10), (8, 20)):
        log_access_once(opened, since=MIDNIGHT, by_id=by_id, at=AT + timedelta(minutes=minutes))
    log_access_once(Look("history", 5, 3), since=MIDNIGHT, by_id=7, at=AT + timedelta(minutes=20))
    log_access_once(opened, since=AT + timedelta(hours=12), by_id=7, at=AT + timedelta(days=1))
    told = list(AccessRecord.objects.order_by("pk").values_list("by_id", "what"))
    assert told == [(7, "record"), (8, "record"), (7, "history"), (7, "record")]


def test_a_look_that_a_wrong_clock_dated_ahead_does_not_keep_later_ones_out():
    opened = Look("record", 5, 3)
    assert not _looked_between(opened, MIDNIGHT, AT, 7)
    log_access(opened, by_id=7, at=AT + timedelta(days=900))
    assert not _looked_between(opened, MIDNIGHT, AT, 7)


def test_a_clock_set_back_stops_the_access_log_too():
    log_access(Look("record", 5, 3), by_id=7, at=AT)
    with pytest.raises(ClockSetBack):
        log_access(Look("record", 5, 3), by_id=7, at=AT - timedelta(days=1))


def test_looks_at_a_list_are_rows_of_the_chain_once_a_person_and_day(rows, django_assert_num_queries):
    set_up_guards(connection)
    looks = [Look("absences", person, 3) for person in (11, 12, 11, 13)]
    log_accesses_once(looks, since=MIDNIGHT, by_id=7, at=AT + timedelta(minutes=1))
    told = AccessRecord.objects.filter(what="absences").order_by("pk")
    assert [(row.pk, row.person_id) for row in told] == [(7, 11), (8, 12), (9, 13)]
    with django_assert_num_queries(1):
        log_accesses_once(looks, since=MIDNIGHT, by_id=7, at=AT + timedelta(minutes=2))
    # Somebody new beside them, another reader, and nobody at all.
    log_accesses_once([*looks, Look("absences", 14, 3)], since=MIDNIGHT, by_id=7, at=AT + timedelta(minutes=3))
    log_accesses_once(looks[:1], since=MIDNIGHT, by_id=8, at=AT + timedelta(minutes=4))
    log_accesses_once([], since=MIDNIGHT, by_id=8, at=AT + timedelta(minutes=5))
    assert list(told.values_list("person_id", "by_id"))[3:] == [(14, 7), (11, 8)]
    assert verify_access() == []
