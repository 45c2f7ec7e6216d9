"""Erasing a person's free text."""

import pytest
from django.db import transaction

from onebow.apps.ledger.models import Entry, Tally
from onebow.apps.ledger.services import Event, erase_person_entries
from onebow.apps.ledger.tests.make import AT, LI, SECRETARY, ZHANG, checked, note, write

pytestmark = pytest.mark.django_db


@transaction.atomic
def erase(person_id: int, user_id: int | None = None):
    return erase_person_entries([person_id], user_id, Event("person.erased", 3), by_id=SECRETARY, at=AT)


def with_body() -> set[int]:
    return set(Entry.objects.filter(body__isnull=False).values_list("pk", flat=True))


def test_free_text_of_the_person_goes_and_all_else_stays():
    mine, other = write(note(person=LI), note(person=ZHANG))
    fact = write(Event("membership.started", 3, ((LI, "subject"),)))[0]
    before = list(Tally.objects.filter(kind="business.noted").values_list("count", flat=True))
    told, files = erase(LI)
    assert with_body() == {other.pk, fact.pk, told.pk}
    assert told.data["entries"] == [mine.pk]
    assert files == []
    assert Entry.objects.select_related("body").get(pk=mine.pk).data == {}
    assert list(Tally.objects.filter(kind="business.noted").values_list("count", flat=True)) == before
    assert checked().faults == []


def test_addresses_of_the_persons_sign_ins_go_with_the_account(django_user_model):
    user = django_user_model.objects.create(username="li", made_at=AT)
    signed_in = write(Event("account.signed_in", source=user, data={"address": "10.0.0.7"}))[0]
    erase(LI, user.pk)
    assert signed_in.pk not in with_body()


def test_a_second_erasure_takes_what_came_since():
    write(note(person=LI))
    erase(LI)
    later = write(note(person=LI))[0]
    told, _ = erase(LI)
    assert told.data["entries"] == [later.pk]
    assert checked().faults == []


@pytest.mark.django_db(transaction=True)
def test_an_erasure_without_its_deed_is_no_erasure():
    with pytest.raises(RuntimeError, match="transaction of the deed"):
        erase_person_entries([LI], None, Event("person.erased", 3), by_id=SECRETARY, at=AT)
