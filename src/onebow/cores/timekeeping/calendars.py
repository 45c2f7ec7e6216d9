"""A calendar of working days: the published years, with the office's own table over them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from onebow.cores.timekeeping.working_days import is_published, is_working_day


@dataclass(frozen=True)
class WorkingCalendar:
    """工作日历.

    Args:
        days: days entered by hand; True: people work. They go before what is published.
        years: years entered whole by hand.
    """

    days: Mapping[date, bool] = field(default_factory=dict)
    years: frozenset[int] = frozenset()

    def knows(self, year: int) -> bool:
        """Whether the year's holidays are known; else only its weekends are, and that is to be said aloud."""
        return year in self.years or is_published(year)

    def is_working_day(self, day: date) -> bool:
        """Whether people work on a day; in a year not known, Monday to Friday.

        >>> WorkingCalendar({date(2031, 1, 1): False}).is_working_day(date(2031, 1, 1))
        False
        """
        if day in self.days:
            return self.days[day]
        return day.weekday() < 5 if day.year in self.years else is_working_day(day)

    def on_or_after(self, day: date) -> date:
        """The day itself if people work, else the next day on which they do; unchanged in a year not known.

        >>> WorkingCalendar().on_or_after(date(2025, 10, 1)).isoformat()
        '2025-10-09'
        """
        if not self.knows(day.year):
            return day
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return day
