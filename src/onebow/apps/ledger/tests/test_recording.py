"""Recording what happened."""

from datetime import UTC, date, datetime

import pytest

from onebow.apps.ledger.models import Entry, EntryPerson
from onebow.apps.ledger.services import Event, record, record_all

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
