"""Many rows at once, on real tables."""

import datetime as dt

import pytest
from django.db import connection, transaction
from django.utils import timezone

from onebow.apps.base.bulk import Pattern, insert_rows, update_rows
from onebow.apps.base.models import File, Submission
from onebow.apps.ledger.models import Entry, EntryPerson

AT = dt.datetime(2026, 3, 1, 9, 30, 0, 123456, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


def entry(**values) -> Entry:
    return Entry(**{"kind": "person.registered", "happened_on": dt.date(2026, 3, 1), "recorded_at": AT, **values})


def test_rows_are_what_bulk_create_would_have_written():
    values = {"organization_id": 7, "data": {"字": [1, None]}, "source": "x.y", "source_id": 2**40}
    ours, theirs = entry(**values), entry(**values)
    insert_rows([ours])
    Entry.objects.bulk_create([theirs])
    columns = "kind, happened_on, recorded_at, organization_id, by_id, source, source_id, data, correction_of_id"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM ledger_entry ORDER BY id")
        first, second = cursor.fetchall()
    assert first == second


def test_ids_are_given_and_never_given_twice():
    rows = [entry() for _ in range(3)]
    insert_rows(rows)
    numbers = [row.pk for row in rows]
    Entry.objects.filter(pk=numbers[-1]).delete()
    later = entry()
    insert_rows([later])
    assert numbers == sorted(set(numbers))
    assert later.pk == numbers[-1] + 1
    assert Entry.objects.create(kind="person.changed", happened_on=AT.date(), recorded_at=AT).pk == later.pk + 1


def test_a_related_row_may_get_its_id_after_it_was_put_in():
    parent = entry()
    part = Pattern(EntryPerson, part="subject").row({"entry": parent}, person_id=5)
    insert_rows([parent])
    insert_rows([part])
    saved = EntryPerson.objects.get()
    assert (saved.entry_id, saved.person_id, saved.part) == (parent.pk, 5, "subject")
    assert part.entry is parent
    assert not part._state.adding


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
        write([entry(pk=1)])
    with transaction.atomic():
        insert_rows([])
    assert not Entry.objects.exists()
