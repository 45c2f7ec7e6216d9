"""Requirements that hold for an item, and where each is stated."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, CharField, Q, QuerySet, When

from onebow.apps.base.unions import word
from onebow.apps.plans.models import NEEDED, Category, Requirement

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


@dataclass(frozen=True)
class Said:
    """A requirement as it was written down at one of the `PLACES`."""

    category: str
    text: str
    place: str
    order: int = 0


def said_in(item: int, kind: int, key_point: int | None) -> QuerySet[Requirement]:
    """What is stated for an item as a whole, at each place."""
    at = Q(item=item) | Q(kind=kind)
    if key_point:
        at |= Q(key_point=key_point)
    return Requirement.objects.filter(at, stage=None).order_by()


def place_of() -> Case:
    """The place of a requirement as a column."""
    at = (When(item__isnull=False, then=word(ITEM)), When(key_point__isnull=False, then=word(KEY_POINT)))
    return Case(*at, default=word(KIND), output_field=CharField())


def effective(rows: Iterable[Said]) -> list[Stated]:
    """Of requirements of an item, its key point and its kind, those that hold, category by category."""
    said: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        said.setdefault((row.category, row.place), []).append(row.text)
    found = []
    for category in Category:
        place = next((place for place in PLACES if (category, place) in said), "")
        if place or category in NEEDED:
            found.append(Stated(category, tuple(said.get((category, place), ())), place))
    return found
