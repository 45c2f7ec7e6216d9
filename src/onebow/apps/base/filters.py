"""How values are printed in Chinese pages."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone


def day(value: date | None, empty: str = "不详") -> str:
    """2026-11-23 as 2026年11月23日."""
    return f"{value.year}年{value.month}月{value.day}日" if value else empty


def day_of(value: date | None, precision: str = "day", empty: str = "不详") -> str:
    """A date as precise as it is known: 2003年11月 where only the month is."""
    if value is None:
        return empty
    if precision == "month":
        return f"{value.year}年{value.month}月"
    return f"{value.year}年" if precision == "year" else day(value)


def moment(value: datetime | None, empty: str = "不详") -> str:
    """A time to the minute, in local time."""
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M") if value else empty


def thousands(value: Any) -> str:
    """12345 as 12,345."""
    return f"{value:,}"


FILTERS = {"day": day, "day_of": day_of, "moment": moment, "thousands": thousands}
