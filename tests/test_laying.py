"""Builders whose rows are laid down: what a test finds is what the services would have written."""

import pytest
from django.db import IntegrityError, transaction

from onebow.apps.ledger.models import Entry
from onebow.apps.ledger.tests.laying import laid_down
from onebow.apps.ledger.tests.make import checked
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.tests.make import join, make_organization, make_person, make_town
from onebow.apps.organizations.tests.make_plans import dump


@pytest.fixture
def builder(db):
    return laid_down(make_town.__wrapped__)


def taken_back(build):
    """What a builder returned and wrote, in a transaction that is taken back."""
    with transaction.atomic():
        town, rows = build(), dump()
        transaction.set_rollback(True)
    return town, rows


def test_what_is_laid_down_is_what_was_built(builder):
    town, rows = taken_back(builder)
    again, laid = taken_back(builder)
    assert laid == rows
    assert again == town
    # A test may change what it was given; the next one is not to see it.
    assert again.bureau is not town.bureau


def test_a_builder_builds_once_also_where_migrations_have_put_rows(db):
    calls = []
    build = laid_down(lambda: calls.append(make_town.__wrapped__()))
    for _ in range(3):
        taken_back(build)
    assert len(calls) == 1


def test_life_goes_on_from_what_was_laid_down(builder):
    taken_back(builder)
    town = builder()
    known = set(Organization.objects.values_list("pk", flat=True))
    entries = Entry.objects.count()
    section = make_organization("section", "法规科", town.bureau)
    join(make_person(town.bureau, "周密"), section)
    assert section.pk not in known
    assert Entry.objects.count() == entries + 3
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Entry.objects.update(kind="person.erased")
    assert checked().faults == []


def test_where_something_stands_already_the_builder_builds(builder):
    taken_back(builder)
    make_organization("unit", "某局")
    town = builder()
    assert Organization.objects.filter(kind="unit").count() == 3
    assert town.bureau.name == "人社局"
