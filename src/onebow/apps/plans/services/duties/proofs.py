"""What was done for an occurrence. Called by the apps above, inside the transaction of their own deed.

A deed first holds what it may prove (`hold_for_proof`), then records in the ledger, then proves by the entry's number:
so nobody who holds an occurrence waits for the ledger while this deed waits for the occurrence.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Model, QuerySet

from onebow.apps.base.refusals import Refused
from onebow.apps.plans.models import Duty, Occurrence, Proof


@dataclass(frozen=True)
class _Deed:
    """What was done: the row that tells of it, its entry, day, hours and people."""

    source: Model
    entry_id: int
    happened_on: date
    quantity: Decimal
    people: int


def hold_for_proof(organization_ids: Collection[int], happened_on: date, occurrence_ids: Collection[int] = ()) -> None:
    """Lock what something done on a day may prove; called before the deed is recorded."""
    rows = _open_on(organization_ids, happened_on) | Occurrence.objects.filter(pk__in=occurrence_ids)
    list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))


def prove(
    organization_ids: Collection[int],
    keys: Collection[str],
    *,
    source: Model,
    entry_id: int,
    happened_on: date,
    quantity: Decimal = Decimal(1),
    people: int = 0,
) -> list[Occurrence]:
    """Prove every occurrence of these organizations whose period holds the day and whose duty names one of the keys.

    Args:
        keys: what was done: kinds of meetings, or ledger kinds.
        quantity: hours, for duties that count these; others count 1 for a time.
        people: how many took part, for duties that each does once.
    Returns:
        The occurrences, with their duties.
    """
    rows = _open_on(organization_ids, happened_on).select_related("duty").order_by("duty__order", "pk")
    fitting = [row for row in rows if not set(keys).isdisjoint(row.duty.proof)]
    return _prove(fitting, _Deed(source, entry_id, happened_on, quantity, people))


def prove_for(
    occurrence_ids: Collection[int],
    *,
    source: Model,
    entry_id: int,
    happened_on: date,
    quantity: Decimal = Decimal(1),
    people: int = 0,
) -> list[Occurrence]:
    """Prove occurrences that are named, also after their period: what was missed is made up (补课).

    It counts for these, and for no other period of the same duty: what makes up January is not March's besides.

    Raises:
        Refused: it was done before the period began, or the occurrence is there no more.
    """
    _check_in_transaction()
    rows = list(Occurrence.objects.filter(pk__in=occurrence_ids).select_related("duty").order_by("duty__order", "pk"))
    if len(rows) < len(set(occurrence_ids)):
        raise Refused("要补的应办事项已经不在,请刷新页面后重新选择。")
    if early := next((row for row in rows if happened_on < row.starts_on), None):
        raise Refused(f"“{early.duty.name}”的周期从 {early.starts_on} 开始,此前的工作不能作为它的佐证。")
    own = Proof.objects.filter(source=source._meta.label_lower, source_id=source.pk)
    for row in rows:
        same = own.filter(occurrence__duty=row.duty_id, occurrence__organization=row.organization_id)
        same.exclude(occurrence__in=rows).delete()
    return _prove(rows, _Deed(source, entry_id, happened_on, quantity, people))


def withdraw_proofs(source: Model) -> int:
    """Take back all that a row proved, before it proves something else or nothing. Returns how much."""
    _check_in_transaction()
    rows = Proof.objects.filter(source=source._meta.label_lower, source_id=source.pk)
    return rows.delete()[0]


def _open_on(organization_ids: Collection[int], day: date) -> QuerySet[Occurrence]:
    return Occurrence.objects.filter(organization__in=organization_ids, starts_on__lte=day, ends_on__gt=day)


def _prove(rows: list[Occurrence], deed: _Deed) -> list[Occurrence]:
    _check_in_transaction()
    label, pk = deed.source._meta.label_lower, deed.source.pk
    proofs = [
        Proof(
            occurrence=row, source=label, source_id=pk, entry_id=deed.entry_id, happened_on=deed.happened_on,
            quantity=_quantity(row.duty, deed),
        )
        for row in rows
    ]  # fmt: skip
    Proof.objects.bulk_create(
        proofs,
        update_conflicts=True,
        unique_fields=["occurrence", "source", "source_id"],
        update_fields=["entry_id", "happened_on", "quantity"],
    )
    return rows


def _quantity(duty: Duty, deed: _Deed) -> Decimal:
    """In what the duty counts."""
    if duty.measure == Duty.Measure.HOURS:
        return deed.quantity
    return Decimal(deed.people) if duty.measure == Duty.Measure.EACH else Decimal(1)


def _check_in_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("proofs are written inside the transaction of what they tell of")
