"""The days of a published year on which people work or rest against the week, with the holiday's name."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from chinese_calendar import Holiday
from chinese_calendar.constants import holidays, workdays

# The package knows its holidays by English names.
NAMES: dict[str, str] = {one.value: str(getattr(one, "chinese", one.value)) for one in Holiday}


@dataclass(frozen=True, order=True)
class SpecialDay:
    """特殊日: a holiday, or a day worked for one (调休)."""

    day: date
    works: bool
    name: str


@cache
def published_days(year: int) -> tuple[SpecialDay, ...]:
    """Holidays and make-up days of a year, in order; none where its notice is not known.

    Source:
        The State Council's yearly notices on holidays, as collected by the package chinesecalendar.

    >>> published_days(2025)[0]
    SpecialDay(day=datetime.date(2025, 1, 1), works=False, name='元旦')
    """
    found = [
        SpecialDay(day, works, NAMES.get(name, str(name)))
        for days, works in ((holidays, False), (workdays, True))
        for day, name in days.items()
        if day.year == year
    ]
    return tuple(sorted(found))
