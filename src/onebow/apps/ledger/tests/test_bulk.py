"""Many rows at once, on real tables."""

import datetime as dt

import pytest
from django.db import connection, transaction
from django.utils import timezone

from onebow.apps.base.bulk import Pattern, insert_rows, update_rows
from onebow.apps.base.models import File, Submission
from onebow.apps.ledger.models import Entry, EntryBody

AT = dt.datetime(2026, 3, 1, 9, 30, 0, 123456, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


def entry(number: int = 1, **values) -> Entry:
    told = {"id": number, "kind": "person.registered", "happened_on": dt.date(2026, 3, 1), "recorded_at": AT}
    return Entry(**{**told, "leaf": bytes(32), **values})


def file(name: str = "a") -> File:
    return File(sha256="0" * 64, name=name, bytes=1, made_at=AT)


def test_rows_are_what_bulk_create_would_have_written():
    values = {"organization_id": 7, "source": "x.y", "source_id": 2**40, "late": True}
    insert_rows([entry(1, **values)])
    Entry.objects.bulk_create([entry(2, **values)])
    columns = "kind, happened_on, recorded_at, organization_id, by_id, source, source_id, late, leaf, correction_of_id"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM ledger_entry ORDER BY id")
        first, second = cursor.fetchall()
    assert [bytes(one) if isinstance(one, memoryview) else one for one in first] == [
        bytes(one) if isinstance(one, memoryview) else one for one in second
    ]


def test_ids_are_given_and_never_given_twice():
    rows = [file() for _ in range(3)]
    insert_rows(rows)
    numbers = [row.pk for row in rows]
    File.objects.filter(pk=numbers[-1]).delete()
    later = file()
    insert_rows([later])
    assert numbers == sorted(set(numbers))
    assert later.pk == numbers[-1] + 1
    assert File.objects.create(sha256="1", name="b", bytes=1, made_at=AT).pk == later.pk + 1


def test_a_related_row_may_get_its_id_after_it_was_put_in():
    parent = entry()
    parent.id = None
    body = Pattern(EntryBody, salt=bytes(16)).row({"entry": parent}, canonical="{}")
    parent.id = 1
    insert_rows([parent])
    insert_rows([body])
    saved = EntryBody.objects.get()
    assert (saved.entry_id, saved.canonical) == (parent.pk, "{}")
    assert body.entry is parent
    assert not body._state.adding


def test_a_pattern_makes_rows_of_their_own():
    pattern = Pattern(File, name="a", bytes=1, made_at=AT)
    one, other = pattern.row({}, sha256="1"), pattern.row({}, sha256="2", name="b")
    assert (one.sha256, one.name, other.sha256, other.name, one.bytes) == ("1", "a", "2", "b", 1)
    one.bytes = 9
    assert other.bytes == 1
    insert_rows([one, other])
    assert list(File.objects.order_by("pk").values_list("sha256", "bytes")) == [("1", 9), ("2", 1)]


def test_named_fields_are_updated_and_no_others():
    rows = [File(sha256=str(number), name="a", bytes=1, made_at=AT) for number in range(3)]
    insert_rows(rows)
    for row in rows:
        row.name, row.bytes, row.made_at = f"b{row.sha256}", 2, timezone.now()
    update_rows(rows[:2], ["name", "made_at"])
    found = list(File.objects.order_by("pk").values_list("name", "bytes"))
    assert found == [("b0", 1), ("b1", 1), ("a", 1)]
    assert File.objects.get(pk=rows[0].pk).made_at == rows[0].made_at


def test_more_rows_than_a_batch_tell_how_far_they_are():
    heard: list[int] = []
    rows = [Submission(key=str(number), user_id=1, made_at=AT) for number in range(5_001)]
    insert_rows(rows, heard.append)
    assert heard == [0, 5_000]
    assert Submission.objects.count() == 5_001


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("write", [insert_rows, lambda rows: update_rows(rows, ["kind"])])
def test_outside_a_transaction_nothing_is_written(write):
    with pytest.raises(RuntimeError, match="inside the transaction"):
        write([entry()])
    with transaction.atomic():
        insert_rows([])
    assert not Entry.objects.exists()
