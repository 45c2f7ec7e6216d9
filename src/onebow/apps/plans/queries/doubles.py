"""The same content twice between the three lists of a year: business projects, 三会一课, the secretary's."""

from collections.abc import Sequence
from dataclasses import dataclass

from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.plans.models import Item, Tie
from onebow.apps.plans.queries.visible import items_for
from onebow.apps.plans.rules.doubles import doubles_of


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


def doubles_in(reach: Reach, year: int) -> list[Double]:
    """Pairs of the year that the user may read, and that nobody tied: two statements."""
    rows = items_for(reach).filter(plan__year=year).exclude(state=Item.State.CANCELLED)
    items = {row.pk: row for row in rows.select_related("kind", "organization", "person").order_by("pk").distinct()}
    found = doubles_of({pk: item.title for pk, item in items.items()})
    pairs = [Double(items[one], items[other], share) for one, other, share in found]
    return _untied([pair for pair in pairs if _is_odd(pair)])


def _is_odd(pair: Double) -> bool:
    """Between two lists; in one list only the same organization, kind and day make it twice the same."""
    one, other = pair.one, pair.other
    if one.kind.listed_in != other.kind.listed_in:
        return True
    return pair.share == 1 and (one.organization_id, one.due_on) == (other.organization_id, other.due_on)


def _untied(pairs: Sequence[Double]) -> list[Double]:
    """What is tied was seen and said to belong together."""
    ids = {item.pk for pair in pairs for item in (pair.one, pair.other)}
    ties = Tie.objects.filter(source__in=ids, target__in=ids).values_list("source", "target")
    tied = {frozenset(pair) for pair in ties}
    return [pair for pair in pairs if frozenset((pair.one.pk, pair.other.pk)) not in tied]
