"""Items as hours of people: who has what share of them, in which months."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from onebow.apps.base.conditions import any_of, taken
from onebow.apps.base.prepared import Prepared
from onebow.apps.organizations.queries.crowds import Crowd, records_below
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.plans.models import Item, ItemPerson
from onebow.apps.plans.queries.visible import items_for
from onebow.cores.timekeeping.spreading import DAY, WorkingDays, hundredths, month_of, shares

COLUMNS = ("pk", "side", "starts_on", "due_on", "hours", "person", "people__person")


# Two records of one human being have one share.
WHO = tuple(Coalesce(f"{path}__merged_into", path) for path in COLUMNS[5:])
Span = tuple[date, date]


# What falls on a person: who, the side, and by month hundredths of hours, None where nobody said how many. Plain, since
# a bureau's year has many thousands: as a class of their own they take longer than what is reckoned.
Share = tuple[int, str, Iterable[tuple[int, int | None]]]


@dataclass(slots=True)
class ItemHours:
    """An item as far as hours tell; `people` are those in charge and taking part, each once, in the order of ids."""

    pk: int
    side: str
    starts_on: date | None
    due_on: date | None
    hours: Decimal | None
    people: set[int] = field(default_factory=set)

    @property
    def first(self) -> date | None:
        """The day from which it is spread: without a start the first of the month in which it is due."""
        return self.starts_on or (self.due_on.replace(day=1) if self.due_on else None)


def items_of(crowd: Crowd, first: date, end: date, known_on: date | None = None) -> list[ItemHours]:
    """Items not cancelled that some of these people share and that touch `[first, end)`: one statement.

    Of a day gone by those that had been listed by then.
    """
    if not crowd.mates:
        return []
    if known_on is None and crowd.below:
        rows: Iterable[tuple[Any, ...]] = _touching.rows(*crowd.below, first, end)
    else:
        rows = _columns(_known(_shared(crowd.ids, first, end), known_on))
    return gathered(rows)


def gathered(rows: Iterable[tuple[Any, ...]]) -> list[ItemHours]:
    """Rows of `COLUMNS`, one for each who takes part, as items."""
    found: dict[int, ItemHours] = {}
    for pk, side, starts_on, due_on, hours, person, other in rows:
        item = found.get(pk) or found.setdefault(pk, ItemHours(pk, side, starts_on, due_on, hours))
        item.people.update(one for one in (person, other) if one)
    return list(found.values())


def titled_items(
    crowd: Crowd, reach: Reach, first: date, end: date, known_on: date | None = None
) -> list[tuple[ItemHours, str, bool]]:
    """The same with their titles, and whether the reader may open them: one statement."""
    rows = _known(_shared(crowd.ids, first, end), known_on)
    is_open = Case(When(Q(pk__in=items_for(reach).values("pk")), then=Value(True)), default=Value(False))
    told = list(rows.order_by().values_list(*COLUMNS[:5], *WHO, "title", is_open))
    titles = {row[0]: (row[-2], row[-1]) for row in told}
    return [(item, *titles[item.pk]) for item in gathered(row[:-2] for row in told)]


def laid_of(items: Iterable[ItemHours], crowd: Crowd, days: WorkingDays) -> Iterator[Share]:
    """What the items lay on people of the crowd."""
    spans = {pk: mate.span() for pk, mate in crowd.mates.items()}
    for item in items:
        first, last = item.first, item.due_on
        if first is None or last is None:
            continue
        for person, amount in shares_of(item).items():
            span = spans.get(person)
            if span is not None:
                yield person, item.side, _laid(amount, *_within(first, last, *span), days)


def shares_of(item: ItemHours) -> dict[int, int | None]:
    """Each one's share of an item, adding up to its hours; None where it has none."""
    if item.hours is None or not item.people:
        return dict.fromkeys(item.people)
    each, odd = divmod(hundredths(item.hours), len(item.people))
    if not odd:
        return dict.fromkeys(item.people, each)
    return dict(zip(sorted(item.people), shares(hundredths(item.hours), len(item.people)), strict=True))


def days_for(item: ItemHours, person: int, crowd: Crowd) -> Span | None:
    """From when to when a person's share is spread: the days of the item on which they belong here, else all."""
    if item.first is None or item.due_on is None:
        return None
    return _within(item.first, item.due_on, *crowd.mates[person].span())


def _within(first: date, last: date, begins: date, ends: date) -> Span:
    if begins <= first and last < ends:
        return first, last
    here = max(first, begins), min(last, ends - DAY)
    return here if here[0] <= here[1] else (first, last)


def _laid(amount: int | None, first: date, last: date, days: WorkingDays) -> Iterable[tuple[int, int | None]]:
    if amount is None:
        return [(month, None) for month in range(month_of(first), month_of(last) + 1)]
    return days.laid(amount, first, last)


def _known(rows: QuerySet[Item], known_on: date | None) -> QuerySet[Item]:
    return rows if known_on is None else rows.filter(created_at__date__lte=known_on)


def _shared(people: Any, first: date, end: date) -> QuerySet[Item]:
    """Of these records, told by their numbers or by a subquery."""
    parts = ItemPerson.objects.filter(taken("person", people)).values("item")
    shared = any_of(Item, taken("person", people), Q(pk__in=parts))
    touches = Q(starts_on__lt=end) | Q(starts_on=None, due_on__lt=end)
    return Item.objects.exclude(state=Item.State.CANCELLED).filter(shared, touches, due_on__gte=first)


def _columns(rows: QuerySet[Item]) -> QuerySet[Item, Any]:
    return rows.order_by().values_list(*COLUMNS[:5], *WHO)


_touching = Prepared(lambda path, day, first, end: _columns(_shared(records_below(path, day), first, end)))
