"""What stands in the calendar: occurrences, items and absences, a line for each, day by day.

Apps above add lines of their own kind; the page gathers them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.models.organizations import within
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.plans.models import Away, Item, Occurrence, Side
from onebow.apps.plans.queries.duties.states import COLOURS, State, with_states
from onebow.apps.plans.queries.visible import absences_for, items_for, occurrences_for

# Of each sort in one month: beyond, the page would be no calendar. Asked for one more, so that it can be said.
MOST = 3_000
PARTY, LEADING = Organization.Tree.PARTY, Organization.Kind.LEADING_GROUP
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


def calendar_lines(
    reach: Reach, first: date, end: date, on: date, organization: Organization | None = None
) -> list[CalendarLine]:
    """All lines of the days `[first, end)` that the user may read, as they stand on a day: three statements."""
    return [
        *_occurrences(_of(occurrences_for(reach), organization), first, end, on),
        *_items(_of(items_for(reach), organization), first, end),
        *_absences(_of_person(absences_for(reach), organization, on), first, end),
    ]


def _of(rows: QuerySet, organization: Organization | None) -> QuerySet:
    return rows.filter(within(organization.path, "organization__path")) if organization else rows


def _of_person(rows: QuerySet[Away], organization: Organization | None, on: date) -> QuerySet[Away]:
    if organization is None:
        return rows
    there = Q(person__memberships__ends_on=None) | Q(person__memberships__ends_on__gt=on)
    below = within(organization.path, "person__memberships__organization__path")
    return rows.filter(pk__in=Away.objects.filter(there & below).values("pk"))


def _occurrences(rows: QuerySet[Occurrence], first: date, end: date, on: date) -> Iterable[CalendarLine]:
    """By the planned day, else by the day by which they are due."""
    placed = with_states(rows, on).annotate(day=Coalesce("planned_on", "due_on")).filter(day__gte=first, day__lt=end)
    # Few have a planned day; the index knows the days by which they are due.
    near = placed.filter(Q(due_on__gte=first, due_on__lt=end) | Q(planned_on__gte=first, planned_on__lt=end))
    # Columns alone: rows as objects, with duty and organization, take twice as long.
    told = near.order_by("day", "duty__order", "organization__path").values_list(*OCCURRENCE)[:MOST]
    for pk, day, duty_id, duty, name, tree, kind, topic, planned_on, word in told:
        state, side = State(word), "party" if tree == PARTY or kind == LEADING else "business"
        shown = state.label if planned_on or state != State.COMING else "截止"
        group = "" if topic else f"duty-{duty_id}-{word}-{bool(planned_on)}"
        yield CalendarLine(
            day, "duty", topic or duty, name, side, "plans:occurrence", pk, shown, COLOURS[state], group, duty_id
        )


def _items(rows: QuerySet[Item], first: date, end: date) -> Iterable[CalendarLine]:
    shown = rows.filter(due_on__gte=first, due_on__lt=end).exclude(state__in=[Item.State.DRAFT, Item.State.CANCELLED])
    for row in shown.select_related("organization").order_by("due_on", "pk").distinct()[:MOST]:
        done, side = row.state == Item.State.DONE, "party" if row.side == Side.PARTY else "business"
        yield CalendarLine(
            row.due_on or first, "item", row.title, row.organization.name, side,
            "plans:item", row.pk, row.get_state_display() if done else "截止", "ok" if done else "neutral",
        )  # fmt: skip


def _absences(rows: QuerySet[Away], first: date, end: date) -> Iterable[CalendarLine]:
    """A line for each day of an absence, told as one for all who are away alike."""
    away = rows.filter(starts_on__lt=end, ends_on__gt=first, cancelled_at=None).select_related("person")
    for row in away.order_by("person__pinyin", "pk")[:MOST]:
        # A constraint says that both are there.
        day, last = max(row.starts_on or first, first), min(row.ends_on or end, end)
        while day < last:
            kind = row.get_kind_display()
            yield CalendarLine(day, "away", kind, row.person.name, "both", group=f"away-{row.kind}")
            day += timedelta(days=1)
