"""Laying hours on the working days of a span, in whole hundredths, so that nothing is lost by rounding."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate

from onebow.cores.timekeeping.calendars import WorkingCalendar

DAY = timedelta(days=1)
HUNDREDTHS = 100


def hundredths(hours: Decimal) -> int:
    """Hours as whole hundredths, in which all of this counts.

    >>> hundredths(Decimal("7.25"))
    725
    """
    return int(hours * HUNDREDTHS)


def portion(whole: int, first: int, last: int, places: int) -> int:
    """What falls on the places `[first, last)` of so many equal ones: a difference of running sums.

    Args:
        whole: in whole units, >= 0.
        first, last: 0 <= first <= last <= places.
        places: >= 1.
    Returns:
        Whole units, >= 0; the portions of neighbouring ranges add up to that of both, and those of all places to
        `whole`.

    >>> [portion(10, place, place + 1, 4) for place in range(4)]
    [2, 3, 2, 3]
    """
    return whole * last // places - whole * first // places


def month_of(day: date) -> int:
    """A month as one number, so that months can be counted: twelve times the year, plus 0 for January.

    >>> month_of(date(2026, 2, 1)) - month_of(date(2025, 12, 31))
    2
    """
    return day.year * 12 + day.month - 1


def first_of(month: int) -> date:
    """The first day of a month of `month_of`.

    >>> first_of(month_of(date(2026, 12, 24))).isoformat()
    '2026-12-01'
    """
    return date(month // 12, month % 12 + 1, 1)


class WorkingDays:
    """How many working days lie between days, from running sums: a page asks thousands of times."""

    def __init__(self, calendar: WorkingCalendar) -> None:
        self._calendar = calendar
        self._years: dict[int, list[int]] = {}

    def between(self, first: date, end: date) -> int:
        """Working days in `[first, end)`; none if it ends before it begins."""
        if end <= first:
            return 0
        years = sum(self._sums(year)[-1] for year in range(first.year, end.year))
        return years + self._before(end) - self._before(first)

    def days(self, first: date, last: date) -> Sequence[date]:
        """The working days from `first` to `last`; `last` alone where there are none."""
        whole = [first + place * DAY for place in range((last - first).days + 1)]
        return [day for day in whole if self._calendar.is_working_day(day)] or [last]

    def _before(self, day: date) -> int:
        return self._sums(day.year)[day.timetuple().tm_yday - 1]

    def _sums(self, year: int) -> list[int]:
        """By day of the year, how many working days of it lie before; last how many it has."""
        if year not in self._years:
            first = date(year, 1, 1)
            works = (
                self._calendar.is_working_day(first + n * DAY) for n in range((date(year, 12, 31) - first).days + 1)
            )
            self._years[year] = list(accumulate(map(int, works), initial=0))
        return self._years[year]


def by_month(whole: int, first: date, last: date, days: WorkingDays) -> Iterator[tuple[int, int]]:
    """Lay an amount evenly on the working days from `first` to `last`, and add them up by month.

    Args:
        whole: hundredths of hours, >= 0.
        first, last: both counted; first <= last. Without a working day between them all of it falls on `last`.
    Returns:
        Pairs (month of `month_of`, hundredths), in order, adding up to `whole`.

    >>> january = (date(2026, 1, 29), date(2026, 2, 3))
    >>> [(month % 12 + 1, part) for month, part in by_month(1000, *january, WorkingDays(WorkingCalendar()))]
    [(1, 500), (2, 500)]
    """
    places = days.between(first, last + DAY)
    if not places:
        yield month_of(last), whole
        return
    done = 0
    for month in range(month_of(first), month_of(last) + 1):
        upto = days.between(first, min(first_of(month + 1), last + DAY))
        yield month, portion(whole, done, upto, places)
        done = upto


def shares(whole: int, people: int) -> list[int]:
    """An amount among so many people, evenly; what cannot be halved falls on the later ones.

    >>> shares(100, 3)
    [33, 33, 34]
    """
    return [portion(whole, place, place + 1, people) for place in range(people)]
