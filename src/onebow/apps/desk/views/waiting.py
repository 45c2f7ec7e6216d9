"""What waits for the user, as the front page shows it: lists in the order in which they press."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from onebow.apps.accounts.requests import Request
from onebow.apps.base.dates import AsOf
from onebow.apps.desk.queries.waiting import Waiting, waiting_lines
from onebow.apps.plans.models import Category
from onebow.apps.plans.queries.waiting.lines import Line


@dataclass(frozen=True)
class Shown:
    """A list: its title, what it counts, the page that has all of it, and the page of one line."""

    sort: str
    title: str
    unit: str
    all_door: str
    door: str
    query: str = ""
    part: str = ""


SHOWN = (
    Shown("returned", "退回给我的计划和变更", "件", "plans:index", "plans:change"),
    Shown("request", "等我审批的计划和变更", "件", "plans:index", "plans:change", part="waiting"),
    Shown("make_up", "待补办", "项", "plans:items_mine", "plans:item", part="make-ups"),
    Shown("confirm", "需要本人确认", "项", "plans:items_mine", "plans:item", part="confirm"),
    Shown("check", "由我落实的检查点", "项", "plans:items_mine", "plans:item", part="check"),
    Shown("mine", "我负责的事项", "件", "plans:items_mine", "plans:item", part="items"),
    Shown("unclear", "近 60 天情况不明的应办", "项", "plans:duties", "plans:occurrence", "view=list&state=unclear"),
    Shown("unrecorded", "待记录的会议", "次", "meetings:index", "meetings:show", "state=planned"),
    Shown("receipt", "待回执的组织关系", "件", "affairs:transfers", "affairs:transfer", "state=issued"),
    Shown("relief", "待审批的党费减免", "件", "affairs:dues", "affairs:dues_relief", part="reliefs"),
    Shown("reply", "待反馈的上级部署", "件", "plans:directives", "plans:directive"),
    Shown("risk", "待复查的廉政风险点", "个", "plans:risks", "plans:risk", "sort=next"),
    Shown("late", "逾期的事项", "件", "plans:items", "plans:item", "state=late"),
    Shown("due", "14 天内到期的应办", "项", "plans:duties", "plans:occurrence", "view=list&state=coming"),
    Shown("meeting", "14 天内的会议", "次", "meetings:index", "meetings:show", "state=planned"),
)  # fmt: skip


def waiting_context(request: Request, when: AsOf) -> dict[str, Any]:
    """The lists that hold something, today; on no page of another day."""
    told = waiting_lines(request.reach, when.today, timezone.now()) if when.is_today else Waiting()
    lists = [(one, told.lines[one.sort]) for one in SHOWN if one.sort in told.lines]
    return {
        "lists": lists,
        "first": told.first,
        "list_href": _list_href,
        "line_href": _line_href,
        "categories": dict(Category.choices),
        "in_days": lambda day: _in_days(day, when.today),
    }


def _list_href(shown: Shown) -> str:
    return reverse(shown.all_door) + f"?{shown.query}" * bool(shown.query) + f"#{shown.part}" * bool(shown.part)


def _line_href(shown: Shown, line: Line) -> str:
    """Its page: a request is a part of its plan, a checkpoint of its item."""
    if shown.door == "plans:change":
        return reverse(shown.door, args=[line.above, line.pk])
    if line.above:
        return f"{reverse(shown.door, args=[line.above])}#deed"
    return reverse(shown.door, args=[line.pk])


def _in_days(day: date, today: date) -> tuple[str, str]:
    """How far a day is, in words, and their colour."""
    days = (day - today).days
    if days < 0:
        return f"已超期 {-days} 天", "bad"
    return ("今天到期" if days == 0 else f"还有 {days} 天"), "warn" if days <= 7 else "neutral"
