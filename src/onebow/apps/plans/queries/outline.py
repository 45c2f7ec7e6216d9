"""A plan as one list: key points with their items, in a fixed number of statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from onebow.apps.organizations.models import Organization, Person
from onebow.apps.plans.models import Category, Item, KeyPoint, Plan
from onebow.apps.plans.queries.requirements import Requirements

PAGE = 150
COLUMNS = (
    "pk", "title", "side", "state", "key_point_id", "kind_id", "kind__name", "kind__listed_in", "starts_on", "due_on",
    "stage__name", "person_id", "person__name", "organization_id", "organization__name", "organization__path",
    "organization__starts_on", "organization__ends_on",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item as the list shows it, and as what hinders it is judged by."""

    pk: int
    title: str
    side: str
    state: str
    key_point_id: int | None
    kind_id: int
    kind: str
    listed_in: str
    starts_on: date | None
    due_on: date | None
    stage: str | None
    person_id: int | None
    organization_id: int
    person: Person | None
    # Of its columns only those that are read here.
    organization: Organization
    key_point: KeyPoint | None

    @property
    def state_word(self) -> str:
        """Its state, or the stage in which it is."""
        return self.stage if self.stage and self.state == Item.State.OPEN else Item.State(self.state).label

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


def rows_of(plan: Plan, points: Sequence[KeyPoint]) -> list[ItemRow]:
    """All items of a plan that were not cancelled, in the order of the list: one statement."""
    people: dict[int | None, Person | None] = {None: None}
    units: dict[int, Organization] = {}
    known = {point.pk: point for point in points}
    found = []
    rows = Item.objects.filter(plan=plan).exclude(state=Item.State.CANCELLED).values_list(*COLUMNS)
    for row in rows:
        person_id, person, unit_id, unit, path, starts_on, ends_on = row[11:]
        if person_id not in people:
            people[person_id] = Person(pk=person_id, name=person)
        if unit_id not in units:
            units[unit_id] = Organization(pk=unit_id, name=unit, path=path, starts_on=starts_on, ends_on=ends_on)
        facts: tuple[Any, ...] = (person_id, unit_id, people[person_id], units[unit_id], known.get(row[4]))
        found.append(ItemRow(*row[:11], *facts))
    return sorted(found, key=lambda row: (row.due_on or date.max, row.pk))


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
    here: dict[int | None, list[ItemRow]] = {}
    for row in shown:
        here.setdefault(row.key_point_id, []).append(row)
    groups = []
    for point in [*points, None]:
        pk = point.pk if point else None
        is_empty = point is not None and empty and page == 1 and pk not in counts
        if pk in here or is_empty:
            groups.append(Group(point, here.get(pk, []), counts.get(pk, 0), texts.key_points.get(pk or 0, {})))
    return Outline(groups, len(rows), page, pages)
