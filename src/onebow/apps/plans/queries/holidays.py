"""Working days by year: what is published, with the office's own days over it."""

from dataclasses import dataclass
from datetime import date

from onebow.apps.base.models import CalendarDay, CalendarYear
from onebow.cores.timekeeping import is_published, published_days

WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class Holiday:
    """A day that is worked or off against the week; `own_id` where the office entered it."""

    day: date
    works: bool
    name: str
    own_id: int | None = None

    @property
    def weekday(self) -> str:
        """周一 to 周日."""
        return f"周{WEEKDAYS[self.day.weekday()]}"


@dataclass(frozen=True)
class YearOfDays:
    """The special days of a year, and on whose word they stand."""

    year: int
    is_published: bool
    # What was said when the office entered the year whole; None where it did not.
    notice: str | None
    days: tuple[Holiday, ...]

    @property
    def is_known(self) -> bool:
        """Whether the year's holidays are known; else that is said aloud."""
        return self.is_published or self.notice is not None


def year_of_days(year: int) -> YearOfDays:
    """The special days of a year: two statements."""
    notice = CalendarYear.objects.filter(year=year).values_list("notice", flat=True).first()
    own = {row.day: row for row in CalendarDay.objects.filter(day__year=year)}
    days = {one.day: Holiday(one.day, one.works, one.name) for one in published_days(year)} if notice is None else {}
    days |= {row.day: Holiday(row.day, row.works, row.name, row.pk) for row in own.values()}
    return YearOfDays(year, is_published(year), notice, tuple(days[day] for day in sorted(days)))


def unknown_years(*years: int) -> tuple[int, ...]:
    """Of these years, those whose notice nobody has entered: pages that count working days say so."""
    entered = set(CalendarYear.objects.filter(year__in=years).values_list("year", flat=True))
    return tuple(year for year in sorted(set(years)) if year not in entered and not is_published(year))
