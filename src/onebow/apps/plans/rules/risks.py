"""What makes a risk point right: its level by counting, its days, who keeps it."""

from collections.abc import Collection, Sequence
from datetime import date

from onebow.apps.base.filters import day
from onebow.apps.base.refusals import Refused
from onebow.apps.plans.counting import counting_on, latest_review, months_between
from onebow.apps.plans.models import RiskLevel, RiskList, RiskPoint

Level = RiskLevel.Level


def level_of(held: Collection[int], on: date) -> Level:
    """The level by how many criteria hold.

    Raises:
        Refused: none holds, or one is none of the criteria.
    """
    method = counting_on(on)
    if strange := sorted(set(held) - set(range(1, method.number("criteria") + 1))):
        raise Refused(f"没有第 {strange[0]} 条标准,请在列出的标准中勾选。")
    count = len(set(held))
    for level in (Level.HIGH, Level.MEDIUM, Level.LOW):
        if count >= method.number(level.value):
            return level
    raise Refused("一条标准也不符合的,不必列为廉政风险点;请至少勾选一条。")


def check_next_review(next_on: date, after: date, today: date) -> None:
    """The next review lies ahead, and no farther than the rule allows."""
    if next_on <= after:
        raise Refused("下次复查日期应晚于本次。")
    last = latest_review(after, today)
    if next_on > last:
        months = months_between(today)
        raise Refused(f"廉政风险点至少每 {months} 个月复查一次,请把下次复查定在{day(last)}以前。")


def check_stands_yet(point: RiskPoint) -> None:
    """What was lifted is read, not written."""
    if point.state != RiskPoint.State.ACTIVE:
        raise Refused("这个风险点已经解除,不能再改;风险又出现的,请重新登记。")


def check_review_day(on: date, former: date, today: date) -> None:
    """A review follows the one before, and has happened."""
    if on > today:
        raise Refused("复查日期不能晚于今天。")
    if on < former:
        raise Refused(f"复查日期不能早于上一次({day(former)})。")


def fault_of_list(key: str, items: Sequence[str], on: date) -> str:
    """Why a list of an office does not fit the method; empty if it does. An empty list says that nobody knows yet."""
    wanted = counting_on(on).number("criteria") if key == RiskList.Key.CRITERIA else len(Level)
    if items and len(items) != wanted:
        return f"这份清单应有 {wanted} 条,现在是 {len(items)} 条。"
    return ""
