"""How an occurrence stands on a day: one expression for lists, filters and counts."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import (
    Case,
    CharField,
    DecimalField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from onebow.apps.ledger.models import Entry
from onebow.apps.plans.models import Occurrence, Proof


class State(TextChoices):
    """What can be said of an occurrence. Nothing recorded is never taken for nothing done."""

    DONE = "done", "已完成"
    LATE = "late", "逾期完成"
    MADE_UP = "made_up", "已补课"
    EXCUSED = "excused", "因故免开"
    MISSED = "missed", "未落实"
    UNCLEAR = "unclear", "情况不明"
    COMING = "coming", "未到期"


# The colours of their badges.
COLOURS = {
    State.DONE: "ok", State.LATE: "warn", State.MADE_UP: "ok", State.EXCUSED: "neutral", State.MISSED: "bad",
    State.UNCLEAR: "warn", State.COMING: "neutral",
}  # fmt: skip
FULFILLED = (State.DONE, State.LATE, State.MADE_UP)
AMOUNT: "DecimalField[Any, Any]" = DecimalField(max_digits=10, decimal_places=2)
NOTHING = Value(Decimal(0), output_field=AMOUNT)


def counted_proofs(on: date) -> QuerySet[Proof]:
    """Proofs of what had happened by a day; those told late once they were accepted."""
    accepted = Q(late_decision__accepted=True, late_decision__decision__happened_on__lte=on)
    pending = Entry.objects.filter(pk=OuterRef("entry_id"), late=True).exclude(accepted)
    return Proof.objects.filter(~Exists(pending), happened_on__lte=on)


def with_states(rows: QuerySet[Occurrence], on: date) -> QuerySet[Any]:
    """Each occurrence with `done` (how much of what is asked was done by the day) and `state` (a word of `State`)."""
    proofs = counted_proofs(on).filter(occurrence=OuterRef("pk"))
    in_time = _sum(proofs.filter(happened_on__lte=OuterRef("due_on")))
    return rows.annotate(done=_sum(proofs), in_time=in_time).annotate(state=_state(on))


def _sum(proofs: QuerySet[Proof]) -> Any:
    total = proofs.order_by().values("occurrence").annotate(total=Sum("quantity")).values("total")
    return Coalesce(Subquery(total, output_field=AMOUNT), NOTHING)


def _state(on: date) -> Case:
    return Case(
        When(in_time__gte=F("asked"), then=Value(State.DONE)),
        When(done__gte=F("asked"), missed_on__lte=on, then=Value(State.MADE_UP)),
        When(done__gte=F("asked"), then=Value(State.LATE)),
        When(excused_on__lte=on, then=Value(State.EXCUSED)),
        When(missed_on__lte=on, then=Value(State.MISSED)),
        When(due_on__lt=on, then=Value(State.UNCLEAR)),
        default=Value(State.COMING),
        output_field=CharField(),
    )
