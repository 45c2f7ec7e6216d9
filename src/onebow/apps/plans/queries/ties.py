"""Ties between items: what one may be tied to, and whether a tie would close a circle."""

from collections.abc import Callable, Iterable

from django.db.models import Q, QuerySet

from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.plans.models import Item, Side, Tie
from onebow.apps.plans.queries.visible import items_for

# `supports` as the business item says it.
SERVED = "served"
Follow = Callable[[list[int]], Iterable[tuple[int, int]]]


def chain_between(start: int, end: int, follow: Follow) -> list[int]:
    """The shortest way from one to another along pairs (from, to); empty if there is none.

    Args:
        follow: gives the pairs that leave any of the ids.

    >>> ties = {1: 2, 2: 3}
    >>> chain_between(1, 3, lambda ids: [(one, ties[one]) for one in ids if one in ties])
    [1, 2, 3]
    """
    came: dict[int, int] = {start: 0}
    front = [start]
    while front and end not in came:
        found = [(source, target) for source, target in follow(front) if target not in came]
        for source, target in found:
            came.setdefault(target, source)
        front = list(dict.fromkeys(target for _, target in found))
    if end not in came:
        return []
    way = [end]
    while way[-1] != start:
        way.append(came[way[-1]])
    return way[::-1]


def circle_of(kind: str, source_id: int, target_id: int) -> list[Item]:
    """The items along which a new tie would come back to its source; empty if it would not."""

    def follow(ids: list[int]) -> Iterable[tuple[int, int]]:
        return Tie.objects.open().filter(kind=kind, source__in=ids).values_list("source_id", "target_id")

    way = chain_between(target_id, source_id, follow)
    known = Item.objects.in_bulk(way)
    return [known[pk] for pk in way]


def first_circle(pairs: Iterable[tuple[int, int]]) -> list[int]:
    """A circle among pairs (from, to), its first item again at the end; empty if there is none.

    >>> first_circle([(1, 2), (2, 1)])
    [1, 2, 1]
    """
    out: dict[int, list[int]] = {}
    for source, target in pairs:
        out.setdefault(source, []).append(target)

    def follow(ids: list[int]) -> Iterable[tuple[int, int]]:
        return [(one, target) for one in ids for target in out.get(one, ())]

    for source in out:
        for target in out[source]:
            if way := chain_between(target, source, follow):
                return [source, *way]
    return []


def tie_targets(item: Item, kind: str, reach: Reach) -> QuerySet[Item]:
    """Items to which this one may be tied: `supports` goes from Party to business, `after` stays on one side.

    `served`: Party items that may support this one.
    """
    rows = items_for(reach).exclude(pk=item.pk).exclude(state=Item.State.CANCELLED)
    rows = rows.filter(plan__year__in=(item.plan.year - 1, item.plan.year, item.plan.year + 1))
    if kind == SERVED:
        served = Tie.objects.open().filter(kind=Tie.Kind.SUPPORTS, target=item)
        return rows.filter(side=Side.PARTY).exclude(ties_out__in=served)
    side = Side.BUSINESS if kind == Tie.Kind.SUPPORTS else item.side
    return rows.filter(side=side).exclude(ties_in__in=Tie.objects.open().filter(kind=kind, source=item))


def ties_of(item: Item) -> list[Tie]:
    """Ties of an item, both ways."""
    rows = Tie.objects.open().filter(Q(source=item) | Q(target=item))
    return list(rows.select_related("source__organization", "target__organization").order_by("kind", "pk"))


def titled(rows: QuerySet[Item], text: str, most: int = 20) -> list[Item]:
    """The first rows whose title holds the text."""
    text = text.replace("\0", "").strip()[:60]
    return list(rows.filter(title__icontains=text).select_related("organization").order_by("title", "pk")[:most])
