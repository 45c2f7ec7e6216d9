"""A plan as one list: key points with their items, in a fixed number of statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from onebow.apps.plans.models import Category, Item, KeyPoint, Plan
from onebow.apps.plans.queries.requirements import Requirements

PAGE = 150
COLUMNS = (
    "pk", "title", "side", "state", "key_point_id", "kind_id", "kind__name", "kind__listed_in", "organization_id",
    "organization__name", "person_id", "person__name", "starts_on", "due_on", "hours", "stage__name",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item as the list shows it."""

    id: int
    title: str
    side: str
    state: str
    key_point_id: int | None
    kind_id: int
    kind: str
    listed_in: str
    organization_id: int
    organization: str
    person_id: int | None
    person: str | None
    starts_on: date | None
    due_on: date | None
    hours: object
    stage: str | None

    @property
    def state_word(self) -> str:
        """Its state, or the stage in which it is."""
        return self.stage or Item.State(self.state).label

    def is_late(self, today: date) -> bool:
        """Whether its day is gone by and it is not done."""
        running = self.state in (Item.State.PLANNED, Item.State.OPEN)
        return running and self.due_on is not None and self.due_on < today


@dataclass(frozen=True)
class Group:
    """A key point with the items on this page; without one: items that hang on none."""

    point: KeyPoint | None
    rows: Sequence[ItemRow]
    total: int
    texts: Mapping[str, str]

    def stated(self) -> list[tuple[str, str]]:
        """What the key point requires, by the label of the category."""
        return [(category.label, self.texts[category]) for category in Category if self.texts.get(category)]


@dataclass(frozen=True)
class Outline:
    """What a page of the list shows."""

    groups: Sequence[Group]
    total: int
    page: int
    pages: int


def rows_of(plan: Plan) -> list[ItemRow]:
    """All items of a plan that were not cancelled, in the order of the list."""
    rows = Item.objects.filter(plan=plan).exclude(state=Item.State.CANCELLED)
    found = [ItemRow(*values) for values in rows.values_list(*COLUMNS)]
    return sorted(found, key=lambda row: (row.due_on or date.max, row.id))


def outline_of(
    points: Sequence[KeyPoint], rows: Sequence[ItemRow], texts: Requirements, *, page: int = 1, empty: bool = True
) -> Outline:
    """The rows in groups; `empty`: key points without items are shown too."""
    order = {point.pk: place for place, point in enumerate(points)}
    ordered = sorted(rows, key=lambda row: order.get(row.key_point_id or 0, len(order)))
    pages = max(1, -(-len(ordered) // PAGE))
    page = min(max(page, 1), pages)
    shown = ordered[(page - 1) * PAGE : page * PAGE]
    counts: dict[int | None, int] = {}
    for row in rows:
        counts[row.key_point_id] = counts.get(row.key_point_id, 0) + 1
    groups = [
        Group(point, here, counts.get(point.pk if point else None, 0), texts.key_points.get(point.pk if point else 0, {}))
        for point in [*points, None]
        if (here := [row for row in shown if row.key_point_id == (point.pk if point else None)])
        or (point and empty and page == 1 and not counts.get(point.pk))
    ]  # fmt: skip
    return Outline(groups, len(rows), page, pages)
