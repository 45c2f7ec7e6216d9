"""All items that one may read: the list, its filters, and a line of its sheet."""

from typing import Any

from django.db.models import QuerySet

from onebow.apps.base.dates import AsOf
from onebow.apps.base.prepared import Prepared
from onebow.apps.base.rows import PreparedRows
from onebow.apps.organizations.queries.reach import Reach, guarding
from onebow.apps.plans.models import Item, Plan
from onebow.apps.plans.queries.bow.force import end_of, state_at
from onebow.apps.plans.queries.content import hours_text
from onebow.apps.plans.queries.visible import items_for

S = Item.State
LATE, RUNNING = "late", (S.PLANNED, S.OPEN)
STATES = [*((state.value, state.label) for state in S), (LATE, "逾期")]
HEADER = (
    "年度", "工作要点", "事项", "归属", "类别", "主责单位", "责任人", "协办单位", "开始日期", "完成期限", "工时",
    "状态", "内容",
)  # fmt: skip
SHOWN = (
    "title", "text", "side", "state", "starts_on", "due_on", "hours", "organization__name", "person__name",
    "kind__name", "plan__year", "stage__name", "key_point__title",
)  # fmt: skip
# A sheet that nobody would read to its end.
MOST = 10_000


def listed(reach: Reach) -> QuerySet[Item]:
    """Items with what the list and its sheet show, by their day."""
    rows = items_for(reach).select_related("organization", "person", "kind", "plan", "stage", "key_point")
    return rows.only(*SHOWN).order_by("-plan__year", "due_on", "pk")


def rows_of_day(reach: Reach, when: AsOf) -> PreparedRows | QuerySet[Item]:
    """The same for the page of a day."""
    return PreparedRows(_listed, guarding(reach)) if when.is_today else of_day(listed(reach), when)


def of_day(rows: QuerySet[Item], when: AsOf) -> QuerySet[Item]:
    """Of a day gone by: what was written down by then, with `state_then`; of today the rows as they are."""
    if when.is_today:
        return rows
    at = end_of(when.on)
    return rows.filter(created_at__lt=at).annotate(state_then=state_at(at))


def state_of(item: Item) -> str:
    """How an item stood on the day of the list."""
    return str(vars(item).get("state_then", item.state))


def stage_of(item: Item) -> str:
    """The stage that an open item is in; of a day gone by the state alone is known."""
    return item.stage.name if item.stage and item.state == S.OPEN and "state_then" not in vars(item) else ""


def with_units(rows: QuerySet[Item]) -> QuerySet[Item]:
    """The same with who assists, for a sheet."""
    return rows.prefetch_related("units__organization")


def of_plan(reach: Reach, plan: Plan, listed_in: str) -> QuerySet[Item]:
    """A plan's items, or those of one of its lists, in the order of its page."""
    rows = (
        with_units(listed(reach))
        .filter(plan=plan)
        .exclude(state=S.CANCELLED)
        .order_by("key_point__order", "due_on", "pk")
    )
    return rows.filter(kind__listed_in=listed_in) if listed_in else rows


def years_of(reach: Reach) -> list[tuple[int, str]]:
    """Years of which there are items."""
    return [(year, f"{year} 年") for (year,) in _years.rows(guarding(reach))]


def _years_query(reach: Reach) -> QuerySet[Plan, Any]:
    plans = Plan.objects.filter(pk__in=items_for(reach).values("plan"))
    return plans.values_list("year").order_by("-year").distinct()


_listed, _years = Prepared(listed), Prepared(_years_query)


def in_state(rows: QuerySet[Item], state: str, when: AsOf) -> QuerySet[Item]:
    """Items in a state on the day; late are those that run beyond their day."""
    field = "state" if when.is_today else "state_then"
    if state == LATE:
        return rows.filter(**{f"{field}__in": RUNNING}, due_on__lt=when.on)
    return rows.filter(**{field: state})


def line_of(item: Item) -> tuple[str, ...]:
    """An item as a row of the sheet."""
    return (
        str(item.plan.year),
        item.key_point.title if item.key_point else "",
        item.title,
        str(item.get_side_display()),
        item.kind.name,
        item.organization.name,
        item.person.name if item.person else "",
        "、".join(row.organization.name for row in item.units.all()),
        item.starts_on.isoformat() if item.starts_on else "",
        item.due_on.isoformat() if item.due_on else "",
        hours_text(item.hours) or "",
        stage_of(item) or S(state_of(item)).label,
        item.text,
    )
