"""Laying hours on the working days of a span, in whole hundredths, so that nothing is lost by rounding."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate

from onebow.cores.timekeeping.calendars import WorkingCalendar

DAY = timedelta(days=1)
HUNDREDTHS = 100
MONTHS = 12
# So many amounts are kept, a few megabytes: those of some bureaus.
MOST_LAID = 20_000
# Months of `month_of` with what falls on them.
Parts = tuple[tuple[int, int], ...]


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
    return day.year * MONTHS + day.month - 1


def first_of(month: int) -> date:
    """The first day of a month of `month_of`.

    >>> first_of(month_of(date(2026, 12, 24))).isoformat()
    '2026-12-01'
    """
    return date(month // MONTHS, month % MONTHS + 1, 1)


class WorkingDays:
    """How many working days lie between days, from running sums by month: a page asks thousands of times."""

    def __init__(self, calendar: WorkingCalendar) -> None:
        self._calendar = calendar
        self._sums: dict[int, list[int]] = {}
        self._laid: dict[tuple[int, date, date], Parts] = {}

    def between(self, first: date, end: date) -> int:
        """Working days in `[first, end)`; none if it ends before it begins."""
        return sum(self.by_month(first, end - DAY)) if first < end else 0

    def by_month(self, first: date, last: date) -> list[int]:
        """Working days from `first` to `last`, both counted, in each month that they touch; first <= last."""
        begins, ends = month_of(first), month_of(last)
        before, upto = self._of(begins)[first.day - 1], self._of(ends)[last.day]
        if begins == ends:
            return [upto - before]
        return [self._of(begins)[-1] - before, *(self._of(month)[-1] for month in range(begins + 1, ends)), upto]

    def laid(self, whole: int, first: date, last: date) -> Parts:
        """What `by_month` says; kept, since everybody asks the same of an item again and again."""
        key = (whole, first, last)
        found = self._laid.get(key)
        if found is None:
            if len(self._laid) >= MOST_LAID:
                self._laid.clear()
            found = self._laid[key] = tuple(by_month(whole, first, last, self))
        return found

    def days(self, first: date, last: date) -> Sequence[date]:
        """The working days from `first` to `last`; `last` alone where there are none."""
        whole = [first + place * DAY for place in range((last - first).days + 1)]
        return [day for day in whole if self._calendar.is_working_day(day)] or [last]

    def _of(self, month: int) -> list[int]:
        """By day of a month, how many of its working days lie before it; last how many it has."""
        if month not in self._sums:
            first = first_of(month)
            length = monthrange(first.year, first.month)[1]
            works = (self._calendar.is_working_day(first + place * DAY) for place in range(length))
            self._sums[month] = list(accumulate(map(int, works), initial=0))
        return self._sums[month]


def days_worked(calendar: WorkingCalendar) -> WorkingDays:
    """The working days of a calendar; kept, since to look at each day of a year takes as long as to lay its hours."""
    return _days_worked(frozenset(calendar.days.items()), calendar.years)


@lru_cache(maxsize=8)
def _days_worked(days: frozenset[tuple[date, bool]], years: frozenset[int]) -> WorkingDays:
    return WorkingDays(WorkingCalendar(dict(days), years))


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
    counts = days.by_month(first, last)
    places = sum(counts)
    if not places:
        yield month_of(last), whole
        return
    done = laid = 0
    for month, count in enumerate(counts, month_of(first)):
        done += count
        # As `portion` has it: a difference of running sums.
        upto = whole * done // places
        yield month, upto - laid
        laid = upto


def shares(whole: int, people: int) -> list[int]:
    """An amount among so many people, evenly; what cannot be halved falls on the later ones.

    >>> shares(100, 3)
    [33, 33, 34]
    """
    return [portion(whole, place, place + 1, people) for place in range(people)]
