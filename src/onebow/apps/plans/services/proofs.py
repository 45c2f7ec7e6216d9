"""What proves duties: written for each period that holds the day, withdrawn with what proved it."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from django.db.models import Model

from onebow.apps.plans.models import Duty, Occurrence, Proof

# What one and the same thing adds to a duty that counts times.
ONCE = Decimal(1)


def prove(
    organization_ids: Collection[int],
    keys: Collection[str],
    *,
    source: Model,
    entry_id: int,
    happened_on: date,
    quantity: Decimal,
) -> list[Proof]:
    """Prove the duties of these organizations that one of the keys proves, in the periods that hold the day.

    Runs in a transaction. `quantity` counts where a duty measures hours. Returns the proofs.
    """
    rows = Occurrence.objects.filter(
        organization__in=organization_ids, starts_on__lte=happened_on, ends_on__gt=happened_on
    ).select_related("duty")
    wanted = set(keys)
    return [
        _proof(row, source, entry_id, happened_on, quantity)
        for row in rows.order_by("pk")
        if wanted & set(row.duty.proof)
    ]


def withdraw_proofs(source: Model) -> int:
    """Take back all that a thing proved. Runs in a transaction. Returns how many duties it had proved."""
    return Proof.objects.filter(source=source._meta.label_lower, source_id=source.pk).delete()[0]


def make_up(occurrence: Occurrence, *, source: Model, entry_id: int, happened_on: date, quantity: Decimal) -> Proof:
    """Prove one occurrence whatever the day: done after its period (补课), it counts for that one and no other.

    Runs in a transaction, after `prove`.
    """
    label = source._meta.label_lower
    own = Proof.objects.filter(source=label, source_id=source.pk, occurrence__organization=occurrence.organization_id)
    own.filter(occurrence__duty=occurrence.duty_id).exclude(occurrence=occurrence).delete()
    known = own.filter(occurrence=occurrence).first()
    return known or _proof(occurrence, source, entry_id, happened_on, quantity)


def _proof(occurrence: Occurrence, source: Model, entry_id: int, happened_on: date, quantity: Decimal) -> Proof:
    measured = quantity if occurrence.duty.measure == Duty.Measure.HOURS else ONCE
    return Proof.objects.create(
        occurrence=occurrence, source=source._meta.label_lower, source_id=source.pk, entry_id=entry_id,
        happened_on=happened_on, quantity=measured,
    )  # fmt: skip
