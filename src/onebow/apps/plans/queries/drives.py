"""Drives, and what was done for them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Q, QuerySet

from onebow.apps.ledger.kinds import BY_KEY
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.plans.models import Drive, Item
from onebow.apps.plans.models.kinds import Side
from onebow.apps.plans.queries.item_lines import ItemLine, counted, lines_of
from onebow.apps.plans.queries.visible import drives_for, items_for

STATES = {"open": "进行中", "coming": "未开始", "over": "已结束"}
COLOURS = {"open": "ok", "coming": "neutral", "over": "neutral"}


@dataclass(frozen=True)
class Gathered:
    """What names a drive, as it stands on a day."""

    party: list[ItemLine]
    business: list[ItemLine]
    # Of the ledger: label, and how many entries of that kind.
    counts: list[tuple[str, int]]

    @property
    def done(self) -> int:
        """Items of both sides that are done."""
        return counted([*self.party, *self.business])[0]

    @property
    def total(self) -> int:
        """Items of both sides that were not cancelled."""
        return counted([*self.party, *self.business])[1]


def drives_on(reach: Reach, on: date, today: date) -> QuerySet[Drive]:
    """Those known on a day, the latest first."""
    rows = drives_for(reach).select_related("organization")
    # Of a day gone by: what had begun then.
    rows = rows.filter(Q(starts_on=None) | Q(starts_on__lte=on)) if on < today else rows
    return rows.order_by(F("starts_on").desc(nulls_last=True), "-pk")


def state_of(drive: Drive, on: date) -> str:
    """open, coming or over."""
    if drive.starts_on and drive.starts_on > on:
        return "coming"
    return "over" if drive.ends_on and drive.ends_on <= on else "open"


def last_day(drive: Drive) -> date | None:
    """The last day of a drive, as people say it."""
    return drive.ends_on - timedelta(days=1) if drive.ends_on else None


def in_state(on: date) -> Callable[[QuerySet[Drive], str], QuerySet[Drive]]:
    """Narrows a list to a state of that day."""
    coming, over = Q(starts_on__gt=on), Q(ends_on__lte=on)
    conditions = {"coming": coming, "over": over & ~coming, "open": ~coming & ~over}
    return lambda rows, state: rows.filter(conditions[state])


def gathered(drive: Drive, reach: Reach, on: date, today: date) -> Gathered:
    """The items of both sides that name it, and what the ledger tells of them until a day."""
    lines = lines_of(items_for(reach).filter(drive=drive), on, today)
    party = [line for line in lines if line.item.side == Side.PARTY]
    business = [line for line in lines if line.item.side == Side.BUSINESS]
    return Gathered(party, business, _counts([line.item.pk for line in lines], on))


def _counts(ids: list[int], on: date) -> list[tuple[str, int]]:
    """Entries about these items by kind, those that count; corrected ones count once."""
    rows = Entry.objects.filter(source=Item._meta.label_lower, source_id__in=ids, happened_on__lte=on)
    counting = Q(late=False) | Q(late_decision__accepted=True)
    rows = rows.filter(counting, correction__isnull=True).order_by()
    counts = rows.values("kind").annotate(count=Count("pk")).values_list("kind", "count")
    order = {key: place for place, key in enumerate(BY_KEY)}
    return [(BY_KEY[kind].label, count) for kind, count in sorted(counts, key=lambda row: order[row[0]])]
