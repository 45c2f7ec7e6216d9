"""The same content twice between the three lists of a year: business projects, 三会一课, the secretary's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.plans.models import Item, Tie
from onebow.apps.plans.queries.likeness import doubles_of
from onebow.apps.plans.queries.visible import items_for

# Two items by number, and how alike their titles are.
Pair = tuple[int, int, float]


@dataclass(frozen=True)
class Double:
    """Two items of which each seems to say what the other does."""

    one: Item
    other: Item
    share: float

    @property
    def percent(self) -> int:
        """How alike the titles are."""
        return round(100 * self.share)


class Titled(NamedTuple):
    """An item as far as it is compared."""

    pk: int
    title: str
    listed_in: str
    organization_id: int
    due_on: date | None


def doubles_in(reach: Reach, year: int) -> list[Double]:
    """Pairs of the year that the user may read, and that nobody tied: three statements."""
    rows = items_for(reach).filter(plan__year=year).exclude(state=Item.State.CANCELLED)
    # Plain columns first: of hundreds of items few are twice there.
    columns = ("pk", "title", "kind__listed_in", "organization", "due_on")
    told = {row[0]: Titled(*row) for row in rows.order_by("pk").values_list(*columns).distinct()}
    found = doubles_of({pk: one.title for pk, one in told.items()})
    pairs = _untied([(one, other, share) for one, other, share in found if _is_odd(told[one], told[other], share)])
    ids = {pk for *both, _ in pairs for pk in both}
    items = Item.objects.filter(pk__in=ids).select_related("kind", "organization").in_bulk() if ids else {}
    return [Double(items[one], items[other], share) for one, other, share in pairs]


def _is_odd(one: Titled, other: Titled, share: float) -> bool:
    """Between two lists; in one list only the same organization, kind and day make it twice the same."""
    if one.listed_in != other.listed_in:
        return True
    return share == 1 and (one.organization_id, one.due_on) == (other.organization_id, other.due_on)


def _untied(pairs: Sequence[Pair]) -> list[Pair]:
    """What is tied was seen and said to belong together."""
    ids = {pk for *both, _ in pairs for pk in both}
    ties = Tie.objects.open().filter(source__in=ids, target__in=ids).values_list("source", "target")
    tied = {frozenset(both) for both in ties}
    return [pair for pair in pairs if frozenset(pair[:2]) not in tied]
