"""What is required of an item: its own words, else its key point's, else its kind's."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from onebow.apps.plans.models import NEEDED, Category, Item, Requirement

ITEM, KEY_POINT, KIND = "item", "key_point", "kind"
PLACES = {ITEM: "本事项", KEY_POINT: "工作要点", KIND: "事项类别"}
Texts = Mapping[str, str]


@dataclass(frozen=True)
class Stated:
    """A requirement in force, and where it is stated: item, key_point or kind."""

    category: str
    text: str
    place: str

    @property
    def label(self) -> str:
        """党建要求, and so on."""
        return Category(self.category).label

    @property
    def place_word(self) -> str:
        """Where it stands, in Chinese."""
        return PLACES[self.place]


class Requirements:
    """The stage-less requirements of kinds, key points and items, read at once."""

    def __init__(self, rows: Iterable[Requirement]) -> None:
        self.items: dict[int, dict[str, str]] = {}
        self.key_points: dict[int, dict[str, str]] = {}
        self.kinds: dict[int, dict[str, str]] = {}
        for row in rows:
            if row.item_id:
                self.items.setdefault(row.item_id, {})[row.category] = row.text
            elif row.key_point_id:
                self.key_points.setdefault(row.key_point_id, {})[row.category] = row.text
            elif row.kind_id:
                texts = self.kinds.setdefault(row.kind_id, {})
                texts[row.category] = ";".join(filter(None, (texts.get(row.category, ""), row.text)))

    def of(self, item_id: int, key_point_id: int | None, kind_id: int) -> dict[str, Stated]:
        """By category, in the order of the categories, what holds for an item."""
        places = (
            (ITEM, self.items.get(item_id, {})),
            (KEY_POINT, self.key_points.get(key_point_id or 0, {})),
            (KIND, self.kinds.get(kind_id, {})),
        )
        return effective(places)

    def missing(self, item_id: int, key_point_id: int | None, kind_id: int) -> list[Category]:
        """Which of the three needed requirements nobody states for an item."""
        known = (
            self.items.get(item_id, {}), self.key_points.get(key_point_id or 0, {}), self.kinds.get(kind_id, {})
        )  # fmt: skip
        return [category for category in NEEDED if not any(category in texts for texts in known)]


def effective(places: Iterable[tuple[str, Texts]]) -> dict[str, Stated]:
    """The first place that states a category wins.

    >>> effective([("item", {}), ("kind", {"political": "讲政治"})])["political"].place
    'kind'
    """
    found: dict[str, Stated] = {}
    told = list(places)
    for category in Category:
        for place, texts in told:
            if texts.get(category):
                found[category] = Stated(category, texts[category], place)
                break
    return found


def requirements_of_plan(plan_id: int, kind_ids: Iterable[int]) -> Requirements:
    """Those of a plan's items and key points, and of these kinds: one statement."""
    rows = Requirement.objects.filter(stage=None)
    return Requirements(rows.filter(Q(item__plan=plan_id) | Q(key_point__plan=plan_id) | Q(kind__in=list(kind_ids))))


def requirements_of(item: Item) -> dict[str, Stated]:
    """What holds for one item, by category."""
    condition = Q(item=item) | Q(kind=item.kind_id)
    if item.key_point_id:
        condition |= Q(key_point=item.key_point_id)
    found = Requirements(Requirement.objects.filter(condition, stage=None))
    return found.of(item.pk, item.key_point_id, item.kind_id)


def inherited_by(item: Item) -> tuple[dict[str, str], dict[str, str]]:
    """The item's own texts; and, by category, what holds where it says nothing, in words for the form."""
    condition = Q(item=item) | Q(kind=item.kind_id) | Q(key_point=item.key_point_id or 0)
    found = Requirements(Requirement.objects.filter(condition, stage=None))
    stated = found.of(0, item.key_point_id, item.kind_id)
    nothing = dict.fromkeys(NEEDED, "要点和类别都没有写明,必须在这里填写。")
    words = {category: f"沿用{one.place_word}:{one.text}" for category, one in stated.items()}
    return found.items.get(item.pk, {}), nothing | words
