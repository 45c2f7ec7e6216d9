"""The strip of a year as pages show it: above the month of the calendar, and on the bow."""

from collections.abc import Callable
from datetime import date
from typing import Any

from onebow.apps.base.dates import AsOf
from onebow.apps.desk.drawing import strip_svg
from onebow.apps.desk.queries.strip import YearLoad

MONTHS = range(1, 13)


def strip_context(
    load: YearLoad, when: AsOf, href: Callable[[date], str], days: list[date] | None = None
) -> dict[str, Any]:
    """The picture, and the months for the table; `href` leads to a month of the calendar.

    `days` are those of the shown month with clashes, None before they were looked for.
    """
    months = {month: href(date(load.year, month, 1)) for month in MONTHS}
    drawn = strip_svg(load, when.on, lambda day: f"{months[day.month]}#day-{day.isoformat()}", frozenset(days or ()))
    return {
        "strip": drawn, "strip_year": load.year, "strip_months": load.months(), "strip_hrefs": months, "clashing": days,
    }  # fmt: skip
