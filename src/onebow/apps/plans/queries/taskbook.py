"""折子工程: approved items that hang on a key point or on what came from above, with the last word on each."""

from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from onebow.apps.base.dates import AsOf
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.plans.models import Item, Plan, Progress
from onebow.apps.plans.queries.bow.force import end_of
from onebow.apps.plans.queries.item_list import LATE, MOST, in_state, of_day, stage_of, state_of
from onebow.apps.plans.queries.visible import items_for

__all__ = [
    "HEADER", "MOST", "SOURCES", "STATES", "from_source", "in_state", "line_of", "stage_of", "state_of", "tasks_for",
    "years_of",
]  # fmt: skip
S = Item.State
TASKS = (S.PLANNED, S.OPEN, S.DONE)
STATES = [*((state.value, state.label) for state in TASKS), (LATE, "逾期")]
SOURCES = [("point", "工作要点"), ("directive", "上级部署")]
HEADER = (
    "序号", "重点工作", "任务", "归属", "牵头单位", "责任人", "配合单位", "完成时限", "状态", "进展", "进展日期",
    "依据",
)  # fmt: skip


def tasks_for(reach: Reach, when: AsOf) -> QuerySet[Item]:
    """The tasks as they stood on a day, by year, key point and day, each with the last word on it by then."""
    last = _progress(when).filter(item=OuterRef("pk")).order_by("-on", "-pk")
    rows = of_day(items_for(reach), when)
    rows = rows.filter(**{"state__in" if when.is_today else "state_then__in": TASKS})
    rows = rows.exclude(key_point=None, directive=None)
    rows = rows.annotate(told=Subquery(last.values("text")[:1]), told_on=Subquery(last.values("on")[:1]))
    rows = rows.select_related("organization", "person", "key_point", "directive", "stage", "plan")
    return rows.prefetch_related("units__organization").order_by("-plan__year", "key_point__order", "due_on", "pk")


def _progress(when: AsOf) -> QuerySet[Progress]:
    """What was written by the day, of it or of a day before."""
    return (
        Progress.objects.all()
        if when.is_today
        else Progress.objects.filter(on__lte=when.on, made_at__lt=end_of(when.on))
    )


def years_of(reach: Reach) -> list[tuple[int, str]]:
    """Years of which there are tasks."""
    plans = items_for(reach).filter(state__in=TASKS).values("plan")
    years = Plan.objects.filter(pk__in=plans).order_by("-year").values_list("year", flat=True).distinct()
    return [(year, f"{year} 年") for year in years]


def from_source(rows: QuerySet[Item], source: str) -> QuerySet[Item]:
    """Tasks of key points, or of what came from above."""
    return rows.filter(~Q(directive=None) if source == "directive" else ~Q(key_point=None))


def line_of(number: int, item: Item) -> tuple[str, ...]:
    """A task as a row of the sheet."""
    told_on: date | None = item.told_on  # type: ignore[attr-defined]
    return (
        str(number),
        item.key_point.title if item.key_point else "",
        item.title,
        str(item.get_side_display()),
        item.organization.name,
        item.person.name if item.person else "",
        "、".join(row.organization.name for row in item.units.all()),
        item.due_on.isoformat() if item.due_on else "",
        stage_of(item) or S(state_of(item)).label,
        item.told or "",  # type: ignore[attr-defined]
        told_on.isoformat() if told_on else "",
        " ".join(filter(None, (item.directive.number, item.directive.title))) if item.directive else "",
    )
