"""Requirements that hold for an item, and where each is stated."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from onebow.apps.base.prepared import Prepared
from onebow.apps.plans.models import NEEDED, Category, Item, Requirement

ITEM, KEY_POINT, KIND = "item", "key_point", "kind"
# The nearest first: what an item says itself goes before its key point, and that before its kind.
PLACES = (ITEM, KEY_POINT, KIND)


@dataclass(frozen=True)
class Stated:
    """What holds in a category: its texts and the place where they stand; no text where one is needed and missing."""

    category: Category
    texts: tuple[str, ...]
    place: str = ""

    @property
    def is_missing(self) -> bool:
        """Whether the item cannot be approved for want of this."""
        return not self.texts


def requirements_of(item: Item) -> list[Stated]:
    """The effective requirements of a whole item, category by category: one statement."""
    return effective(_requirements.objects(item.pk, item.kind_id, item.key_point_id))


def _whole(item: int, kind: int, key_point: int | None) -> QuerySet[Requirement]:
    at = Q(item=item) | Q(kind=kind)
    if key_point:
        at |= Q(key_point=key_point)
    return Requirement.objects.filter(at, stage=None)


_requirements = Prepared(_whole)


def effective(rows: Iterable[Requirement]) -> list[Stated]:
    """Of stage-less requirements of an item, its key point and its kind, those that hold."""
    said: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        place = ITEM if row.item_id else KEY_POINT if row.key_point_id else KIND
        said.setdefault((row.category, place), []).append(row.text)
    found = []
    for category in Category:
        place = next((place for place in PLACES if (category, place) in said), "")
        if place or category in NEEDED:
            found.append(Stated(category, tuple(said.get((category, place), ())), place))
    return found
