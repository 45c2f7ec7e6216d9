"""The page of an item: all that it shows, in a handful of statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from onebow.apps.accounts.models import User
from onebow.apps.base.filters import day
from onebow.apps.base.prepared import Prepared
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.queries.reach import Reach, guarding
from onebow.apps.plans.models import ONE_BY_ONE, Checkpoint, Item, Plan, Who
from onebow.apps.plans.part import Part
from onebow.apps.plans.queries.items.around import Around, around
from onebow.apps.plans.queries.items.course import Leg, Point, expected, legs_of, stages_of
from onebow.apps.plans.queries.items.requirements import Stated, effective
from onebow.apps.plans.queries.items.standing import part_in, with_part
from onebow.apps.plans.queries.visible import decided_by, items_for

RELATED = (
    "kind", "organization", "person", "plan", "plan__organization", "key_point", "directive", "drive", "stage",
)  # fmt: skip
# More of the history is in the ledger itself.
LATEST = 50
RUNNING = (Item.State.PLANNED, Item.State.OPEN)


@dataclass(frozen=True)
class Course:
    """An item's way as the reader sees it."""

    item: Any
    part: Part
    around: Around
    points: list[Point]
    legs: list[Leg]

    @property
    def now(self) -> Leg | None:
        """The stage in which it is."""
        return next((leg for leg in self.legs if leg.state == "now"), None)

    @property
    def is_last(self) -> bool:
        """Whether no stage follows."""
        return not any(leg.state == "later" for leg in self.legs)

    @property
    def following(self) -> Leg | None:
        """The stage after the present one."""
        return next((leg for leg in self.legs if leg.state == "later"), None)

    @property
    def done(self) -> int:
        """How many checkpoints are done."""
        return sum(not point.is_open for point in self.points)

    @property
    def stated(self) -> list[Stated]:
        """What holds for the whole item."""
        return effective(self.around.said)

    @property
    def has_left(self) -> bool:
        """Whether who answers for it before it is over stands in its unit no more (on the Party side: nowhere here)."""
        return bool(self.item.person_id) and not self.around.stands and self.item.state in RUNNING

    @property
    def confirmed(self) -> dict[int, str]:
        """Who confirmed any reminder, and on which day, as words."""
        rows = (told for held in self.around.confirmed.values() for told in held)
        return {person_id: day(on) for person_id, _, on in rows}

    @property
    def awaits_travellers(self) -> bool:
        """Whether a reminder waits for who travels."""
        return any(point.row.who == Who.TRAVELLER and point.is_open for point in self.points)

    @property
    def make_ups(self) -> list[Point]:
        """What is to be done afterwards."""
        return [point for point in self.points if point.row.state == Checkpoint.State.MAKE_UP]

    @property
    def to_do(self) -> list[Point]:
        """Checkpoints that the reader may do: of the present stage, and make-ups."""
        return [point for point in self.points if point.mine]

    @property
    def doable(self) -> list[Point]:
        """Those and what another finished a moment ago: a form sent with it hears who and when, and loses nothing."""
        return [point for point in self.points if point.mine or not (point.is_open or point.is_one_by_one)]

    @property
    def to_confirm(self) -> list[Point]:
        """Checkpoints that the reader may confirm for themselves."""
        return [point for point in self.points if point.to_confirm]


def items_seen(reach: Reach) -> QuerySet[Any]:
    """Items that the user may read, with what their pages start from."""
    decided = Exists(Plan.objects.filter(decided_by(reach), pk=OuterRef("plan")))
    return with_part(items_for(reach), reach).annotate(decides_plan=decided).select_related(*RELATED)


def item_seen(reach: Reach, pk: int) -> Any:
    """One of them, with the trip's day; None where there is none that the user may read."""
    return next(iter(_seen.objects(guarding(reach), pk)), None)


def course_of(item: Any, reach: Reach, on: date) -> Course:
    """The way of an item that came from `items_seen`: three statements."""
    part, found = part_in(item, reach), around(item, reach, on)
    rows = _checkpoints.objects(item.pk)
    people = [(person.id, person.travels) for person in found.people]
    names = {person.id: person.name for person in found.people}
    if item.person:
        names[item.person_id] = item.person.name
    is_open = item.state == Item.State.OPEN
    points = [_point(row, item, part, people, names, found.confirmed, is_open) for row in rows]
    return Course(item, part, found, points, legs_of(item, stages_of(item), points))


_seen = Prepared(lambda reach, pk: items_seen(reach).filter(pk=pk))
_checkpoints = Prepared(
    lambda pk: (
        Checkpoint.objects.filter(item=pk).select_related("stage", "done_by").order_by("stage__order", "order", "pk")
    )
)


def _point(
    row: Checkpoint,
    item: Item,
    part: Part,
    people: Sequence[tuple[int, bool]],
    names: Mapping[int, str],
    confirmed: Mapping[int, list[tuple[int, str, date]]],
    is_open: bool,
) -> Point:
    told = confirmed.get(row.pk, [])
    done = {person_id for person_id, *_ in told}
    due = row.state == Checkpoint.State.MAKE_UP or (row.state == Checkpoint.State.OPEN and reached(row, item))
    if row.who not in ONE_BY_ONE:
        return Point(row, mine=is_open and due and part.may_do(row.who))
    wanted = expected(row.who, people, item.person_id)
    missing = wanted - done
    return Point(
        row,
        tuple((name, on) for _, name, on in told),
        tuple(names.get(person_id, "") for person_id in sorted(missing)),
        to_confirm=is_open and due and part.person_id in missing,
    )


def reached(row: Checkpoint, item: Item) -> bool:
    """Whether the item has come to the stage of a checkpoint; what lies ahead is not done beforehand."""
    return item.stage is not None and row.stage.order <= item.stage.order


@dataclass(frozen=True)
class Happened:
    """An entry of the ledger as the page tells it."""

    entry_id: int
    label: str
    on: date
    at: datetime
    by: str
    note: str


def history_of(item: Item) -> list[Happened]:
    """What the ledger tells of an item and its checkpoints, the latest first: one statement."""
    rows: list[Any] = _told.objects(item.pk)
    return [
        Happened(row.pk, row.label, row.happened_on, row.recorded_at, row.by_name or "系统", _note(row)) for row in rows
    ]


def _entries(pk: int) -> QuerySet[Entry]:
    points = Checkpoint.objects.filter(item=pk).order_by().values("pk")
    about = Q(source="plans.item", source_id=pk) | Q(source="plans.checkpoint", source_id__in=points)
    name = Subquery(User.objects.filter(pk=OuterRef("by_id")).values("display_name"))
    return Entry.objects.filter(about).select_related("body").annotate(by_name=name).order_by("-pk")[:LATEST]


_told = Prepared(_entries)


def _note(entry: Entry) -> str:
    if not hasattr(entry, "body"):
        return "内容已按规定删除"
    return str(entry.data.get("reason") or entry.data.get("stage") or "")
