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
    Max,
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
FULFILLED = (State.DONE.value, State.LATE.value, State.MADE_UP.value)
AMOUNT: "DecimalField[Any, Any]" = DecimalField(max_digits=10, decimal_places=2)
NOTHING = Value(Decimal(0), output_field=AMOUNT)


def counted_proofs(on: date) -> QuerySet[Proof]:
    """Proofs of what had happened by a day; those told late once they were accepted."""
    accepted = Q(late_decision__accepted=True, late_decision__decision__happened_on__lte=on)
    pending = Entry.objects.filter(pk=OuterRef("entry_id"), late=True).exclude(accepted)
    return Proof.objects.filter(~Exists(pending), happened_on__lte=on)


def with_states(rows: QuerySet[Occurrence], on: date) -> QuerySet[Any]:
    """Each occurrence with `done` (how much of what is asked was done by the day) and `state` (a word of `State`)."""
    proofs = counted_proofs(on).filter(occurrence=OuterRef("pk")).order_by().values("occurrence")
    total = proofs.annotate(total=Sum("quantity")).values("total")
    done = Coalesce(Subquery(total, output_field=AMOUNT), NOTHING)
    return rows.annotate(done=done, state=Coalesce(_proved(proofs, on), _said(on), output_field=CharField()))


def _proved(proofs: QuerySet[Proof, Any], on: date) -> Subquery:
    """What its proofs make of it; null where they do not reach: the whole of it in one look at them."""
    told = proofs.annotate(
        asked=Max("occurrence__asked"), missed=Max("occurrence__missed_on"), total=Sum("quantity"),
        in_time=Sum("quantity", filter=Q(happened_on__lte=F("occurrence__due_on"))),
    )  # fmt: skip
    word = Case(
        When(in_time__gte=F("asked"), then=Value(State.DONE)),
        When(total__gte=F("asked"), missed__lte=on, then=Value(State.MADE_UP)),
        When(total__gte=F("asked"), then=Value(State.LATE)),
        output_field=CharField(),
    )
    return Subquery(told.annotate(word=word).values("word"))


def _said(on: date) -> Case:
    """What was said of it, else whether it is due."""
    return Case(
        When(excused_on__lte=on, then=Value(State.EXCUSED)),
        When(missed_on__lte=on, then=Value(State.MISSED)),
        When(due_on__lt=on, then=Value(State.UNCLEAR)),
        default=Value(State.COMING),
        output_field=CharField(),
    )
