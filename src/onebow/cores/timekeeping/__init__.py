"""Working days, recurrences and what is counted in them."""

from onebow.cores.timekeeping.calendars import WorkingCalendar
from onebow.cores.timekeeping.notices import Notice, NoticeDay, read_notice
from onebow.cores.timekeeping.published import SpecialDay, published_days
from onebow.cores.timekeeping.quiet import Quiet, next_allowed
from onebow.cores.timekeeping.recurrences import Period, Recurrence, read_recurrence
from onebow.cores.timekeeping.windows import Terms, asked_of, check_terms, part_of, proposed_day, window_in
from onebow.cores.timekeeping.working_days import is_published, is_working_day, working_days_later

__all__ = [
    "Notice",
    "NoticeDay",
    "Period",
    "Quiet",
    "Recurrence",
    "SpecialDay",
    "Terms",
    "WorkingCalendar",
    "asked_of",
    "check_terms",
    "is_published",
    "is_working_day",
    "next_allowed",
    "part_of",
    "proposed_day",
    "published_days",
    "read_notice",
    "read_recurrence",
    "window_in",
    "working_days_later",
]
