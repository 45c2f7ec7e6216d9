"""Checkpoints that were passed over, and directives that nobody replied to."""

from datetime import date

from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import TruncDate

from onebow.apps.base.unions import word
from onebow.apps.plans.checking.thresholds import AFTER_DUE
from onebow.apps.plans.models import Checkpoint, Directive, Item, Side, StageEntry
from onebow.apps.plans.queries.checks.faults.fault import Fault, Rows

State = Checkpoint.State


def _checkpoints(on: date) -> Rows:
    """To be made up and overdue, or open in a stage that a statutory item has left."""
    overdue = Q(state=State.MAKE_UP, due_on__lt=on)
    passed = Q(state=State.OPEN, stage__order__lt=F("item__stage__order"))
    return Checkpoint.objects.filter(overdue | passed).exclude(item__state=Item.State.CANCELLED)


def _checkpoint_days(rows: Rows) -> Rows:
    left = StageEntry.objects.filter(item=OuterRef("item"), stage=OuterRef("stage")).order_by()
    return rows.annotate(day_a=F("due_on"), day_b=Subquery(left.values(day=TruncDate("left_at"))))


def _replies(on: date) -> Rows:
    return Directive.objects.filter(reply_due_on__lt=on, replied_on=None)


# To be made up within some days after the stage was left: the later of the two days is the one that counts.
CHECKPOINT = Fault(
    _checkpoints, _checkpoint_days, AFTER_DUE, "item__organization", "item__plan__year", "item__drive",
    # Of the Party side, in whatever item it stands.
    side=word(Side.PARTY),
    found=lambda rows, on: rows.filter(item__state=Item.State.OPEN),
)  # fmt: skip
REPLY = Fault(
    _replies, lambda rows: rows.annotate(day_a=F("reply_due_on"), day_b=F("reply_due_on")), AFTER_DUE, drive="drives"
)
