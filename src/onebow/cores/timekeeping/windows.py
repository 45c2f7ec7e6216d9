"""The part of a period in which something is to be done, and how much of it an organization is asked."""

import re
from calendar import isleap
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from onebow.cores.timekeeping.calendars import WorkingCalendar
from onebow.cores.timekeeping.recurrences import Period, first_day, read_recurrence

MONTH_DAY = re.compile(r"(\d\d)-(\d\d)", re.ASCII)
ONE = timedelta(days=1)


@dataclass(frozen=True)
class Terms:
    """How often and when, as it was said; a window from "10-01" to "12-31", both empty for the whole period."""

    recurrence: str
    count: Decimal = Decimal(1)
    window_from: str = ""
    window_to: str = ""
    proposed: str = ""


def check_terms(terms: Terms) -> None:
    """Hold terms against the calendar.

    Raises:
        ValueError: a recurrence or proposed day that is no rule or never comes, a window that is no pair of days, or
            one that no period meets; the text is a Chinese sentence.
    """
    recurrence = read_recurrence(terms.recurrence)
    if terms.count <= 0:
        raise ValueError("每期要求应大于 0。")
    if bool(terms.window_from) is not bool(terms.window_to):
        raise ValueError("办理时段的起止要么都填,要么都不填。")
    for text in filter(None, (terms.window_from, terms.window_to)):
        read_month_day(text)
    if terms.proposed:
        read_recurrence(terms.proposed)
    # A leap year's cycle, so that every shape of a year is seen.
    windows = [window_in(one, terms) for one in recurrence.periods(date(2024, 1, 1), date(2034, 1, 1))]
    if not any(windows):
        raise ValueError("办理时段与周期没有重合的日子。")
    if terms.proposed and not any(first_day(terms.proposed, one) for one in windows if one):
        raise ValueError("建议日期不在办理时段内。")


@cache
def read_month_day(text: str) -> tuple[int, int]:
    """A month and a day, as they stand in "10-01".

    Raises:
        ValueError: no day of any year; the text is a Chinese sentence.

    >>> read_month_day("02-29")
    (2, 29)
    """
    found = MONTH_DAY.fullmatch(text)
    try:
        day = date(2024, int(found[1]), int(found[2])) if found else None
    except ValueError:
        day = None
    if day is None:
        raise ValueError(f"“{text}”不是月-日,应像 10-01 这样。")
    return day.month, day.day


def window_in(period: Period, terms: Terms) -> Period | None:
    """The days of a period in which the duty is done; None where the window misses the period.

    A window's days are those of the year in which the period begins, else of the next; one that runs over the end of
    a year ("12-01" to "01-31") ends in the year after. 29 February is 28 as an end and 1 March as a beginning where
    there is none.

    >>> terms = Terms("FREQ=YEARLY", window_from="10-01", window_to="12-31")
    >>> window_in(Period(date(2026, 1, 1), date(2027, 1, 1)), terms)
    Period(starts_on=datetime.date(2026, 10, 1), ends_on=datetime.date(2027, 1, 1))
    """
    if not terms.window_from:
        return period
    for year in range(period.starts_on.year - 1, period.ends_on.year + 1):
        first = _day(year, terms.window_from, is_end=False)
        after = _day(year + (terms.window_to < terms.window_from), terms.window_to, is_end=True) + ONE
        found = Period(max(first, period.starts_on), min(after, period.ends_on))
        if found.days > 0:
            return found
    return None


def part_of(window: Period, starts_on: date | None, ends_on: date | None) -> Period | None:
    """The days of a window in which an organization exists; None if it exists on none of them."""
    first = max(window.starts_on, starts_on) if starts_on else window.starts_on
    after = min(window.ends_on, ends_on) if ends_on else window.ends_on
    return Period(first, after) if first < after else None


def asked_of(count: Decimal, window: Period, part: Period | None) -> Decimal:
    """How much is asked of an organization that exists in a part of the window.

    Nothing for less than half the days; a count above one in proportion to them, rounded half up to a whole.

    >>> asked_of(Decimal(4), Period(date(2026, 1, 1), date(2027, 1, 1)), Period(date(2026, 5, 17), date(2027, 1, 1)))
    Decimal('3')
    """
    if part is None or 2 * part.days < window.days:
        return Decimal(0)
    if part.days == window.days or count <= 1:
        return count
    return max(Decimal(1), (count * part.days / window.days).quantize(Decimal(1), ROUND_HALF_UP))


def proposed_day(rule: str, window: Period, calendar: WorkingCalendar) -> date | None:
    """The day of a window that a rule proposes, moved to a working day; None without a rule or such a day.

    It moves to the next one, or back where that lies outside the window. In a year that nobody published it stays.

    >>> proposed_day("FREQ=MONTHLY;BYMONTHDAY=1", Period(date(2025, 10, 1), date(2025, 11, 1)), WorkingCalendar())
    datetime.date(2025, 10, 9)
    """
    day = first_day(rule, window) if rule else None
    if day is None or not calendar.knows(day.year):
        return day
    moved = calendar.on_or_after(day)
    if window.holds(moved):
        return moved
    back = day
    while window.holds(back) and not calendar.is_working_day(back):
        back -= ONE
    return back if window.holds(back) else day


def _day(year: int, text: str, *, is_end: bool) -> date:
    month, day = read_month_day(text)
    if (month, day) == (2, 29) and not isleap(year):
        return date(year, 2, 28) if is_end else date(year, 3, 1)
    return date(year, month, day)
