"""Items that nobody began, that are late, or of which nobody hears."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import TruncDate

from onebow.apps.plans.checking.thresholds import AFTER_DUE, SILENT_DAYS
from onebow.apps.plans.models import Item, Progress, StageEntry
from onebow.apps.plans.queries.checks.faults.fault import Fault, Rows

S = Item.State
WAY: dict[str, Any] = {"year": "plan__year", "drive": "drive", "side": F("side")}


def running() -> Rows:
    """Approved, and neither done nor cancelled."""
    return Item.objects.filter(state__in=(S.PLANNED, S.OPEN))


def not_late(rows: Rows, on: date) -> Rows:
    """A late item is told as late, and not as silent or unbegun besides."""
    return rows.filter(Q(due_on=None) | Q(due_on__gte=on))


def _unbegun(on: date) -> Rows:
    return Item.objects.filter(state=S.PLANNED, starts_on__lt=on)


def _late(on: date) -> Rows:
    return running().filter(due_on__lt=on)


def _silent(on: date) -> Rows:
    """Nothing was told of it for so long, and it came to no new stage: that is a sign of life too."""
    back = on - timedelta(days=SILENT_DAYS)
    told = Progress.objects.filter(item=OuterRef("pk"), on__gt=back)
    moved = StageEntry.objects.annotate(entered_on=TruncDate("entered_at"))
    moved = moved.filter(item=OuterRef("pk"), entered_on__gt=back).order_by()
    return Item.objects.filter(~Exists(told), ~Exists(moved), state=S.OPEN, began_at__date__lte=back)


def _last_told(rows: Rows) -> Rows:
    told = Progress.objects.filter(item=OuterRef("pk")).order_by().values("item").annotate(last=Max("on"))
    stages = StageEntry.objects.filter(item=OuterRef("pk")).order_by().values("item")
    moved = stages.annotate(last=Max(TruncDate("entered_at")))
    return rows.annotate(day_a=Subquery(told.values("last")), day_b=Subquery(moved.values("last")))


UNBEGUN = Fault(
    _unbegun, lambda rows: rows.annotate(day_a=F("starts_on"), day_b=F("starts_on")), AFTER_DUE, found=not_late, **WAY
)
LATE = Fault(_late, lambda rows: rows.annotate(day_a=F("due_on"), day_b=F("due_on")), AFTER_DUE, **WAY)
SILENT = Fault(_silent, _last_told, SILENT_DAYS, found=not_late, **WAY)
