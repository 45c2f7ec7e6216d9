"""Recording what happened."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import transaction

from onebow.apps.ledger.models import Entry, EntryPerson, Tree
from onebow.apps.ledger.services import Event, record, record_all
from onebow.apps.ledger.tests.make import AT as NOON
from onebow.apps.ledger.tests.make import note, write
from onebow.cores.merkle import Frontier

AT = datetime(2026, 3, 1, 16, 30, tzinfo=UTC)  # half past midnight of the 2nd in Beijing


@pytest.mark.django_db(transaction=True)
def test_nothing_is_recorded_outside_the_transaction_of_the_deed():
    with pytest.raises(RuntimeError, match="inside the transaction"):
        record(Event("organization.founded"), by_id=None, at=AT)


@pytest.mark.django_db
def test_an_entry_happens_on_the_local_day_unless_it_says_otherwise():
    said = date(2025, 12, 31)
    one, two = record_all([Event("post.started"), Event("post.started", happened_on=said)], by_id=None, at=AT)
    assert (one.happened_on, two.happened_on) == (date(2026, 3, 2), said)


@pytest.mark.django_db
def test_each_person_stands_in_the_entry_with_a_part():
    entry = record(Event("person.merged", people=((7, "subject"), (8, "double"))), by_id=1, at=AT)
    parts = EntryPerson.objects.filter(entry=entry).order_by("person_id").values_list("person_id", "part")
    assert list(parts) == [(7, "subject"), (8, "double")]


@pytest.mark.django_db
def test_a_kind_that_the_registry_does_not_know_is_not_recorded():
    with pytest.raises(KeyError):
        record(Event("organization.liked"), by_id=1, at=AT)
    assert not Entry.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "data", "error"),
    [
        ("business.noted", {"mood": "好"}, KeyError),
        ("business.noted", {"text": 3}, TypeError),
        ("late.decided", {"accepted": 1}, TypeError),
        ("import.applied", {"created": True}, TypeError),
    ],
)
def test_data_is_held_against_the_fields_of_its_kind(kind, data, error):
    with pytest.raises(error):
        record(Event(kind, data=data), by_id=1, at=AT)
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_ids_are_places_in_the_tree_whatever_was_rolled_back():
    write(note())
    with transaction.atomic():
        record(note(), by_id=1, at=NOON)
        transaction.set_rollback(True)
    assert [entry.pk for entry in write(note(), note())] == [2, 3]
    tree = Tree.objects.get()
    leaves = [bytes(leaf) for leaf in Entry.objects.order_by("pk").values_list("leaf", flat=True)]
    assert (tree.size, bytes(tree.peaks)) == (3, Frontier().extended(leaves).packed())


@pytest.mark.django_db
def test_the_content_holds_ids_and_figures_as_text_and_the_hash_of_attachments():
    entry = write(note(quantity=Decimal("2.25"), files=("ab" * 32,)))[0]
    content = json.loads(Entry.objects.select_related("body").get(pk=entry.pk).body.canonical)
    assert content == {
        "at": "2026-03-02T04:00:00.000000Z",
        "by": 1,
        "correction_of": None,
        "data": {"text": "走访企业"},
        "entry": entry.pk,
        "files": ["ab" * 32],
        "happened_on": "2026-03-02",
        "kind": "business.noted",
        "late": False,
        "organization": 3,
        "people": [[7, "subject"]],
        "quantity": "2.2500",
        "source": None,
        "version": 1,
    }
    assert entry.amount == Decimal("2.25")


@pytest.mark.django_db
def test_a_figure_finer_than_it_can_be_kept_is_refused():
    with pytest.raises(ValueError, match="four decimals"):
        write(note(quantity=Decimal("0.00001")))


@pytest.mark.django_db
def test_equal_entries_have_unequal_leaves():
    one, two = write(note(), note())
    assert bytes(one.leaf) != bytes(two.leaf)
