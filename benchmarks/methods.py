"""Packs: checking all shipped ones, previewing and applying the largest with what it requires, for one bureau each."""

import time
from datetime import date

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from onebow.apps.methods.queries.shelf import known, shipped, text_of
from onebow.apps.methods.services.applying import apply_pack, preview
from onebow.apps.organizations.models import Organization

LARGEST, BUREAUS = "m2-three-grasps", 5


def main() -> None:
    """Print a table; everything is made in a transaction of which nothing stays."""
    at = timezone.now()
    on = date(timezone.localdate(at).year, 1, 1)
    units = list(Organization.objects.filter(kind="unit", ends_on=None).exclude(parent__kind="unit")[:BUREAUS])
    there = Organization.objects.filter(ends_on=None).count()
    known()
    told = {"on": on, "by": None, "at": at}
    deeds = {
        f"check of {len(shipped())} packs": lambda: [text_of(one.text) for _ in units for one in shipped().values()],
        "preview": lambda: [preview(shipped()[LARGEST], unit.pk, **told) for unit in units],
        "apply": lambda: [apply_pack(shipped()[LARGEST], unit.pk, **told) for unit in units],
        "apply again": lambda: [apply_pack(shipped()[LARGEST], unit.pk, **told) for unit in units],
    }
    print(f"\npacks, {there:,} organizations, means of {len(units)} bureaus\n{'ms':>9} {'queries':>8}")
    with transaction.atomic():
        for name, deed in deeds.items():
            started = time.perf_counter()
            with CaptureQueriesContext(connection) as queries:
                deed()
            spent = (time.perf_counter() - started) * 1000
            print(f"{spent / len(units):9.0f} {len(queries) // len(units):8d}  {name}")
        transaction.set_rollback(True)


main()
