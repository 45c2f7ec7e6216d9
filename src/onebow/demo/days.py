"""The days of a demonstration, all counted back from one `today`."""

from dataclasses import dataclass
from datetime import date, timedelta


def months_before(day: date, months: int) -> date:
    """The first of the month that many months earlier.

    >>> months_before(date(2026, 3, 15), 4)
    datetime.date(2025, 11, 1)
    """
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(years, month + 1, 1)


def years_before(day: date, years: int) -> date:
    """The same day of an earlier year; the 28th for a leap day."""
    return day.replace(year=day.year - years, day=min(day.day, 28))


@dataclass(frozen=True)
class Days:
    """When what happened: a year ago lies between the two changes, so both trees differ on that day."""

    today: date

    @property
    def founded(self) -> date:
        """The bureau and most of its sections."""
        return months_before(self.today, 9 * 12)

    @property
    def first_change(self) -> date:
        """A section was dissolved and its people moved."""
        return months_before(self.today, 19)

    @property
    def second_change(self) -> date:
        """A section was renamed, another moved with its people, a branch got another secretary."""
        return months_before(self.today, 8)

    @property
    def term_ends_on(self) -> date:
        """Of the branch committees: three years after the last election."""
        return months_before(self.today, -14) - timedelta(days=1)
