"""Whose leave and trips one records, and what days they may have."""

from collections.abc import Iterable
from datetime import date, timedelta

from onebow.apps.base.filters import day
from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.models import Person
from onebow.apps.plans.models import Away

# Longer than that is no leave but a move; a wrong year is the likelier reason.
LONGEST_DAYS = 366


def check_can_record(person: Person, is_led: bool) -> None:
    """Leave and trips are recorded by who leads or keeps the person."""
    if not is_led:
        raise Refused(f"{person.name}的请假、出差由其所在单位、党组织的负责人或党务干部登记。")


def check_days(first: date, last: date) -> None:
    """The last day is included."""
    if last < first:
        raise Refused("最后一天不能早于第一天。")
    if (last - first).days >= LONGEST_DAYS:
        raise Refused("一次登记不能超过一年,请核对年份。")


def check_no_overlap(person: Person, others: Iterable[Away]) -> None:
    """Nobody is away twice at the same time."""
    if other := next(iter(others), None):
        raise Refused(f"{person.name}已登记{told(other)},与这次的日期重叠。")


def check_can_cancel(away: Away) -> None:
    """What follows from a trip is changed there."""
    if away.cancelled_at is not None:
        raise Refused("这条记录已经撤销过。")
    if away.source == Away.Source.TRIP_PLAN:
        raise Refused("这条出差来自事项的外出安排,请在事项里调整外出日期或外出人员,这里会跟着变。")


def unsaved(person_id: int, kind: str, first: date, last: date) -> Away:
    """An absence that is not written yet, to be held against others; the last day is included."""
    return Away(person_id=person_id, kind=kind, starts_on=first, ends_on=last + timedelta(days=1))


def told(away: Away) -> str:
    """An absence in a sentence, its last day included."""
    if away.starts_on is None or away.ends_on is None:
        return away.get_kind_display()
    last = away.ends_on - timedelta(days=1)
    days = day(away.starts_on) if last == away.starts_on else f"{day(away.starts_on)}至{day(last)}"
    return f"{days}{away.get_kind_display()}"
