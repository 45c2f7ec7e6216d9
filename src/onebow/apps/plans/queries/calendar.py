"""What stands in the calendar: occurrences, items and absences, a line for each, day by day.

Apps above add lines of their own kind; the page gathers them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from onebow.apps.base.prepared import Prepared
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.models.organizations import within
from onebow.apps.organizations.queries.reach import Reach, guarding, lying_under
from onebow.apps.plans.models import Away, Item, Side
from onebow.apps.plans.queries.duties.states import COLOURS, State, with_states
from onebow.apps.plans.queries.visible import absences_for, items_for, occurrences_for

# Of each sort in one month: beyond, the page would be no calendar. Asked for one more, so that it can be said.
MOST = 3_000
# Organizations with all that lies below them; None: of all that one may read.
Paths = tuple[str, ...] | None
PARTY, LEADING = Organization.Tree.PARTY, Organization.Kind.LEADING_GROUP
HIDDEN = (Item.State.DRAFT, Item.State.CANCELLED)
OCCURRENCE = (
    "pk", "day", "duty_id", "duty__name", "organization__name", "organization__tree", "organization__kind", "topic",
    "planned_on", "state",
)  # fmt: skip


@dataclass(frozen=True)
class CalendarLine:
    """日历事项: what stands on a day. `door` and `pk` are its page; lines of equal `group` are told as one."""

    day: date
    sort: str
    title: str
    organization: str = ""
    side: str = "party"
    door: str = ""
    pk: int = 0
    # Words and colour of a badge.
    state: str = ""
    colour: str = "neutral"
    group: str = ""
    # The duty of which a group tells.
    group_id: int = 0


def calendar_lines(reach: Reach, first: date, end: date, on: date, paths: Paths = None) -> list[CalendarLine]:
    """All lines of the days `[first, end)` that the user may read, as they stand on a day: three statements.

    Who is away is told of the first of the paths, to which the people belong; the others tell of their work.
    """
    place, here = (paths[0], on) if paths else None, guarding(reach.within(paths))
    return [
        *_occurrence_lines(_occurrences.rows(here, paths, first, end, on)),
        *_item_lines(_items.rows(here, paths, first, end)),
        *_absence_lines(_absences.rows(reach, place, first, end), first, end),
    ]


def of(rows: QuerySet[Any], paths: Paths) -> QuerySet[Any]:
    """Those of the organizations with these paths and what lies below them."""
    if paths is None:
        return rows
    # One range is found by index; several would be held against every row.
    return rows.filter(within(paths[0], "organization__path") if len(paths) == 1 else lying_under(paths))


def _of_person(rows: QuerySet[Away], place: tuple[str, date] | None) -> QuerySet[Away]:
    if place is None:
        return rows
    path, on = place
    there = Q(person__memberships__ends_on=None) | Q(person__memberships__ends_on__gt=on)
    below = within(path, "person__memberships__organization__path")
    return rows.filter(pk__in=Away.objects.filter(there & below).values("pk"))


def _occurrences_query(reach: Reach, paths: Paths, first: date, end: date, on: date) -> QuerySet[Any, Any]:
    """By the planned day, else by the day by which they are due."""
    placed = (
        with_states(of(occurrences_for(reach), paths), on)
        .annotate(day=Coalesce("planned_on", "due_on"))
        .filter(day__gte=first, day__lt=end)
    )
    # Few have a planned day; the index knows the days by which they are due.
    near = placed.filter(Q(due_on__gte=first, due_on__lt=end) | Q(planned_on__gte=first, planned_on__lt=end))
    # Columns alone: rows as objects, with duty and organization, take twice as long.
    return near.order_by("day", "duty__order", "organization__path").values_list(*OCCURRENCE)[:MOST]


def _occurrence_lines(rows: Iterable[tuple[Any, ...]]) -> Iterable[CalendarLine]:
    for pk, day, duty_id, duty, name, tree, kind, topic, planned_on, word in rows:
        state, side = State(word), "party" if tree == PARTY or kind == LEADING else "business"
        shown = state.label if planned_on or state != State.COMING else "截止"
        group = "" if topic else f"duty-{duty_id}-{word}-{bool(planned_on)}"
        yield CalendarLine(
            day, "duty", topic or duty, name, side, "plans:occurrence", pk, shown, COLOURS[state], group, duty_id
        )


def _items_query(reach: Reach, paths: Paths, first: date, end: date) -> QuerySet[Any, Any]:
    shown = of(items_for(reach), paths).filter(due_on__gte=first, due_on__lt=end).exclude(state__in=HIDDEN)
    return shown.order_by("due_on", "pk").values_list("pk", "due_on", "title", "organization__name", "side", "state")[
        :MOST
    ]


def _item_lines(rows: Iterable[tuple[Any, ...]]) -> Iterable[CalendarLine]:
    for pk, day, title, name, said, state in rows:
        done, side = state == Item.State.DONE, "party" if said == Side.PARTY else "business"
        words, colour = (Item.State(state).label, "ok") if done else ("截止", "neutral")
        yield CalendarLine(day, "item", title, name, side, "plans:item", pk, words, colour)


def _absences_query(reach: Reach, place: tuple[str, date] | None, first: date, end: date) -> QuerySet[Any, Any]:
    rows = _of_person(absences_for(reach), place)
    away = rows.filter(starts_on__lt=end, ends_on__gt=first, cancelled_at=None).order_by("starts_on", "pk")
    return away.values_list("kind", "starts_on", "ends_on")[:MOST]


def _absence_lines(rows: Iterable[tuple[Any, ...]], first: date, end: date) -> Iterable[CalendarLine]:
    """A line for each day of an absence, told as one for all who are away alike; how many, not who."""
    for kind, starts_on, ends_on in rows:
        day, last = max(starts_on, first), min(ends_on, end)
        while day < last:
            yield CalendarLine(day, "away", Away.Kind(kind).label, "", "both", group=f"away-{kind}")
            day += timedelta(days=1)


_occurrences, _items, _absences = Prepared(_occurrences_query), Prepared(_items_query), Prepared(_absences_query)
