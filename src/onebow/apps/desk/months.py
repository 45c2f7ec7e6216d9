"""A month as a sheet of weeks: what stands on each day, with lines that say the same told as one."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from onebow.apps.plans.queries.calendar import CalendarLine
from onebow.cores.timekeeping import WorkingCalendar

WEEK = 7
ONE = timedelta(days=1)


@dataclass
class Entry:
    """Lines of a day that say the same; one line stands for itself."""

    line: CalendarLine
    organizations: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many lines it stands for."""
        return len(self.organizations)


@dataclass(frozen=True)
class Day:
    """A day of the sheet; days of the neighbouring months are empty."""

    day: date
    is_of_month: bool
    works: bool
    entries: tuple[Entry, ...]

    @property
    def name(self) -> str:
        """The day in words, for those who hear the page."""
        return f"{self.day.month}月{self.day.day}日 周{'一二三四五六日'[self.day.weekday()]}"


def weeks_of(first: date, lines: Iterable[CalendarLine], calendar: WorkingCalendar) -> list[list[Day]]:
    """The weeks of the month that begins on `first`, from Monday to Sunday.

    >>> [day.day.day for day in weeks_of(date(2026, 2, 1), [], WorkingCalendar())[0]]
    [26, 27, 28, 29, 30, 31, 1]
    """
    by_day: dict[date, list[CalendarLine]] = {}
    for line in lines:
        by_day.setdefault(line.day, []).append(line)
    end, day = next_month(first), first - first.weekday() * ONE
    weeks = []
    while day < end:
        days = [day + place * ONE for place in range(WEEK)]
        weeks.append([_day(one, first <= one < end, calendar, by_day.get(one, ())) for one in days])
        day += WEEK * ONE
    return weeks


def next_month(first: date) -> date:
    """The first day of the month after."""
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def _day(day: date, is_of_month: bool, calendar: WorkingCalendar, lines: Iterable[CalendarLine]) -> Day:
    entries: dict[object, Entry] = {}
    for line in lines:
        told = entries.setdefault(line.group or (line.door, line.pk), Entry(line))
        told.organizations.append(line.organization)
    return Day(day, is_of_month, calendar.is_working_day(day), tuple(entries.values()))
