"""Working days of the People's Republic of China, make-up days (调休) included."""

from collections.abc import Callable
from datetime import date, timedelta

import chinese_calendar

FRIDAY = 4


def is_published(year: int) -> bool:
    """Whether the State Council's notice for a year is known here; else only weekends are."""
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


def is_working_day(day: date) -> bool:
    """Whether people work on a day.

    Args:
        day: any date. In a year whose notice is not known, Monday to Friday count as working days.
    Returns:
        True or False; make-up days on weekends are True.
    Source:
        The State Council's yearly notices on holidays, as collected by the package chinesecalendar.

    >>> is_working_day(date(2025, 10, 1)), is_working_day(date(2025, 9, 28))
    (False, True)
    """
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() <= FRIDAY


def working_days_later(day: date, count: int, working: Callable[[date], bool] = is_working_day) -> date:
    """The last day of a period of `count` working days that begins the day after `day`.

    Args:
        day: the day of the event; it is not counted.
        count: working days, >= 0.
        working: tells working days.
    Returns:
        The `count`-th working day after `day`; `day` itself for 0.
    Raises:
        ValueError: a negative count.
    Source:
        Civil Code article 201: a period begins the day after the event.

    >>> working_days_later(date(2025, 9, 30), 3).isoformat()  # over the holidays of October
    '2025-10-11'
    """
    if count < 0:
        raise ValueError("a period has no negative length")
    while count:
        day += timedelta(days=1)
        count -= working(day)
    return day
