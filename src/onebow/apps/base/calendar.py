"""The working calendar in use: published years under the office's own table."""

from onebow.apps.base.models import CalendarDay, CalendarYear
from onebow.cores.timekeeping import WorkingCalendar


def working_calendar() -> WorkingCalendar:
    """Read once for each page or task that counts working days: two statements, a few rows."""
    days = dict(CalendarDay.objects.values_list("day", "works"))
    return WorkingCalendar(days, frozenset(CalendarYear.objects.values_list("year", flat=True)))
