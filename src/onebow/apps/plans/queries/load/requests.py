"""How many things are asked of organizations, month by month, as far as plans and duties know."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from django.db.models import CharField, Count, F, Q, QuerySet
from django.db.models.functions import Cast, Substr

from onebow.apps.base.prepared import Prepared
from onebow.apps.base.unions import word
from onebow.apps.plans.models import Directive, Item, ItemUnit, Occurrence

DUTY, DIRECTIVE, OWNED, ASSISTED = "duty", "directive", "owned", "assisted"


class Asked(NamedTuple):
    """How many of a sort are asked of an organization in a month."""

    organization: int
    month: int
    sort: str
    number: int


def asked_of(ids: tuple[int, ...], first: date, end: date, on: date, today: date) -> Iterator[Asked]:
    """What is due of these organizations in `[first, end)`, as known by a day: one statement."""
    if not ids:
        return
    rows = _now.rows(first, end, on, ids) if on >= today else _all(ids, first, end, on, then=True)
    for sort, organization, month, count in rows:
        yield Asked(organization, month_number(month), sort, count)


def month_number(text: str) -> int:
    """A month as the database writes it, as the number of `month_of`.

    >>> month_number("2026-02")
    24313
    """
    return int(text[:4]) * 12 + int(text[5:7]) - 1


def by_month(rows: QuerySet[Any], sort: str, organization: str, day: str) -> QuerySet[Any, Any]:
    """Counts by organization and month: both databases write a day alike, and cut it faster than they reckon."""
    month = Substr(Cast(day, CharField()), 1, 7)
    told = rows.order_by().values(sort=word(sort), of=F(organization), month=month).annotate(count=Count("pk"))
    return told.values_list("sort", "of", "month", "count")


def duties(ids: Any, first: date, end: date, on: date) -> QuerySet[Occurrence]:
    """Occurrences due; those excused by the day are asked no more."""
    rows = Occurrence.objects.filter(organization__in=ids, due_on__gte=first, due_on__lt=end)
    return rows.filter(Q(excused_on=None) | Q(excused_on__gt=on))


def directives(ids: Any, first: date, end: date, on: date) -> QuerySet[Directive]:
    """What came by the day and wants a reply."""
    rows = Directive.objects.filter(organization__in=ids, reply_due_on__gte=first, reply_due_on__lt=end)
    return rows.filter(received_on__lte=on)


def owned(ids: Any, first: date, end: date) -> QuerySet[Item]:
    """Items that they own."""
    rows = Item.objects.exclude(state=Item.State.CANCELLED)
    return rows.filter(organization__in=ids, due_on__gte=first, due_on__lt=end)


def assisted(ids: Any, first: date, end: date) -> QuerySet[ItemUnit]:
    """Items of others in which they assist."""
    rows = ItemUnit.objects.exclude(item__state=Item.State.CANCELLED)
    return rows.filter(organization__in=ids, item__due_on__gte=first, item__due_on__lt=end)


def titles_of(organization_id: int, first: date, end: date, on: date) -> list[tuple[str, int, str, date]]:
    """What is due of one organization, by day: sort, the row's number, its title, and the day. One statement."""
    asked = ((organization_id,), first, end)
    told = duties(*asked, on).order_by().values_list(word(DUTY), "pk", "duty__name", "due_on")
    rows = told.union(
        directives(*asked, on).order_by().values_list(word(DIRECTIVE), "pk", "title", "reply_due_on"),
        owned(*asked).order_by().values_list(word(OWNED), "pk", "title", "due_on"),
        assisted(*asked).order_by().values_list(word(ASSISTED), "item", "item__title", "item__due_on"),
        all=True,
    )
    return sorted(rows, key=lambda row: (row[3], row[0], row[1]))


def _all(ids: Any, first: date, end: date, on: date, *, then: bool = False) -> QuerySet[Any, Any]:
    """`then`: of a day gone by, items that had been listed by then."""
    own, helped = owned(ids, first, end), assisted(ids, first, end)
    if then:
        own, helped = own.filter(created_at__date__lte=on), helped.filter(item__created_at__date__lte=on)
    return by_month(duties(ids, first, end, on), DUTY, "organization_id", "due_on").union(
        by_month(directives(ids, first, end, on), DIRECTIVE, "organization_id", "reply_due_on"),
        by_month(own, OWNED, "organization_id", "due_on"),
        by_month(helped, ASSISTED, "organization_id", "item__due_on"),
        all=True,
    )


_now = Prepared(lambda first, end, on, ids: _all(ids, first, end, on))
