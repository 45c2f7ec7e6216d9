"""Items as the registers tell them: with who answers, how they stand on a day, and the latest progress."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, QuerySet
from django.utils import timezone

from onebow.apps.plans.models import Item, Progress

STATES = dict(Item.State.choices)
COLOURS = {"draft": "neutral", "planned": "neutral", "open": "warn", "done": "ok", "cancelled": "neutral"}


@dataclass(frozen=True)
class ItemLine:
    """An item on a day."""

    item: Item
    state: str
    is_late: bool
    progress: str = ""
    progressed_on: date | None = None

    @property
    def word(self) -> str:
        """How it stands, with the stage it is in."""
        if self.state == Item.State.OPEN and self.item.stage and self.item.state == Item.State.OPEN:
            return f"{STATES[self.state]}:{self.item.stage.name}"
        return STATES[self.state]

    @property
    def colour(self) -> str:
        """For a badge."""
        return "bad" if self.is_late else COLOURS[self.state]


def lines_of(items: QuerySet[Item], on: date, today: date) -> list[ItemLine]:
    """The items that were there on a day, by due day, with their latest progress until then: two statements."""
    rows = items.select_related("organization", "person", "stage", "kind").order_by(
        F("due_on").asc(nulls_last=True), "pk"
    )
    present = [row for row in rows if _day(row.created_at) <= on]
    told = _progress([row.pk for row in present], on)
    return [_line(row, told.get(row.pk), on, today) for row in present]


def counted(lines: Sequence[ItemLine]) -> tuple[int, int]:
    """How many are done, of how many that were not cancelled."""
    standing = [line for line in lines if line.state != Item.State.CANCELLED]
    return sum(line.state == Item.State.DONE for line in standing), len(standing)


def state_on(item: Item, on: date, today: date) -> str:
    """How an item stood on a day, as far as its times tell."""
    if on >= today or item.state == Item.State.DRAFT:
        return item.state
    if item.approved_at and _day(item.approved_at) > on:
        return Item.State.DRAFT
    if item.state == Item.State.CANCELLED and not (item.cancelled_at and _day(item.cancelled_at) > on):
        return item.state
    if item.done_at and _day(item.done_at) <= on:
        return Item.State.DONE
    return Item.State.OPEN if item.began_at and _day(item.began_at) <= on else Item.State.PLANNED


def _line(item: Item, told: Progress | None, on: date, today: date) -> ItemLine:
    state = state_on(item, on, today)
    late = state in (Item.State.PLANNED, Item.State.OPEN) and item.due_on is not None and item.due_on < on
    return ItemLine(item, state, late, told.text if told else "", told.on if told else None)


def _progress(ids: Iterable[int], on: date) -> dict[int, Progress]:
    """The last sentence told of each until a day."""
    rows = Progress.objects.filter(item__in=ids, on__lte=on, made_at__lt=_midnight_after(on))
    return {row.item_id: row for row in rows.order_by("on", "pk")}


def _day(at: datetime) -> date:
    return timezone.localdate(at)


def _midnight_after(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on + timedelta(days=1), datetime.min.time()))
