"""Months: of which dues are due. A month is named by its first day."""

import re
from datetime import date, timedelta

# The rule table knows dues since then.
FIRST = date(2008, 4, 1)
TYPED = re.compile(r"(\d{4})-(\d{2})")


def month_of(day: date) -> date:
    """The first day of the month of a day.

    >>> month_of(date(2026, 3, 17))
    datetime.date(2026, 3, 1)
    """
    return day.replace(day=1)


def read_month(text: str) -> date | None:
    """A month as addresses and fields write it; None if it is none.

    >>> read_month("2026-03"), read_month("2026-13"), read_month("2026-3")
    (datetime.date(2026, 3, 1), None, None)
    """
    found = TYPED.fullmatch(text.strip())
    if not found or not text.isascii():
        return None
    year, month = int(found[1]), int(found[2])
    return date(year, month, 1) if 1900 <= year <= 2100 and 1 <= month <= 12 else None


def shifted(month: date, by: int) -> date:
    """So many months later.

    >>> shifted(date(2026, 1, 1), -1), shifted(date(2026, 12, 1), 1)
    (datetime.date(2025, 12, 1), datetime.date(2027, 1, 1))
    """
    place = month.year * 12 + month.month - 1 + by
    return date(place // 12, place % 12 + 1, 1)


def last_day(month: date) -> date:
    """The last day of a month.

    >>> last_day(date(2028, 2, 1))
    datetime.date(2028, 2, 29)
    """
    return shifted(month, 1) - timedelta(days=1)


def key_of(month: date) -> str:
    """As addresses write it: 2026-03."""
    return f"{month:%Y-%m}"


def words_of(month: date | None, empty: str = "未填") -> str:
    """As people write it: 2026年3月."""
    return f"{month.year}年{month.month}月" if month else empty
