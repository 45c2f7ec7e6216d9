"""What may be said of an occurrence, and by whom."""

from datetime import date
from typing import Any

from onebow.apps.base.filters import day
from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.reach import Operator, Reach
from onebow.apps.plans.models import Occurrence


def check_can_say(organization: Organization, reach: Reach | Operator) -> None:
    """Officers, and who leads the organization or one above it."""
    if not reach.leads(organization.path):
        raise Refused(f"“{organization.name}”的应办事项由它的书记、行政负责人或党务干部登记。")


def check_is_open(row: Any) -> None:
    """Nothing was said of it, and it was not done; `row` is an occurrence with its state."""
    if row.done >= row.asked:
        raise Refused("这一项已经完成,不需要登记。")
    if row.excused_on is not None or row.missed_on is not None:
        raise Refused("这一项已经登记过免开或未落实,请先撤销。")


def check_is_over(row: Occurrence, today: date) -> None:
    """What is not due yet was not missed."""
    if row.due_on >= today:
        raise Refused(f"期限 {day(row.due_on)} 还没有过,现在不能登记未落实。")


def check_day(row: Occurrence, planned_on: date | None, today: date) -> None:
    """A planned day lies in the period; of a period gone by also later, to make it up."""
    if planned_on is None:
        return
    last = row.ends_on - date.resolution
    if planned_on < row.starts_on or (planned_on > last and last >= today):
        name = f"“{row.duty.name}”" if row.duty_id else ""
        raise Refused(f"{name}的计划日期应在 {day(row.starts_on)}至{day(last)} 之间。")
