"""The entries of 0.1.0 are taken over in their order.

An entry's id becomes its place in the tree, which the old numbering did not promise; so all are written anew.
"""

import os

from django.db import migrations

from onebow.apps.ledger.content import content_of
from onebow.cores.merkle import Frontier, leaf_hash

BATCH = 2000


def take_over(apps, schema_editor):
    """Write each old entry anew, with the content that an entry recorded now would have."""
    former, people = apps.get_model("ledger", "FormerEntry"), apps.get_model("ledger", "FormerEntryPerson")
    frontier, last_at = Frontier(), None
    numbers, batch, tallies = {}, [], {}
    for number, row in enumerate(former.objects.order_by("pk").iterator(BATCH), start=1):
        numbers[row.pk] = number
        # A clock that once ran backwards must not look like tampering.
        last_at = max(row.recorded_at, last_at or row.recorded_at)
        batch.append((number, row, last_at))
        if len(batch) == BATCH:
            frontier = _write(apps, batch, numbers, people, frontier, tallies)
            batch = []
    frontier = _write(apps, batch, numbers, people, frontier, tallies)
    apps.get_model("ledger", "Tree").objects.create(pk=1, size=frontier.size, peaks=frontier.packed(), last_at=last_at)
    tally = apps.get_model("ledger", "Tally")
    tally.objects.bulk_create(
        [tally(organization_id=o, month=m, kind=k, count=count, sum=0) for (o, m, k), count in tallies.items()],
        batch_size=BATCH,
    )


def _write(apps, batch, numbers, people, frontier, tallies):
    entry, body = apps.get_model("ledger", "Entry"), apps.get_model("ledger", "EntryBody")
    person = apps.get_model("ledger", "EntryPerson")
    parts = {}
    for old_id, person_id, part in people.objects.filter(entry__in=[row.pk for _, row, _ in batch]).values_list(
        "entry_id", "person_id", "part"
    ):
        parts.setdefault(old_id, []).append((person_id, part))
    entries, bodies, persons = [], [], []
    for number, row, at in batch:
        new = entry(
            id=number,
            kind=row.kind,
            happened_on=row.happened_on,
            recorded_at=at,
            organization_id=row.organization_id,
            by_id=row.by_id,
            source=row.source,
            source_id=row.source_id,
            correction_of_id=numbers.get(row.correction_of_id),
        )
        text = content_of(new, parts.get(row.pk, ()), row.data, (), 1)
        salt = os.urandom(16)
        new.leaf = leaf_hash(salt, text.encode())
        entries.append(new)
        bodies.append(body(entry_id=number, salt=salt, canonical=text))
        persons += [person(entry_id=number, person_id=one, part=part) for one, part in parts.get(row.pk, ())]
        key = (row.organization_id or 0, row.happened_on.replace(day=1), row.kind)
        tallies[key] = tallies.get(key, 0) + 1
    entry.objects.bulk_create(entries)
    body.objects.bulk_create(bodies)
    person.objects.bulk_create(persons)
    return frontier.extended(one.leaf for one in entries)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_tree")]

    operations = [
        migrations.RunPython(take_over, elidable=True),
        migrations.DeleteModel("FormerEntryPerson"),
        migrations.DeleteModel("FormerEntry"),
    ]
