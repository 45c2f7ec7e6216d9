"""The working calendar in use: published years under the office's own table."""

from django.db.models import Case, When

from onebow.apps.base.models import CalendarDay, CalendarYear
from onebow.apps.base.prepared import Prepared
from onebow.apps.base.unions import no_day, number
from onebow.cores.timekeeping import WorkingCalendar


def working_calendar() -> WorkingCalendar:
    """Read once for each page or task that counts working days: one statement, a few rows."""
    rows = _told.rows()
    days = {day: bool(works) for day, works, _ in rows if day is not None}
    return WorkingCalendar(days, frozenset(year for day, _, year in rows if day is None))


def _days_and_years():  # type: ignore[no-untyped-def]
    works = Case(When(works=True, then=number(1)), default=number(0))
    days = CalendarDay.objects.values_list("day", works, number())
    return days.union(CalendarYear.objects.values_list(no_day(), number(), "year"), all=True)


_told = Prepared(_days_and_years)
