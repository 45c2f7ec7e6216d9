"""The office's own table of working days."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.models import CalendarDay, CalendarYear
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write
from onebow.apps.ledger.services import Event, record
from onebow.apps.organizations.queries.reach import Operator, authority_of
from onebow.cores.timekeeping import NoticeDay

MOST_DAYS = 200


@write()
def set_days(days: Sequence[NoticeDay], *, by: User | None, at: datetime) -> int:
    """Enter days on which people work or rest; a day that stands there already is replaced. Returns how many.

    Raises:
        Refused: `by` is no officer, or there is no day, or too many.
    """
    _check_is_officer(by, at)
    if not 0 < len(days) <= MOST_DAYS:
        raise Refused(f"请填写 1 到 {MOST_DAYS} 个日期。")
    for one in days:
        CalendarDay.objects.update_or_create(day=one.day, defaults={"works": one.works, "name": one.name[:20]})
    _record(days[-1].day.year, by, at)
    return len(days)


@write()
def remove_day(day_id: int, *, by: User | None, at: datetime) -> date:
    """Take one of the office's own days out; what is published counts again.

    Raises:
        Refused: `by` is no officer, or the day is out already.
    """
    _check_is_officer(by, at)
    row = CalendarDay.objects.select_for_update().filter(pk=day_id).first()
    if row is None:
        raise Refused("这一天已经删除。")
    day = row.day
    row.delete()
    _record(day.year, by, at)
    return day


@write()
def complete_year(year: int, notice: str, *, by: User | None, at: datetime) -> None:
    """Say that all days of a year are entered, by which notice: they alone count then.

    Raises:
        Refused: `by` is no officer, or no day of the year is entered.
    """
    _check_is_officer(by, at)
    if not CalendarDay.objects.filter(day__year=year).exists():
        raise Refused(f"还没有录入 {year} 年的放假和调休日期,请先粘贴通知或逐日添加。")
    CalendarYear.objects.update_or_create(year=year, defaults={"notice": notice.strip()})
    _record(year, by, at)


@write()
def reopen_year(year: int, *, by: User | None, at: datetime) -> None:
    """Take back that a year is whole.

    Raises:
        Refused: `by` is no officer, or it was not said.
    """
    _check_is_officer(by, at)
    if not CalendarYear.objects.filter(year=year).delete()[0]:
        raise Refused(f"{year} 年没有标记为已录全。")
    _record(year, by, at)


def _check_is_officer(by: User | None, at: datetime) -> None:
    """One calendar serves the whole installation: whoever keeps an organization in it may write it."""
    reach = authority_of(by, timezone.localdate(at))
    if not isinstance(reach, Operator) and not reach.managed:
        raise Refused("节假日安排由党务干部录入。")


def _record(year: int, by: User | None, at: datetime) -> None:
    record(Event("calendar.changed", data={"year": year}), by_id=by.pk if by else None, at=at)
