"""Working days and what is counted in them."""

from onebow.cores.timekeeping.calendars import WorkingCalendar
from onebow.cores.timekeeping.working_days import is_published, is_working_day, working_days_later

__all__ = ["WorkingCalendar", "is_published", "is_working_day", "working_days_later"]
