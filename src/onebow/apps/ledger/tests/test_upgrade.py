"""A database of 0.1.0 becomes one of today."""

from datetime import date

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from onebow.apps.base.guards import set_up_guards, take_down_guards
from onebow.apps.ledger.models import Entry, Tally
from onebow.apps.ledger.tests.make import AT, checked, note, write


@pytest.fixture
def former(transactional_db):
    """The tables of 0.1.0; the flush after the test finds today's again."""
    take_down_guards(connection)
    executor = MigrationExecutor(connection)
    steps = [node for node in executor.loader.graph.nodes if node[0] == "ledger"]
    for table in [name for name in connection.introspection.table_names() if name.startswith("ledger_")]:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE {table}" + " CASCADE" * (connection.vendor == "postgresql"))
    for app, name in steps:
        executor.recorder.record_unapplied(app, name)
    apps = MigrationExecutor(connection).migrate([("ledger", "0001_initial")]).apps
    yield apps, [node for node in executor.loader.graph.leaf_nodes() if node[0] == "ledger"]
    MigrationExecutor(connection).migrate(executor.loader.graph.leaf_nodes())
    set_up_guards(connection)


def test_its_entries_are_taken_over_in_their_order_and_verify(former):
    apps, today = former
    old, person = apps.get_model("ledger", "Entry"), apps.get_model("ledger", "EntryPerson")
    rows = [
        old.objects.create(
            id=number,
            kind="person.changed",
            happened_on=date(2026, 3, 1),
            recorded_at=AT,
            organization_id=3,
            source="organizations.person",
            source_id=7,
            data={"fields": ["name"]},
        )
        for number in (1, 2, 5)
    ]
    person.objects.create(entry=rows[1], person_id=7, part="subject")
    MigrationExecutor(connection).migrate(today)
    set_up_guards(connection)
    entries = list(Entry.objects.select_related("body").order_by("pk"))
    assert [(entry.pk, entry.data) for entry in entries] == [(number, {"fields": ["name"]}) for number in (1, 2, 3)]
    assert Tally.objects.get().count == 3
    assert write(note())[0].pk == 4
    assert checked().faults == []
